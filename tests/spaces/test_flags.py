"""Features that are switched: by a space, by the house, in code that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.search.jobs import reindex_space
from mediatheque.areas.spaces.actions.flags import set_house_flag
from mediatheque.core.edge import read_context, write_context
from mediatheque.core.flags import ENRICHMENT, FLAGS, HDHOMERUN, SUGGESTIONS
from mediatheque.core.work import Work
from tests.catalog.steps import add
from tests.counting import counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

FLAGS_PATH = "/api/v1/flags"


@pytest.fixture
async def plain(database: Database) -> AsyncIterator[None]:
    """The house's choices are taken back: they are everybody's."""
    yield
    async with write_context(database, across=True) as ctx:
        for name in FLAGS:
            await set_house_flag(ctx, name, None)


async def switch(member: Member, name: str, *, on: bool | None) -> dict[str, Any]:
    answer = await member.client.put(f"{FLAGS_PATH}/{name}", json={"enabled": on})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_every_flag_is_shown_with_its_default(house: House) -> None:
    viewer = await house.member(role="viewer")
    found = (await viewer.client.get(FLAGS_PATH)).json()["items"]
    assert {one["name"]: one["is_on"] for one in found} == {
        one.name: one.default for one in FLAGS.values()
    }
    assert all(one["description"] and one["space"] is None for one in found)
    assert HDHOMERUN.default is False


async def test_a_choice_counts_from_the_next_request_and_can_be_taken_back(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    await add(owner, title="Metropolis")
    await reindex_space.run(Work(database, settings), space_id=str(owner.space.id))
    ask = {"q": "metro"}

    async def suggested() -> int:
        answer = await owner.client.get("/api/v1/search/suggestions", params=ask)
        assert answer.status_code == 200, answer.text
        return len(answer.json()["items"])

    assert await suggested() == 1
    chosen = await switch(owner, SUGGESTIONS.name, on=False)
    assert (chosen["is_on"], chosen["space"], chosen["default"]) == (False, False, True)
    assert await suggested() == 0
    other = await house.member()
    found = (await other.client.get(FLAGS_PATH)).json()["items"]
    assert all(one["space"] is None for one in found), "another space is not touched"
    back = await switch(owner, SUGGESTIONS.name, on=None)
    assert (back["is_on"], back["space"]) == (True, None)
    assert await suggested() == 1


async def test_enrichment_that_is_off_is_refused_by_name(house: House) -> None:
    owner = await house.member()
    title = await add(owner, title="Metropolis")
    await switch(owner, ENRICHMENT.name, on=False)
    answer = await owner.client.post(f"/api/v1/titles/{title['id']}/enrich")
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert (error["code"], error["details"]) == ("feature_off", {"flag": ENRICHMENT.name})


@pytest.mark.usefixtures("plain")
async def test_the_house_chooses_for_those_that_do_not(
    house: House, database: Database, settings: Settings
) -> None:
    owner, other = await house.member(), await house.member()
    await switch(other, SUGGESTIONS.name, on=True)
    async with write_context(database, across=True) as ctx:
        made = await set_house_flag(ctx, SUGGESTIONS.name, is_on=False)
    assert (made.is_on, made.house) == (False, False)

    async def is_on(member: Member) -> bool:
        found = (await member.client.get(FLAGS_PATH)).json()["items"]
        return bool(next(one["is_on"] for one in found if one["name"] == SUGGESTIONS.name))

    assert await is_on(owner) is False
    assert await is_on(other) is True
    work = Work(database, settings)
    assert SUGGESTIONS.is_on_in(await work.space(owner.space.id)) is False
    assert SUGGESTIONS.is_on_in(await work.space(other.space.id)) is True
    noted = await read_context(database, across=True).db.rows(
        text(
            "SELECT before, after FROM core_journal WHERE kind = 'spaces.flag_default_changed' "
            "ORDER BY position DESC LIMIT 1"
        )
    )
    assert noted[0]["after"] == {"flag": SUGGESTIONS.name, "is_on": False}


async def test_asking_costs_no_statement(house: House) -> None:
    owner = await house.member()
    await switch(owner, SUGGESTIONS.name, on=False)
    with counted(house.database) as seen:
        await owner.client.get("/api/v1/search/suggestions", params={"q": "x"})
    assert len(seen) == 1, "who asks, and nothing else"


async def test_changes_are_audited_and_what_changes_nothing_is_not(house: House) -> None:
    owner = await house.member()
    for on in (False, False, None, None):
        await switch(owner, SUGGESTIONS.name, on=on)
    rows = await house.read(owner).db.rows(
        text("SELECT before, after FROM core_journal ORDER BY position")
    )
    assert [(row["before"]["is_on"], row["after"]["is_on"]) for row in rows] == [
        (None, False),
        (False, None),
    ]


async def test_who_may_switch(house: House) -> None:
    body = {"enabled": False}
    for role, status in (("manager", 200), ("editor", 403), ("viewer", 403)):
        member = await house.member(role=role)
        answer = await member.client.put(f"{FLAGS_PATH}/{SUGGESTIONS.name}", json=body)
        assert answer.status_code == status
    owner = await house.member()
    unknown = await owner.client.put(f"{FLAGS_PATH}/no.such_flag", json=body)
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "no_such_flag")
    nothing = await owner.client.put(f"{FLAGS_PATH}/{SUGGESTIONS.name}", json={})
    assert nothing.status_code == 422
    admin = await owner.client.put(f"/api/v1/admin/flags/{SUGGESTIONS.name}", json=body)
    assert admin.status_code == 401, "the application's session is none of the administration"
