"""People and vocabularies over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from mediatheque.kit.paging import encode_cursor
from tests.catalog.steps import METROPOLIS, add, change

if TYPE_CHECKING:
    from tests.house import House, Member


async def names(member: Member, **query: object) -> list[str]:
    answer = await member.client.get("/api/v1/people", params={k: str(v) for k, v in query.items()})
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_people_are_found_by_either_name(house: House) -> None:
    owner = await house.member()
    await add(owner, **METROPOLIS)
    assert await names(owner) == ["Thea von Harbou", "Brigitte Helm", "Fritz Lang"]
    assert await names(owner, q="lan") == ["Fritz Lang"]
    assert await names(owner, q="FRI") == ["Fritz Lang"]
    assert await names(owner, q="ritz") == []
    first = (await owner.client.get("/api/v1/people", params={"limit": 2})).json()
    assert len(first["items"]) == 2
    rest = await names(owner, limit=2, cursor=first["next_cursor"])
    assert rest == ["Fritz Lang"]
    bad = await owner.client.get("/api/v1/people", params={"cursor": "nonsense"})
    assert bad.json()["error"]["code"] == "bad_cursor"
    odd = await owner.client.get("/api/v1/people", params={"colour": "red"})
    assert odd.json()["error"]["code"] == "unknown_parameter"


async def test_a_person_has_works_by_job(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    await add(
        owner,
        title="M",
        year=1931,
        credits=[{"name": "Fritz Lang", "job": job} for job in ("director", "writer")],
    )
    lang = made["credits"][0]["person"]
    by_slug = (await owner.client.get(f"/api/v1/people/{lang['slug']}")).json()
    by_id = (await owner.client.get(f"/api/v1/people/{lang['id']}")).json()
    assert by_slug == by_id
    titles = {job: [one["title"] for one in works] for job, works in by_id["titles"].items()}
    assert titles == {"director": ["M", "The Metropolis"], "writer": ["M"]}
    stranger = await house.member()
    assert (await stranger.client.get(f"/api/v1/people/{lang['id']}")).status_code == 404


async def test_drafts_are_not_told_to_viewers(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    made = await add(owner, **METROPOLIS, status="draft")
    lang = made["credits"][0]["person"]
    assert (await owner.client.get(f"/api/v1/people/{lang['id']}")).json()["titles"]
    assert (await viewer.client.get(f"/api/v1/people/{lang['id']}")).json()["titles"] == {}
    query = {"scheme": "genre"}
    seen = (await viewer.client.get("/api/v1/terms", params=query)).json()["items"]
    assert {one["titles_count"] for one in seen} == {0}
    seen = (await owner.client.get("/api/v1/terms", params=query)).json()["items"]
    assert {one["titles_count"] for one in seen} == {1}


async def test_a_person_is_renamed(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    made = await add(owner, **METROPOLIS)
    url = f"/api/v1/people/{made['credits'][0]['person']['id']}"
    assert (await member.client.patch(url, json={"name": "X"})).status_code == 403
    taken = await owner.client.patch(url, json={"name": "thea von harbou"})
    assert taken.json()["error"]["code"] == "person_name_taken"
    apart = await owner.client.patch(url, json={"name": "Thea von Harbou", "distinction": "2"})
    assert apart.status_code == 200
    renamed = await owner.client.patch(url, json={"name": "Friedrich Lang", "distinction": ""})
    assert renamed.json()["name"] == "Friedrich Lang"
    assert renamed.json()["slug"] == "fritz-lang"
    assert await names(owner, q="friedrich") == ["Friedrich Lang"]


async def test_two_people_become_one(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    twice = [
        {"name": "F. Lang", "job": "director"},
        {"name": "Fritz Lang", "job": "director"},
        {"name": "F. Lang", "job": "writer"},
    ]
    other = await add(owner, title="M", year=1931, credits=twice)
    lang = made["credits"][0]["person"]
    f_lang = other["credits"][0]["person"]
    url = f"/api/v1/people/{lang['id']}/merge"
    same = await owner.client.post(url, json={"other": lang["slug"]})
    assert same.json()["error"]["code"] == "same_person"
    merged = await owner.client.post(url, json={"other": f_lang["slug"]})
    merge_id = merged.json()["merge_id"]
    assert merged.json() == {**lang, "distinction": "", "merge_id": merge_id}
    merged = (await owner.client.get(f"/api/v1/people/{lang['id']}")).json()
    titles = {job: [one["title"] for one in works] for job, works in merged["titles"].items()}
    assert titles == {"director": ["M", "The Metropolis"], "writer": ["M"]}
    former = await owner.client.get(f"/api/v1/people/{f_lang['id']}")
    assert former.json() == merged


async def test_words_have_counts(house: House) -> None:
    owner = await house.member()
    await add(owner, **METROPOLIS)
    await add(owner, title="M", genres=["Drama", "Film noir"])

    async def terms(**query: str) -> list[tuple[str, int]]:
        answer = await owner.client.get("/api/v1/terms", params=query)
        assert answer.status_code == 200, answer.text
        return [(one["slug"], one["titles_count"]) for one in answer.json()["items"]]

    assert await terms(scheme="genre") == [("drama", 2), ("film-noir", 1), ("science-fiction", 1)]
    assert await terms(scheme="genre", q="fict") == [("science-fiction", 1)]
    assert await terms(scheme="genre", q="  NOIR ") == [("film-noir", 1)]
    assert await terms(scheme="genre", q="rama") == []
    assert await terms(scheme="country") == [("de", 1)]
    wrong = await owner.client.get("/api/v1/terms", params={"scheme": "colour"})
    assert wrong.json()["error"]["field"] == "scheme"


async def test_a_title_has_a_history(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    stranger = await house.member()
    made = await add(owner, **METROPOLIS)
    await change(owner, made, year=1926)
    await change(owner, made, title="Metropolis")
    url = f"/api/v1/titles/{made['id']}/history"
    feed = (await owner.client.get(url, params={"limit": 2})).json()
    assert [one["label"] for one in feed["items"]] == [
        "changed Metropolis",
        "changed The Metropolis",
    ]
    assert feed["items"][1]["before"] == {"year": 1927}
    assert feed["items"][1]["after"] == {"year": 1926}
    assert feed["items"][0]["actor"]["id"] == str(owner.user_id)
    rest = (await owner.client.get(url, params={"cursor": feed["next_cursor"]})).json()
    assert [one["kind"] for one in rest["items"]] == ["catalog.title_created"]
    assert rest["next_cursor"] is None
    assert (await viewer.client.get(url)).status_code == 403
    assert (await stranger.client.get(url)).status_code == 404


@pytest.mark.parametrize("keys", [("a", "b"), (1, 2), ("a\0", str(UUID(int=0))), (2**63, 1), (1,)])
async def test_cursors_of_other_lists_are_refused(house: House, keys: tuple[object, ...]) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    for url in ("people", "duplicates", "merges", f"titles/{made['id']}/history"):
        answer = await owner.client.get(f"/api/v1/{url}", params={"cursor": encode_cursor(*keys)})
        if answer.status_code != 200:
            assert answer.json()["error"]["code"] == "bad_cursor", url
