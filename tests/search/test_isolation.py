from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from psycopg import AsyncConnection
from psycopg.errors import InsufficientPrivilege

from mediatheque.areas.search.rules.questions import read_question
from mediatheque.kit.db.database import with_role

if TYPE_CHECKING:
    from httpx import AsyncClient

    from mediatheque.core.context import Space
    from tests.house import House
    from tests.search.conftest import Desk

FIND = (
    "SELECT ref_id FROM search_find(%(asked)s::text[], %(is_open)s, %(joined)s, %(code)s, "
    "%(key)s, %(places)s::int[], %(nears)s::int[], {}, 100)"
)
FUNCTIONS = {
    "find": FIND.format("false"),
    "find corrected": FIND.format("true"),
    "suggest": "SELECT ref_id FROM search_suggest(%(asked)s::text[], %(is_open)s, %(joined)s, "
    "%(key)s, %(places)s::int[], %(nears)s::int[], 100)",
}
TYPED = ("metropolis", "metroplis", "m", "me", "metro", "tt0017136", "fritz lang")


async def _ask(url: str, sql: str, typed: str, asker: Space, here: str | None) -> list[Any]:
    """What a function answers to the application's role within a setting."""
    values = read_question(typed, shortest=1).values(asker.id)
    async with await AsyncConnection.connect(with_role(url)) as connection:
        if here is not None:
            await connection.execute("SELECT set_config('mediatheque.space_id', %s, true)", (here,))
        return await (await connection.execute(sql, values)).fetchall()


@pytest.mark.parametrize("name", FUNCTIONS)
async def test_a_function_answers_for_its_space_only(
    desk: Desk, house: House, database_url: str, name: str
) -> None:
    credit = [{"name": "Fritz Lang", "job": "director"}]
    await desk.add("Metropolis", credits=credit, external_ids={"imdb": "tt0017136"})
    await desk.index()
    mine = desk.member.space
    other = await house.space()
    answers = {
        typed: await _ask(database_url, FUNCTIONS[name], typed, mine, str(mine.id))
        for typed in TYPED
    }
    assert answers["metroplis"], "the check would prove nothing"
    for typed in TYPED:
        for asker in (mine, other):
            for here in (None, "", str(other.id)):
                sql = FUNCTIONS[name]
                assert await _ask(database_url, sql, typed, asker, here) == [], (typed, here)


@pytest.mark.parametrize(
    "call",
    [
        "search_rank(gen_random_uuid(), 'a', 'a', 'a', 'a', true, 1)",
        "search_spell(gen_random_uuid(), '{a}', false, '{}', '{}')",
        "search_beginning(gen_random_uuid(), 'a', 1)",
        "search_named(gen_random_uuid(), 'a', 'a', 'a', 1)",
        "search_parts(gen_random_uuid(), '{a}', false, false)",
        "search_part(gen_random_uuid(), 'a', false, false)",
    ],
)
async def test_the_parts_may_be_called_by_nobody(database_url: str, call: str) -> None:
    async with await AsyncConnection.connect(with_role(database_url)) as connection:
        with pytest.raises(InsufficientPrivilege):
            await connection.execute(f"SELECT * FROM {call}")  # noqa: S608  (our own names)


async def test_another_space_over_http(desk: Desk, house: House) -> None:
    await desk.add("Metropolis", credits=[{"name": "Fritz Lang", "job": "director"}])
    await desk.index()
    stranger = await house.member()
    for typed in TYPED:
        found = await desk.search(typed, stranger)
        assert found["items"] == []
        assert found["total"] == 0
        assert found["did_you_mean"] is None
        assert not found["facets"]
        assert await desk.suggest(typed, stranger) == []


async def test_drafts_are_for_those_who_may_see_them(desk: Desk, house: House) -> None:
    await desk.add("Unannounced Masterpiece", status="draft", genres=["Secretive"])
    await desk.add("Announced Masterpieces", genres=["Drama"])
    await desk.index()
    viewer = await house.member(desk.member.space, role="viewer")
    assert (await desk.names("unannounced"))[0] == "Unannounced Masterpiece"
    found = await desk.search("unannounced masterpiece", viewer)
    names = [hit["title"]["title"] for hit in found["items"]]
    assert "Unannounced Masterpiece" not in names
    assert "secretive" not in str(found["facets"])
    assert await desk.suggest("unann", viewer) == []
    slip = await desk.search("unanounced", viewer)
    assert slip["items"] == []
    assert slip["did_you_mean"] is None


async def test_a_hidden_work_does_not_hide_what_is_near(desk: Desk, house: House) -> None:
    await desk.add("Metropolid", status="draft")
    await desk.add("Metropolis")
    await desk.index()
    viewer = await house.member(desk.member.space, role="viewer")
    assert await desk.names("metropolid") == ["Metropolid"]
    assert await desk.names("metropolid", viewer) == []


async def test_archived_works_stay_out_as_in_lists(desk: Desk) -> None:
    await desk.add("Metropolis", status="archived")
    await desk.index()
    assert await desk.names("metropolis") == []


async def test_nobody_searches_without_a_space(anonymous: AsyncClient) -> None:
    for path in ("/api/v1/search", "/api/v1/search/suggestions"):
        assert (await anonymous.get(path, params={"q": "a"})).status_code == 401
