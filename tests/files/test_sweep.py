from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from mediatheque.areas.files.actions import sweep_files
from mediatheque.areas.files.jobs import JOBS, sweep_store
from mediatheque.core.stores import storage
from mediatheque.core.work import Work
from mediatheque.kit.ids import uuid7
from tests.files import pictures

if TYPE_CHECKING:
    from datetime import datetime

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member


async def sweep(house: House, member: Member, *, at: datetime) -> list[str]:
    async with house.write(member) as ctx:
        ctx.now = at
        return await sweep_files(ctx)


async def test_what_nothing_uses_goes_after_thirty_days(house: House) -> None:
    owner = await house.member()
    title = await pictures.new_title(owner)
    path = f"titles/{title['id']}/poster"
    await pictures.send(owner, path, pictures.png())
    kept = (await pictures.send(owner, path, pictures.png(colour=pictures.BLUE))).json()["poster"]
    now = house.read(owner).now
    assert await sweep(house, owner, at=now) == []
    assert await sweep(house, owner, at=now + timedelta(days=29)) == []
    gone = await sweep(house, owner, at=now + timedelta(days=31))
    assert len(gone) == 6  # three sizes, two forms
    assert kept["id"].replace("-", "") not in " ".join(gone)
    assert await house.count("files_files", owner.space) == 1
    assert (await owner.client.get(kept["sources"]["small"])).status_code == 200


async def test_what_is_used_again_begins_anew(house: House) -> None:
    owner = await house.member()
    title = await pictures.new_title(owner)
    path = f"titles/{title['id']}/poster"
    poster = (await pictures.send(owner, path, pictures.png())).json()["poster"]
    await owner.client.delete(f"/api/v1/{path}")
    now = house.read(owner).now
    await sweep(house, owner, at=now)
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE catalog_titles SET poster_id = :file WHERE space_id = :space",
            {"file": poster["id"], "space": ctx.space_id},
        )
    assert await sweep(house, owner, at=now + timedelta(days=31)) == []
    await owner.client.delete(f"/api/v1/{path}")
    assert await sweep(house, owner, at=now + timedelta(days=32)) == []
    assert await sweep(house, owner, at=now + timedelta(days=63)) != []


async def test_objects_that_no_row_knows_go_after_a_day(
    house: House, settings: Settings, database: Database
) -> None:
    owner = await house.member()
    title = await pictures.new_title(owner)
    await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())
    store = storage(settings)
    prefix = f"images/{owner.space.id.hex}"
    old, young = f"{prefix}/{uuid7().hex}/small.webp", f"{prefix}/{uuid7().hex}/small.webp"
    for key in (old, young):
        await store.put(key, b"left over")
    before = {info.key async for info in store.walk(prefix)}
    two_days_ago = time.time() - 2 * 86_400
    for key in before - {young}:
        os.utime(settings.data / "files" / key, (two_days_ago, two_days_ago))
    assert await sweep_store(Work(database, settings)) >= 1
    assert {info.key async for info in store.walk(prefix)} == before - {old}


async def test_the_job_runs_over_every_space(
    house: House, settings: Settings, database: Database
) -> None:
    owner = await house.member()
    title = await pictures.new_title(owner)
    poster = (await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())).json()[
        "poster"
    ]
    await owner.client.delete(f"/api/v1/titles/{title['id']}/poster")
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE files_files SET unused_since = now() - interval '40 days' WHERE space_id = :s",
            {"s": ctx.space_id},
        )
    (job,) = JOBS.jobs
    await job.run(Work(database, settings))
    assert await house.count("files_files", owner.space) == 0
    assert (await owner.client.get(poster["sources"]["small"])).status_code == 404
    left = [info async for info in storage(settings).walk(f"images/{owner.space.id.hex}")]
    assert left == []
