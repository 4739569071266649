"""Two people become one, and two again: with their credits, as far as they are still there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.catalog.steps import METROPOLIS, add, change
from tests.catalog.test_duplicates import look, merge, two

if TYPE_CHECKING:
    from httpx import Response

    from tests.house import House, Member


@dataclass
class Langs:
    """Fritz Lang of Metropolis, and an F. Lang who is the same: both directed M."""

    owner: Member
    lang: dict[str, Any]
    f_lang: dict[str, Any]
    m: dict[str, Any]

    async def merge(self, kept: str, gone: str) -> str:
        answer = await self.owner.client.post(f"/api/v1/people/{kept}/merge", json={"other": gone})
        assert answer.status_code == 200, answer.text
        merge_id: str = answer.json()["merge_id"]
        return merge_id

    async def undo(self, merge_id: str) -> Response:
        return await self.owner.client.post(f"/api/v1/people/merges/{merge_id}/undo")

    async def credits(self, title: dict[str, Any] | None = None) -> list[tuple[str, str]]:
        answer = await self.owner.client.get(f"/api/v1/titles/{(title or self.m)['id']}")
        return [(one["person"]["name"], one["job"]) for one in answer.json()["credits"]]


BOTH = [("F. Lang", "director"), ("Fritz Lang", "director"), ("F. Lang", "writer")]


@pytest.fixture
async def langs(house: House) -> Langs:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    twice = [{"name": name, "job": job} for name, job in BOTH]
    m = await add(owner, title="M", year=1931, credits=twice)
    return Langs(owner, made["credits"][0]["person"], m["credits"][0]["person"], m)


async def test_who_was_merged_is_back_with_their_credits(langs: Langs, house: House) -> None:
    before = await langs.credits()
    assert before == BOTH
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    assert await langs.credits() == [("Fritz Lang", "director"), ("Fritz Lang", "writer")]
    back = await langs.undo(merge_id)
    assert back.status_code == 200, back.text
    assert back.json() == {**langs.f_lang, "distinction": ""}
    assert await langs.credits() == before
    person = (await langs.owner.client.get(f"/api/v1/people/{langs.f_lang['slug']}")).json()
    assert {job: len(works) for job, works in person["titles"].items()} == {
        "director": 1,
        "writer": 1,
    }
    again = await langs.undo(merge_id)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "merge_already_undone")


async def test_it_is_listed_among_the_merges_and_undone_by_its_own_path(langs: Langs) -> None:
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    (listed,) = (await langs.owner.client.get("/api/v1/merges")).json()["items"]
    assert {name: listed[name] for name in ("id", "about", "label", "kept_slug", "gone_title")} == {
        "id": merge_id,
        "about": "person",
        "label": "Fritz Lang",
        "kept_slug": "fritz-lang",
        "gone_title": "F. Lang",
    }
    assert listed["can_undo"]
    other = await langs.owner.client.post(f"/api/v1/merges/{merge_id}/undo")
    assert (other.status_code, other.json()["error"]["code"]) == (404, "merge_not_found")
    await langs.undo(merge_id)
    (listed,) = (await langs.owner.client.get("/api/v1/merges")).json()["items"]
    assert not listed["can_undo"]


async def test_what_was_changed_since_stays(langs: Langs) -> None:
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    await change(langs.owner, langs.m, credits=[{"name": "Fritz Lang", "job": "writer"}])
    assert (await langs.undo(merge_id)).status_code == 200
    assert await langs.credits() == [("F. Lang", "writer")], "the director was taken from both"


async def test_a_work_that_is_gone_is_no_hindrance(langs: Langs) -> None:
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    gone = await langs.owner.client.delete(f"/api/v1/titles/{langs.m['id']}")
    assert gone.status_code == 204, gone.text
    assert (await langs.undo(merge_id)).status_code == 200


async def test_somebody_who_has_the_name_by_now_is_named(langs: Langs) -> None:
    async def rename(person: dict[str, Any], name: str) -> None:
        url = f"/api/v1/people/{person['id']}"
        assert (await langs.owner.client.patch(url, json={"name": name})).status_code == 200

    await rename(langs.f_lang, "Eff Lang")
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    made = await add(langs.owner, title="Liliom", credits=[{"name": "F. Lang", "job": "director"}])
    newcomer = made["credits"][0]["person"]
    assert newcomer["slug"] == "f-lang", "the name and the address are free"
    await rename(newcomer, "Eff Lang")
    refused = (await langs.undo(merge_id)).json()["error"]
    assert refused["code"] == "person_name_taken"
    assert refused["details"]["person"]["id"] == newcomer["id"]
    await rename(newcomer, "Another Lang")
    back = await langs.undo(merge_id)
    assert back.status_code == 200, back.text
    assert back.json()["slug"].startswith("f-lang-"), "the old address is the newcomer's"


async def test_merges_of_people_are_undone_in_order(langs: Langs) -> None:
    thea = next(
        one["person"]
        for one in (await add(langs.owner, title="Spione", credits=METROPOLIS["credits"]))[
            "credits"
        ]
        if one["person"]["name"] == "Thea von Harbou"
    )
    first = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    second = await langs.merge(thea["id"], langs.lang["id"])
    early = await langs.undo(first)
    assert (early.status_code, early.json()["error"]["code"]) == (409, "merge_superseded")
    assert early.json()["error"]["details"] == {"merge_id": second}
    for one in (second, first):
        assert (await langs.undo(one)).status_code == 200
    assert await langs.credits() == BOTH


async def test_a_merge_of_works_remembers_whom_it_had_named(house: House) -> None:
    owner = await house.member()
    left, right = await two(owner)
    (pair,) = await look(house, owner)
    done = await merge(owner, pair, keep="left")
    people = {one["person"]["name"]: one["person"]["id"] for one in done["title"]["credits"]}
    langs = Langs(owner, {}, {}, right)
    merge_id = await langs.merge(people["Thea von Harbou"], people["Karl Freund"])
    assert (await langs.undo(merge_id)).status_code == 200
    await owner.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
    assert [name for name, _ in await langs.credits(right)] == ["Fritz Lang", "Karl Freund"]
    assert "Karl Freund" not in [name for name, _ in await langs.credits(left)]


async def test_only_who_merges_undoes(langs: Langs, house: House) -> None:
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    url = f"/api/v1/people/merges/{merge_id}/undo"
    member = await house.member(langs.owner.space, "member")
    assert (await member.client.post(url)).status_code == 403
    stranger = await house.member()
    assert (await stranger.client.post(url)).status_code == 404
    assert (await langs.undo(merge_id)).status_code == 200


async def test_who_was_merged_is_found_as_who_stays(langs: Langs, house: House) -> None:
    """By id, by address, in a list's filter, and by name: a new credit makes nobody new."""
    client = langs.owner.client
    people = await house.count("catalog_people", langs.owner.space)
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    for key in (langs.f_lang["id"], langs.f_lang["slug"]):
        person = (await client.get(f"/api/v1/people/{key}")).json()
        assert (person["id"], person["slug"]) == (langs.lang["id"], langs.lang["slug"])
        listed = (await client.get("/api/v1/titles", params={"person": key})).json()["items"]
        assert {one["title"] for one in listed} == {"The Metropolis", "M"}
    same = await client.post(
        f"/api/v1/people/{langs.lang['id']}/merge", json={"other": langs.f_lang["slug"]}
    )
    assert same.json()["error"]["code"] == "same_person"
    spies = await add(
        langs.owner,
        title="Spies",
        year=1928,
        credits=[
            {"name": "F. Lang", "job": "director"},
            {"name": "?", "person_id": langs.f_lang["id"], "job": "writer"},
        ],
    )
    assert await langs.credits(spies) == [("Fritz Lang", "director"), ("Fritz Lang", "writer")]
    assert await house.count("catalog_people", langs.owner.space) == people - 1
    assert (await langs.undo(merge_id)).status_code == 200
    person = (await client.get(f"/api/v1/people/{langs.f_lang['slug']}")).json()
    assert person["id"] == langs.f_lang["id"]
    assert await house.count("catalog_person_aliases", langs.owner.space) == 0
    assert await langs.credits(spies) == [("Fritz Lang", "director"), ("Fritz Lang", "writer")]


async def test_a_chain_of_merges_leads_to_who_stays_and_is_undone_link_by_link(
    langs: Langs,
) -> None:
    third = await add(langs.owner, title="Fury", credits=[{"name": "Lang", "job": "director"}])
    lang = third["credits"][0]["person"]
    first = await langs.merge(langs.f_lang["id"], lang["id"])
    second = await langs.merge(langs.lang["id"], langs.f_lang["id"])

    async def found(key: str) -> str:
        answer = await langs.owner.client.get(f"/api/v1/people/{key}")
        name: str = answer.json()["name"]
        return name

    assert [await found(lang["slug"]), await found(langs.f_lang["slug"])] == ["Fritz Lang"] * 2
    assert (await langs.undo(second)).status_code == 200
    assert [await found(lang["slug"]), await found(langs.f_lang["slug"])] == ["F. Lang"] * 2
    assert (await langs.undo(first)).status_code == 200
    assert [await found(lang["slug"]), await found(langs.f_lang["slug"])] == ["Lang", "F. Lang"]
