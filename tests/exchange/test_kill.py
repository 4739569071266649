"""Nothing is lost: workers killed at random points, two imports at once."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from typing import TYPE_CHECKING, Any

import psycopg

from bench.collection import COLUMNS, rows
from tests.exchange.content import content
from tests.exchange.support import bring_in, hand_in

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

KILLS = int(os.environ.get("MEDIATHEQUE_TEST_KILLS", "5"))
"""`make check` asks for 30."""
ROWS = 5_000
PATIENCE = 240.0


def csv_of(first: int, count: int) -> bytes:
    quoted = [
        ",".join(f'"{cell}"' if "," in cell or ";" in cell else cell for cell in row)
        for row in rows(first, count)
    ]
    return ("\n".join([",".join(COLUMNS), *quoted]) + "\n").encode()


async def start_worker(settings: Settings) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "MEDIATHEQUE_DATA": str(settings.data),
        "MEDIATHEQUE_LOG_LEVEL": "ERROR",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mediatheque.worker", env=environment
    )


async def state(member: Member, import_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await member.client.get(f"/api/v1/imports/{import_id}")).json()
    return found


async def until_working(settings: Settings, import_id: str) -> None:
    """Wait until some worker has the import's job in hand."""
    until = time.monotonic() + 30
    async with await psycopg.AsyncConnection.connect(
        settings.database_url, autocommit=True
    ) as connection:
        while time.monotonic() < until:
            row = await (
                await connection.execute(
                    "SELECT 1 FROM procrastinate_jobs WHERE args ->> 'import_id' = %s "
                    "AND status = 'doing' AND EXISTS (SELECT 1 FROM pg_locks l WHERE "
                    "l.locktype = 'advisory' AND l.classid = 7303 "
                    "AND l.objid = worker_id::int8::oid)",
                    (import_id,),
                )
            ).fetchone()
            if row:
                return
            await asyncio.sleep(0.02)


async def test_killed_worker_loses_nothing(
    database: Database, settings: Settings, house: House
) -> None:
    undisturbed, disturbed = await house.member(), await house.member()
    file = csv_of(0, ROWS)
    done = await bring_in(database, settings, undisturbed, file)
    assert done["summary"]["created"] == ROWS
    chance = random.Random(20)  # noqa: S311  (the moments of the kills)
    import_id = await hand_in(disturbed, file)
    kills, places = 0, []
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        worker = await start_worker(settings)
        await until_working(settings, import_id)
        # So long that every third worker or so gets a batch through before it dies.
        await asyncio.sleep(chance.uniform(0.0, 0.9) if kills < KILLS else 0)
        found = await state(disturbed, import_id)
        if kills < KILLS and found["status"] in {"queued", "running"}:
            worker.kill()
            await worker.wait()
            kills += 1
            places.append(found["progress"]["done"])
            continue
        while found["status"] in {"queued", "running"} and time.monotonic() < until:
            await asyncio.sleep(0.1)
            found = await state(disturbed, import_id)
        worker.terminate()
        await worker.wait()
        break
    assert found["status"] == "succeeded", (found, kills, places)
    assert kills >= min(3, KILLS), places
    assert found["summary"] == done["summary"]
    assert await content(database, disturbed.space) == await content(database, undisturbed.space)


async def test_two_overlapping_imports_at_once(
    database: Database, settings: Settings, house: House
) -> None:
    member, alone = await house.member(), await house.member()
    await bring_in(database, settings, alone, csv_of(0, 900))
    first = await hand_in(member, csv_of(0, 600))
    second = await hand_in(member, csv_of(300, 600))
    worker = await start_worker(settings)
    until = time.monotonic() + 60
    states: list[dict[str, Any]] = []
    while time.monotonic() < until:
        states = [await state(member, one) for one in (first, second)]
        if all(one["status"] == "succeeded" for one in states):
            break
        await asyncio.sleep(0.1)
    worker.terminate()
    await worker.wait()
    assert [one["status"] for one in states] == ["succeeded", "succeeded"]
    assert sum(one["summary"]["created"] for one in states) == 900
    together, apart = await content(database, member.space), await content(database, alone.space)
    for name in ("titles", "copies", "people", "credits", "terms", "ids", "loans", "ratings"):
        assert together[name] == apart[name], name
