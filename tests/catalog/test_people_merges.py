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
    merge_id = await langs.merge(langs.lang["id"], langs.f_lang["id"])
    made = await add(langs.owner, title="Liliom", credits=[{"name": "F. Lang", "job": "director"}])
    refused = (await langs.undo(merge_id)).json()["error"]
    assert refused["code"] == "person_name_taken"
    newcomer = made["credits"][0]["person"]
    assert refused["details"]["person"]["id"] == newcomer["id"]
    url = f"/api/v1/people/{newcomer['id']}"
    await langs.owner.client.patch(url, json={"name": "Another Lang"})
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
