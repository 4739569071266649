"""Several changes at once: counted, in their order, within the transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import sqlalchemy.exc
from sqlalchemy import column, delete, table, text, update

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from mediatheque.kit.db import Writer
    from tests.house import House

THINGS = table("writer_things", column("id"), column("name"))


async def things(db: Writer) -> list[tuple[Any, ...]]:
    rows = await db.rows(text("SELECT id, name FROM writer_things ORDER BY id"))
    return [(row["id"], row["name"]) for row in rows]


async def make(db: Writer) -> None:
    await db.execute("CREATE TEMPORARY TABLE writer_things (id int, name text) ON COMMIT DROP")
    await db.execute("INSERT INTO writer_things VALUES (1, 'a'), (2, 'a'), (3, 'b')")


async def test_rows_of_all_statements_are_counted(house: House) -> None:
    async with house.database.transaction(None) as db:
        await make(db)
        statements: tuple[Executable | str, ...] = (
            update(THINGS).where(THINGS.c.name == "a").values(name="c"),
            "DELETE FROM writer_things WHERE name = :name",
            "UPDATE writer_things SET name = :new WHERE name = :name",
            delete(THINGS).where(THINGS.c.id == 2),
        )
        touched = await db.execute_each(statements, {"name": "c", "new": "d", "other": 1})
        assert touched == 2 + 2
        assert await things(db) == [(3, "b")]
        assert await db.execute_each(()) == 0


async def test_they_go_out_in_one_pipeline(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    pipeline = psycopg.AsyncConnection.pipeline

    def counted(connection: psycopg.AsyncConnection[Any]) -> Any:  # noqa: ANN401  (as psycopg's)
        begun.append(1)
        return pipeline(connection)

    async with house.database.transaction(None) as db:
        await make(db)
        monkeypatch.setattr(psycopg.AsyncConnection, "pipeline", counted)
        statement = "UPDATE writer_things SET name = name || :more WHERE id = 1"
        assert await db.execute_each([statement] * 3, {"more": "+"}) == 3
        assert len(begun) == 1
        assert (await things(db))[0] == (1, "a+++")


async def test_one_that_is_refused_undoes_the_transaction(house: House) -> None:
    async with house.database.transaction(None) as db:
        await db.execute("CREATE TABLE IF NOT EXISTS pg_temp.writer_kept (id int PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            await db.execute_each(["INSERT INTO writer_kept VALUES (1)"] * 2)
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="current transaction is aborted"):
            await db.execute("SELECT 1")
        await db.session.rollback()


async def test_a_parameter_without_a_value_is_said(house: House) -> None:
    async with house.database.transaction(None) as db:
        await make(db)
        with pytest.raises(sqlalchemy.exc.InvalidRequestError, match="required"):
            await db.execute_each(["DELETE FROM writer_things WHERE name = :name"], {"new": "d"})
