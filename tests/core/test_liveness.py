"""A worker that dies loses nothing: the next one takes its job over, at once."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import procrastinate
import psycopg
import pytest
import pytest_asyncio
from procrastinate.jobs import Status

from mediatheque.core.liveness import EVERY_SECONDS, LOCKS, LivingManager
from mediatheque.core.queue import defer
from mediatheque.kit.db.database import with_role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from procrastinate.jobs import Job

    from tests.house import House


@pytest_asyncio.fixture
async def connector(database_url: str) -> AsyncIterator[procrastinate.PsycopgConnector]:
    made = procrastinate.PsycopgConnector(conninfo=with_role(database_url), min_size=1, max_size=4)
    await made.open_async()
    yield made
    await made.close_async()


async def enqueue(house: House, name: str) -> int:
    member = await house.member()
    async with house.write(member) as ctx:
        return await defer(ctx.db, name, mark="x")


async def fetch(manager: LivingManager, worker: int, queue: str) -> Job | None:
    found: Any = await manager.fetch_job(queues=[queue], worker_id=worker)
    return found  # type: ignore[no-any-return]  # Any by the library's own signature


async def status_of(database_url: str, job: int) -> str:
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        row = await (
            await connection.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", (job,))
        ).fetchone()
        assert row is not None
        return str(row[0])


async def test_a_dead_workers_job_is_taken_over(
    house: House,
    connector: procrastinate.PsycopgConnector,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = name = f"proofs.{uuid4().hex}"
    monkeypatch.setitem(
        __import__("mediatheque.core.queue", fromlist=["QUEUES"]).QUEUES, name, queue
    )
    dying, living = (LivingManager(connector, database_url) for _ in range(2))
    first, second = await dying.register_worker(), await living.register_worker()
    try:
        job = await enqueue(house, name)
        taken = await fetch(dying, first, queue)
        assert taken is not None
        assert taken.id == job
        assert await living.rescue() == 0, "its worker lives"
        assert await status_of(database_url, job) == "doing"

        await dying.close()  # what the end of a process does to its connection
        assert await rescued(living) == 1
        assert await status_of(database_url, job) == "todo"
        again = await fetch(living, second, queue)
        assert again is not None
        assert (again.id, again.attempts) == (job, 1)
        assert await living.rescue() == 0
        await living.finish_job(again, Status.SUCCEEDED, delete_job=True)
    finally:
        await dying.close()
        await living.close()


async def rescued(manager: LivingManager) -> int:
    """Look until something is found: the server needs a moment to see that a peer is gone."""
    until = time.monotonic() + EVERY_SECONDS
    while not (found := await manager.rescue()) and time.monotonic() < until:  # noqa: ASYNC110  (another process acts)
        await asyncio.sleep(0.01)
    return found


async def test_workers_of_one_process_live_as_long_as_it(
    connector: procrastinate.PsycopgConnector, database_url: str
) -> None:
    """They register at the same moment: each of them holds its lock from then on."""
    both = LivingManager(connector, database_url)
    numbers = await asyncio.gather(*(both.register_worker() for _ in range(3)))
    try:
        async with await psycopg.AsyncConnection.connect(database_url) as connection:
            rows = await (
                await connection.execute(
                    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s "
                    "AND objid = ANY(%s::bigint[]::oid[])",
                    (LOCKS, list(numbers)),
                )
            ).fetchall()
        assert sorted(row[0] for row in rows) == sorted(numbers)
    finally:
        await both.close()


async def test_a_connection_that_broke_is_made_anew_with_its_locks(
    house: House, connector: procrastinate.PsycopgConnector, database_url: str
) -> None:
    manager = LivingManager(connector, database_url)
    numbers = [await manager.register_worker() for _ in range(2)]
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as watching:

        async def held() -> dict[int, int]:
            rows = await watching.execute(
                "SELECT objid, pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s",
                (LOCKS,),
            )
            return {number: pid for number, pid in await rows.fetchall() if number in numbers}

        before = await held()
        assert sorted(before) == sorted(numbers)
        await watching.execute("SELECT pg_terminate_backend(%s, 5000)", (before[numbers[0]],))
        assert await held() == {}
        with contextlib.suppress(psycopg.Error):  # it learns of it by asking
            await manager.rescue()
        await manager.rescue()
        assert sorted(await held()) == sorted(numbers)
    await manager.close()
