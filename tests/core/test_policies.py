"""Row policies: what the application's role can and cannot see, whatever SQL it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from mediatheque.kit.db.database import with_role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.house import House, Member

INSERT = "INSERT INTO library_libraries (space_id, slug, name) VALUES "


async def add_shelf(house: House, member: Member, name: str) -> None:
    async with house.write(member) as ctx:
        await ctx.db.execute(
            INSERT + "(:space, :slug, :name)",
            {"space": member.space.id, "slug": uuid4().hex, "name": name},
        )


@pytest_asyncio.fixture
async def raw(database_url: str) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """A plain connection with the role of web and worker, and nothing of ours around it."""
    async with await psycopg.AsyncConnection.connect(with_role(database_url)) as connection:
        yield connection


async def enter(raw: psycopg.AsyncConnection[Any], member: Member) -> None:
    await raw.execute(
        "SELECT set_config('mediatheque.space_id', %s, true)", (str(member.space.id),)
    )


async def shelves(raw: psycopg.AsyncConnection[Any]) -> list[str]:
    return [
        name
        for (name,) in await (await raw.execute("SELECT name FROM library_libraries")).fetchall()
    ]


async def test_another_spaces_row_is_invisible_even_to_raw_sql(
    house: House, raw: psycopg.AsyncConnection[Any]
) -> None:
    ours, theirs = await house.member(), await house.member()
    await add_shelf(house, ours, "Ours")
    await add_shelf(house, theirs, "Theirs")
    await enter(raw, ours)
    assert await shelves(raw) == ["Ours"]
    found = await raw.execute(
        "SELECT count(*) FROM library_libraries WHERE space_id = %s OR true", (theirs.space.id,)
    )
    assert await found.fetchone() == (1,)


async def test_without_a_setting_there_are_no_rows(
    house: House, raw: psycopg.AsyncConnection[Any]
) -> None:
    await add_shelf(house, await house.member(), "Anywhere")
    assert await shelves(raw) == []
    await raw.execute("SELECT set_config('mediatheque.space_id', '', true)")
    assert await shelves(raw) == []


async def test_the_setting_ends_with_its_transaction(
    house: House, raw: psycopg.AsyncConnection[Any]
) -> None:
    member = await house.member()
    await add_shelf(house, member, "Once")
    await enter(raw, member)
    assert await shelves(raw) == ["Once"]
    await raw.commit()
    assert await shelves(raw) == []


async def test_nothing_can_be_put_into_another_space(
    house: House, raw: psycopg.AsyncConnection[Any]
) -> None:
    ours, theirs = await house.member(), await house.member()
    await enter(raw, ours)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        await raw.execute(INSERT + "(%s, 'planted', 'Planted')", (theirs.space.id,))
    await raw.rollback()
    assert await house.count("library_libraries", theirs.space) == 0


async def test_nothing_can_be_moved_to_another_space(house: House) -> None:
    ours, theirs = await house.member(), await house.member()
    await add_shelf(house, ours, "Stays")
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with house.write(ours) as ctx:
            await ctx.db.execute(
                "UPDATE library_libraries SET space_id = :theirs", {"theirs": theirs.space.id}
            )
    assert await house.count("library_libraries", ours.space) == 1


async def test_changes_and_deletions_do_not_reach_another_space(
    house: House, raw: psycopg.AsyncConnection[Any]
) -> None:
    ours, theirs = await house.member(), await house.member()
    await add_shelf(house, theirs, "Theirs")
    await enter(raw, ours)
    changed = await raw.execute("UPDATE library_libraries SET name = 'Ours now'")
    deleted = await raw.execute("DELETE FROM library_libraries")
    await raw.commit()
    assert (changed.rowcount, deleted.rowcount) == (0, 0)
    assert await house.count("library_libraries", theirs.space) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE library_libraries DISABLE ROW LEVEL SECURITY",
        "DROP POLICY here ON library_libraries",
        "CREATE POLICY all_of_it ON library_libraries USING (true)",
        "TRUNCATE library_libraries",
        "CREATE TABLE mine (id int)",
    ],
)
async def test_the_role_cannot_change_the_rules(
    raw: psycopg.AsyncConnection[Any], statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await raw.execute(statement.encode())


async def test_across_is_one_call_and_sees_every_space(house: House) -> None:
    ours, theirs = await house.member(), await house.member()
    await add_shelf(house, ours, "Ours")
    await add_shelf(house, theirs, "Theirs")
    statement = text(
        "SELECT name FROM library_libraries WHERE space_id = ANY(:spaces) ORDER BY name"
    ).bindparams(spaces=[ours.space.id, theirs.space.id])
    seen = await house.database.across().rows(statement)
    assert [row["name"] for row in seen] == ["Ours", "Theirs"]
    assert [row["name"] for row in await house.read(ours).db.rows(statement)] == ["Ours"]


async def test_a_reader_cannot_write(house: House) -> None:
    member = await house.member()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        await house.read(member).db.rows(text("DELETE FROM library_libraries RETURNING id"))
