"""A worker that is killed in the middle of a guide leaves each channel's old window or its new."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from sqlalchemy import text

from bench.guides import guide as pieces
from tests.exchange.support import hand_in
from tests.exchange.test_kill import start_worker, state, until_working
from tests.live.guides import Television, accounted

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

CHANNELS, DAYS, KILLS = 120, 12.0, 3
PATIENCE = 180.0


async def windows(tv: Television) -> dict[str, str]:
    """Channel → a fingerprint of what is on."""
    rows = await tv.house.read(tv.who).db.rows(
        text(
            "SELECT c.guide_key AS key, md5(string_agg(concat(p.start_at, p.stop_at, p.title), ',' "
            "ORDER BY p.start_at)) AS print FROM live_programmes p JOIN live_channels c "
            "ON c.space_id = p.space_id AND c.id = p.channel_id GROUP BY 1"
        )
    )
    return {row["key"]: row["print"] for row in rows}


async def test_killed_workers_leave_the_old_window_or_the_new(
    house: House, database: Database, settings: Settings
) -> None:
    chance = random.Random(7)  # noqa: S311  (moments, no secrets)
    tv = Television(house, database, settings, await house.member())
    whole = Television(house, database, settings, await house.member())
    first, second = (
        "".join(pieces(DAYS, channels=CHANNELS, seed=seed)).encode() for seed in (1, 2)
    )
    await tv.bring(first)
    await whole.bring(second)
    old, new = await windows(tv), await windows(whole)
    import_id = await hand_in(tv.who, second, "guide.xml", source="xmltv")
    for _ in range(KILLS):
        worker = await start_worker(settings)
        await until_working(settings, import_id)
        await asyncio.sleep(chance.uniform(0.1, 1.5))
        if worker.returncode is None:
            worker.kill()
        await worker.wait()
        for key, found in (await windows(tv)).items():
            assert found in {old[key], new[key]}, key
    worker = await start_worker(settings)
    try:
        until = time.monotonic() + PATIENCE
        while (done := await state(tv.who, import_id))["status"] != "succeeded":
            assert time.monotonic() < until, done
            await asyncio.sleep(0.2)
    finally:
        worker.terminate()
        await worker.wait()
    assert await windows(tv) == new
    assert accounted(done) == second.count(b"<programme ")
    assert await tv.overlaps() == 0
