"""Many works at once, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.catalog.steps import add, change

if TYPE_CHECKING:
    from tests.house import House, Member

BULK = "/api/v1/titles/bulk"


async def shelf(owner: Member) -> list[dict[str, Any]]:
    return [
        await add(owner, title="Nosferatu", year=1922, tags=["silent"], genres=["Horror"]),
        await add(owner, title="Faust", year=1926, tags=["silent", "Goethe"]),
        await add(owner, title="Sunrise", year=1927, age_rating="12"),
        await add(owner, title="Tabu", year=1931, kind="other"),
    ]


async def ask(member: Member, url: str, **body: object) -> dict[str, Any]:
    answer = await member.client.post(url, json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_preview_says_what_the_edit_does(house: House) -> None:
    owner = await house.member()
    nosferatu, faust, sunrise, _ = await shelf(owner)
    body: dict[str, Any] = {
        "ids": [one["id"] for one in (nosferatu, faust, sunrise)],
        "set": {"age_rating": "12"},
        "add_tags": ["Murnau"],
        "remove_tags": ["SILENT", "absent"],
    }
    seen = await ask(owner, f"{BULK}/preview", **body)
    assert seen["count"] == 3
    assert await house.count("core_journal", owner.space) == 4
    by_title = {one["title"]: one["changes"] for one in seen["changes"]}
    assert by_title["Faust"] == {
        "age_rating": {"before": None, "after": "12"},
        "minimum_age": {"before": None, "after": 12},
        "tags": {"before": ["Goethe", "silent"], "after": ["Goethe", "Murnau"]},
    }
    assert by_title["Sunrise"] == {"tags": {"before": [], "after": ["Murnau"]}}
    assert await ask(owner, BULK, **body) == seen
    assert (await ask(owner, BULK, **body))["count"] == 0
    assert await house.count("core_journal", owner.space) == 5
    unchanged = await change(owner, faust)
    assert [one["name"] for one in unchanged["tags"]] == ["Goethe", "Murnau"]
    assert unchanged["age_rating"] == "12"
    assert unchanged["revision"] == 2


async def test_works_are_chosen_by_a_filter(house: House) -> None:
    owner = await house.member()
    made = await shelf(owner)
    await change(owner, made[0], credits=[{"name": "Max Schreck", "job": "actor"}])

    async def titles(**chosen: object) -> list[str]:
        body = {"filter": chosen, "set": {"runtime_minutes": 1}}
        seen = await ask(owner, f"{BULK}/preview", **body)
        return [one["title"] for one in seen["changes"]]

    assert await titles() == ["Faust", "Nosferatu", "Sunrise", "Tabu"]
    assert await titles(kind=["other"]) == ["Tabu"]
    assert await titles(tag=["silent"], year_from=1926) == ["Faust"]
    assert await titles(tag=["Goethe", "silent"]) == ["Faust", "Nosferatu"]
    assert await titles(genre=["horror"]) == ["Nosferatu"]
    assert await titles(person=["max-schreck"]) == ["Nosferatu"]
    assert await titles(year_to=1926) == ["Faust", "Nosferatu"]
    assert await titles(q="sun") == ["Sunrise"]
    assert await titles(missing=["tags", "genres"]) == ["Sunrise", "Tabu"]
    assert await titles(missing=["credits"], year_to=1926) == ["Faust"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "nothing_chosen"),
        ({"filter": {}}, 400, "nothing_chosen"),
        ({"set": {"year": 1}}, 400, "nothing_chosen"),
        ({"filter": {}, "set": {"title": "X"}}, 422, "malformed"),
        ({"filter": {"colour": ["red"]}, "set": {"year": 1}}, 422, "malformed"),
        ({"filter": {}, "set": {"status": "scheduled"}}, 400, "bad_window"),
    ],
)
async def test_edits_that_make_no_sense(
    house: House, body: dict[str, Any], status: int, code: str
) -> None:
    owner = await house.member()
    answer = await owner.client.post(BULK, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


async def test_a_window_is_never_turned_around(house: House) -> None:
    owner = await house.member()
    made = await add(owner, available_from="2030-01-01T00:00:00Z")
    body = {"ids": [made["id"]], "set": {"available_until": "2029-01-01T00:00:00Z"}}
    answer = await owner.client.post(BULK, json=body)
    assert answer.json()["error"]["code"] == "bad_window"
    assert (await change(owner, made))["available_until"] is None


async def test_bulk_edits_are_in_each_history(house: House) -> None:
    owner = await house.member()
    nosferatu, faust, sunrise, _ = await shelf(owner)
    ids = [nosferatu["id"], faust["id"]]
    await ask(owner, BULK, ids=ids, set={"age_rating": "16"})
    history = await owner.client.get(f"/api/v1/titles/{faust['id']}/history")
    newest = history.json()["items"][0]
    assert newest["kind"] == "catalog.titles_bulk_edited"
    assert newest["label"] == "changed 2 titles at once"
    assert newest["before"] == {"age_rating": None, "minimum_age": None}
    assert newest["after"] == {"set": {"age_rating": "16", "minimum_age": 16}}
    other = await owner.client.get(f"/api/v1/titles/{sunrise['id']}/history")
    assert len(other.json()["items"]) == 1


async def test_bulk_edits_stay_in_their_space(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    member = await house.member(owner.space, "member")
    made = await shelf(owner)
    body = {"ids": [one["id"] for one in made], "set": {"year": 2000}}
    assert (await ask(stranger, BULK, **body))["count"] == 0
    assert (await member.client.post(BULK, json=body)).status_code == 403
    assert (await member.client.post(f"{BULK}/preview", json=body)).status_code == 403
