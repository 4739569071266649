"""Reads of one round trip: what was prepared, what fails, who is cancelled, whose rows they are."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from mediatheque.kit.db import Database
from mediatheque.kit.db.pipeline import MOST_KINDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.core.settings import Settings


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """One with a single connection for reading, so that every read is on the same."""
    made = Database(settings.database_url, readers=1)
    await made.open()
    yield made
    await made.close()


BACKEND = text("SELECT pg_backend_pid()")
PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


async def test_a_statement_is_prepared_once_and_answers_each_time_for_its_own_values(
    database: Database,
) -> None:
    reader = database.reader(uuid4())
    doubled = "SELECT cast(:number AS int) * 2 AS doubled, 'a%b' AS plain"
    for number in range(6):
        row = await reader.row(text(doubled).bindparams(number=number))
        assert row == {"doubled": number * 2, "plain": "a%b"}
    kept = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%AS doubled,%'")
    assert await reader.scalar(kept) == 1


async def test_the_same_statement_twice_in_a_batch(database: Database) -> None:
    reader = database.reader(None)
    for number in range(4):
        twice = [text("SELECT cast(:n AS int) AS n").bindparams(n=number + at) for at in (0, 1)]
        assert await reader.batch(*twice) == [[{"n": number}], [{"n": number + 1}]]


async def test_what_is_prepared_does_not_grow_without_end(database: Database) -> None:
    reader = database.reader(None)
    for number in range(MOST_KINDS + 20):
        for _ in range(3):
            await reader.scalar(text(f"SELECT 1 AS a_{number}"))
    assert await reader.scalar(PREPARED) <= MOST_KINDS


async def test_a_space_holds_for_its_batch_and_the_role_too(database: Database) -> None:
    space = uuid4()
    told = text(
        "SELECT current_setting('mediatheque.space_id', true) AS space, current_user AS role"
    )
    for _ in range(4):
        here = await database.reader(space).row(told)
        assert here == {"space": str(space), "role": "mediatheque_app"}
        all_of_them = await database.across().row(told)
        assert all_of_them == {"space": "", "role": "mediatheque_across"}
        assert await database.reader(None).row(told) == {"space": "", "role": "mediatheque_app"}


async def test_it_cannot_write(database: Database) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        await database.across().rows(text("DELETE FROM core_versions RETURNING 1"))


async def test_after_a_fault_the_same_connection_goes_on(database: Database) -> None:
    reader = database.reader(uuid4())
    backend = await reader.scalar(BACKEND)
    halves = text("SELECT 1 / cast(:number AS int) AS half")
    for number in (1, 1, 1, 1):
        assert await reader.scalar(halves.bindparams(number=number)) == 1
    for _ in range(3):
        with pytest.raises(psycopg.errors.DivisionByZero):
            await reader.batch(BACKEND, halves.bindparams(number=0), BACKEND)
        with pytest.raises(psycopg.errors.UndefinedTable):
            await reader.rows(text("SELECT * FROM nowhere"))
        with pytest.raises(psycopg.DataError, match="NUL"):
            await reader.scalar(text("SELECT cast(:words AS text)").bindparams(words="a\0b"))
        with pytest.raises(psycopg.ProgrammingError):
            await reader.scalar(text("SELECT :thing").bindparams(thing=object()))
        assert await reader.scalar(halves.bindparams(number=1)) == 1
    assert await reader.scalar(BACKEND) == backend


async def test_a_table_that_changes_under_a_prepared_statement(
    database: Database, settings: Settings
) -> None:
    name = f"changing_{uuid4().hex}"
    reader = database.reader(None)
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute(f"CREATE TABLE {name} AS SELECT 1 AS a")
        owner.execute(f"GRANT SELECT ON {name} TO mediatheque_app")
        try:
            every = text(f"SELECT * FROM {name}")  # noqa: S608  (a name of ours)
            for _ in range(5):
                assert await reader.row(every) == {"a": 1}
            owner.execute(f"ALTER TABLE {name} ADD COLUMN b int DEFAULT 2")
            with pytest.raises(psycopg.errors.FeatureNotSupported):
                await reader.row(every)
            for _ in range(5):
                assert await reader.row(every) == {"a": 1, "b": 2}
        finally:
            owner.execute(f"DROP TABLE {name}")


async def test_who_leaves_early_leaves_nothing_running(database: Database) -> None:
    reader = database.reader(None)
    slow = asyncio.create_task(reader.rows(text("SELECT 7 AS seven, pg_sleep(30)")))
    await asyncio.sleep(0.3)
    slow.cancel()
    started = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert await reader.rows(text("SELECT 8 AS eight")) == [{"eight": 8}]
    assert time.monotonic() - started < 10


async def test_a_lost_connection_is_replaced(database: Database, settings: Settings) -> None:
    reader = database.reader(None)
    backend = await reader.scalar(BACKEND)
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
    with pytest.raises(psycopg.OperationalError):
        await reader.scalar(BACKEND)
    assert await reader.scalar(BACKEND) != backend
