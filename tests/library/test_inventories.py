from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mediatheque.areas.library.events import CopyAdded
from mediatheque.areas.library.queries.browse import lists
from mediatheque.areas.library.queries.browse.inventories import Inventories
from mediatheque.core.edge import read_context
from mediatheque.core.journal import Ref
from tests.library.stock import Stock

if TYPE_CHECKING:
    import pytest

    from mediatheque.core.context import ReadContext
    from tests.house import House, Member


async def add(house: House, member: Member, name: str, starts: datetime | None = None) -> None:
    async with house.write(member) as ctx:
        await Stock(ctx).title(name, available_from=starts)
        ctx.emit(CopyAdded(ref=Ref("copy", None)))


def reading(house: House, member: Member, version: int) -> ReadContext:
    """As a request that found the space at a version."""
    return read_context(
        house.database, actor=member.actor, space=replace(member.space, version=version)
    )


async def test_a_small_spaces_inventory_is_never_outdated(house: House) -> None:
    member = await house.member()
    inventories = Inventories()
    for version in (1, 2, 3):
        await add(house, member, f"Film {version}")
        found = await inventories.find(reading(house, member, version))
        assert found is not None
        assert (found.stock.size, found.stock.version, found.is_current) == (version, version, True)
    first, again = [await inventories.find(reading(house, member, 3)) for _ in range(2)]
    assert first is not None
    assert again is not None
    assert again.stock is first.stock


async def test_a_large_spaces_last_inventory_serves_while_a_new_one_is_taken(house: House) -> None:
    member = await house.member()
    inventories = Inventories(small=0, rest=0)
    await add(house, member, "One")
    await inventories.find(reading(house, member, 1))
    await add(house, member, "Two")

    outdated = await inventories.find(reading(house, member, 2))
    await inventories.settle()
    current = await inventories.find(reading(house, member, 2))

    assert outdated is not None
    assert (outdated.stock.size, outdated.is_current) == (1, False)
    assert current is not None
    assert (current.stock.size, current.is_current) == (2, True)


async def test_a_large_space_is_not_taken_stock_of_all_the_time(house: House) -> None:
    member = await house.member()
    inventories = Inventories(small=0, rest=10_000)
    await add(house, member, "One")
    await inventories.find(reading(house, member, 1))
    await add(house, member, "Two")

    for _ in range(2):
        found = await inventories.find(reading(house, member, 2))
        await inventories.settle()
        assert found is not None
        assert (found.stock.size, found.is_current) == (1, False)


async def test_many_who_ask_at_once_wait_for_one_inventory(house: House) -> None:
    member = await house.member()
    inventories = Inventories()
    await add(house, member, "One")

    asked = [inventories.find(reading(house, member, 1)) for _ in range(5)]
    found = [one.stock for one in await asyncio.gather(*asked) if one]

    assert len(found) == 5
    assert len({id(stock) for stock in found}) == 1


async def test_the_least_recently_used_inventory_goes(house: House) -> None:
    members = [await house.member() for _ in range(3)]
    inventories = Inventories(most_bytes=1)
    for member in members:
        await add(house, member, "Film")
        await inventories.find(reading(house, member, 1))

    assert [member.space.id in inventories for member in members] == [False, False, True]


async def test_an_inventory_ends_with_a_window(house: House) -> None:
    member = await house.member()
    inventories = Inventories()
    ctx = reading(house, member, 1)
    await add(house, member, "Soon", starts=ctx.now + timedelta(hours=1))

    first = await inventories.find(ctx)
    ctx.now += timedelta(hours=2)
    later = await inventories.find(ctx)

    assert first is not None
    assert later is not None
    assert (len(first.stock.closed), len(later.stock.closed)) == (1, 0)


async def test_writers_and_jobs_ask_the_tables(house: House) -> None:
    member = await house.member()
    await add(house, member, "One")
    inventories = Inventories()

    assert await inventories.find(house.read(member)) is None  # its space has no version
    async with house.write(member) as ctx:
        assert await inventories.find(ctx) is None


async def test_a_list_says_when_its_counts_are_of_a_moment_ago(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventories = Inventories(small=0, rest=0)
    monkeypatch.setattr(lists, "INVENTORIES", inventories)
    member = await house.member()
    await add(house, member, "One")
    path = "/api/v1/titles?facets=true&kind=movie"
    assert (await member.client.get(path)).json()["has_current_counts"] is True
    await add(house, member, "Two")

    outdated = await member.client.get(path)
    await inventories.settle()
    current = await member.client.get(path)

    body = outdated.json()
    assert [one["title"] for one in body["items"]] == ["One", "Two"], "works are never outdated"
    assert (body["total"], body["has_current_counts"]) == (1, False)
    assert "etag" not in outdated.headers
    assert (current.json()["total"], current.json()["has_current_counts"]) == (2, True)
    assert "etag" in current.headers
