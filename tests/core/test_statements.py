"""Statements are compiled once: the cache is by structure, values come from each statement."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import ARRAY, Uuid, any_, bindparam, func, literal, select, text

from mediatheque.core.models import JournalEntry
from mediatheque.kit.db import Prepared, StatementCache
from mediatheque.kit.db.compiled import MAX_STATEMENTS

if TYPE_CHECKING:
    from sqlalchemy import Select

    from tests.house import House

J = JournalEntry


def by_kind(kind: str, limit: int) -> Select[int]:
    return select(J.position).where(J.kind == kind).order_by(J.position).limit(limit)


def test_one_structure_is_compiled_once() -> None:
    cache = StatementCache()
    first, values = cache.query(by_kind("a.b", 10))
    second, others = cache.query(by_kind("c.d", 20))
    assert first is second
    assert len(cache) == 1
    assert sorted(map(str, values.values())) == ["10", "a.b"]
    assert sorted(map(str, others.values())) == ["20", "c.d"]


def test_another_structure_is_another_statement() -> None:
    cache = StatementCache()
    first, _ = cache.query(by_kind("a.b", 10))
    second, _ = cache.query(by_kind("a.b", 10).where(J.actor_id.is_(None)))
    assert first != second
    assert len(cache) == 2


def test_a_list_of_any_length_is_one_statement() -> None:
    def among(ids: list[UUID]) -> Select[int]:
        return select(J.position).where(J.ref_id == any_(literal(ids, ARRAY(Uuid()))))

    cache = StatementCache()
    assert cache.query(among([uuid4()]))[0] is cache.query(among([uuid4(), uuid4()]))[0]
    with pytest.raises(TypeError, match="ANY"):
        cache.query(select(J.position).where(J.ref_id.in_([uuid4()])))


def test_the_cache_does_not_grow_without_end() -> None:
    cache = StatementCache()
    for number in range(MAX_STATEMENTS + 5):
        cache.query(select(J.position.label(f"column_{number}")))
    assert len(cache) <= MAX_STATEMENTS


async def test_values_are_never_those_of_another_statement(house: House) -> None:
    member = await house.member()
    reader = house.read(member).db
    for number in (1, 2, 3):
        assert await reader.scalar(select(literal(number) + 1)) == number + 1
        assert await reader.scalar(select(func.length(literal("x" * number)))) == number


async def test_a_batch_is_one_snapshot_of_answers_in_order(house: House) -> None:
    member = await house.member()
    found = await house.read(member).db.batch(
        text("SELECT 1 AS a"),
        text("SELECT 2 AS b UNION SELECT 3 ORDER BY 1"),
        text("SELECT 4 AS c"),
    )
    assert found == [[{"a": 1}], [{"b": 2}, {"b": 3}], [{"c": 4}]]


async def test_a_failed_batch_leaves_its_connection_usable(house: House) -> None:
    member = await house.member()
    reader = house.read(member).db
    with pytest.raises(Exception, match="nowhere"):
        await reader.batch(text("SELECT 1"), text("SELECT * FROM nowhere"), text("SELECT 2"))
    for _ in range(20):
        assert await reader.scalar(text("SELECT 1")) == 1


async def test_a_prepared_statement_reads_the_same_in_readers_and_writers(house: House) -> None:
    member = await house.member()
    asked = Prepared(
        "SELECT cast(:n AS int) AS n, :ids AS ids, '50%' AS share",
        bindparam("ids", type_=ARRAY(Uuid)),
    )
    assert asked(n=1, ids=[]).query[0] is asked(n=2, ids=[]).query[0]
    for number in (1, 2):
        ids = [uuid4() for _ in range(number)]
        expected = {"n": number, "ids": ids, "share": "50%"}
        assert await house.read(member).db.row(asked(n=number, ids=ids)) == expected
        async with house.write(member) as ctx:
            assert await ctx.db.row(asked(n=number, ids=ids)) == expected
            await ctx.db.rows(asked(n=number, ids=ids))
