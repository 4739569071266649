"""Every space-owned table, seen from another space: no rows, nothing to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.architecture.sources import space_owned
from tests.isolation.rows import snapshot

if TYPE_CHECKING:
    from tests.house import House, Member
    from tests.isolation.rows import LivedIn


async def test_every_table_has_a_row_to_be_hidden(house: House, settled: LivedIn) -> None:
    empty = [table for table in space_owned() if not await house.count(table, settled.member.space)]
    assert empty == []
    assert await house.count("core_journal", settled.member.space) > 0


@pytest.mark.parametrize("table", [*space_owned(), "core_journal"])
async def test_a_table_shows_nothing_to_another_space(
    house: House, settled: LivedIn, stranger: Member, table: str
) -> None:
    asked = text(f"SELECT count(*) FROM {table} WHERE space_id = :home").bindparams(  # noqa: S608  (our own names)
        home=settled.member.space.id
    )
    assert await house.read(settled.member).db.scalar(asked) > 0
    assert await house.read(stranger).db.scalar(asked) == 0
    everything = text(f"SELECT count(*) FROM {table} WHERE space_id <> :mine").bindparams(  # noqa: S608  (our own names)
        mine=stranger.space.id
    )
    assert await house.read(stranger).db.scalar(everything) == 0


async def test_another_space_is_not_even_in_the_list_of_spaces(
    house: House, settled: LivedIn, stranger: Member
) -> None:
    names = await house.read(stranger).db.rows(text("SELECT slug FROM spaces_spaces"))
    assert names == [{"slug": stranger.space.slug}]
    assert settled.member.space.slug != stranger.space.slug


@pytest.mark.parametrize("table", space_owned())
async def test_a_table_can_not_be_emptied_from_another_space(
    house: House, settled: LivedIn, stranger: Member, table: str
) -> None:
    before = await snapshot(house, settled)
    async with house.write(stranger) as ctx:
        await ctx.db.execute(
            f"DELETE FROM {table} WHERE space_id = :home",  # noqa: S608  (our own names)
            {"home": settled.member.space.id},
        )
    assert await snapshot(house, settled) == before
