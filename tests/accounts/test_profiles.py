"""Profiles of a household, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.accounts.households import KIDS, PROFILES, another_session, make, ok, pin, session

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House


async def test_a_household_has_at_most_five(house: House) -> None:
    member = await house.member()
    assert await ok(member.client.get(PROFILES)) == {"items": []}
    made = await make(
        member.client,
        "Ada",
        avatar="owl",
        languages=["de", "en"],
        genres=["Science fiction"],
    )
    assert made["maturity_limit"] is None
    assert made["shows_unknown"] is True
    assert (made["has_pin"], made["is_active"], made["is_kids"]) == (False, False, False)
    assert made["languages"] == ["de", "en"]
    kid = await make(member.client, "Kim", **KIDS)
    assert (kid["maturity_limit"], kid["shows_unknown"], kid["is_kids"]) == (6, False, True)
    for name in ("Bo", "Cy", "Di"):
        await make(member.client, name)
    answer = await member.client.post(PROFILES, json={"name": "Ed"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "too_many_profiles")
    listed = (await ok(member.client.get(PROFILES)))["items"]
    assert [one["name"] for one in listed] == ["Ada", "Kim", "Bo", "Cy", "Di"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": "A\x00"}, "name"),
        ({"name": "Ada", "avatar": "unicorn"}, "avatar"),
        ({"name": "Ada", "maturity_limit": 7}, "maturity_limit"),
        ({"name": "Kim", "is_kids": True}, "maturity_limit"),
        ({"name": "Ada", "languages": ["not a tag"]}, "languages"),
        ({"name": "Ada", "pin": "1234"}, "pin"),
    ],
)
async def test_what_is_wrong_is_named(house: House, body: dict[str, Any], field: str) -> None:
    member = await house.member()
    answer = await member.client.post(PROFILES, json=body)
    assert answer.status_code in {400, 422}, answer.text
    assert answer.json()["error"]["field"].startswith(field)
    assert (await ok(member.client.get(PROFILES)))["items"] == []


async def test_profiles_change_and_go(house: House) -> None:
    member = await house.member()
    ada = await make(member.client, "Ada")
    bo = await make(member.client, "Bo")
    answer = await member.client.patch(f"{PROFILES}/{bo['id']}", json={"name": "ADA"})
    assert answer.json()["error"]["code"] == "profile_name_taken"
    changed = await ok(
        member.client.patch(f"{PROFILES}/{bo['id']}", json={"name": "bo", "avatar": "reel"})
    )
    assert (changed["name"], changed["avatar"]) == ("bo", "reel")
    answer = await member.client.patch(f"{PROFILES}/{bo['id']}", json={"is_kids": True})
    assert answer.json()["error"]["code"] == "kids_need_limit"
    await ok(
        member.client.patch(f"{PROFILES}/{bo['id']}", json={"is_kids": True, "maturity_limit": 12})
    )
    answer = await member.client.patch(f"{PROFILES}/{bo['id']}", json={"maturity_limit": None})
    assert answer.json()["error"]["code"] == "kids_need_limit"
    assert (await member.client.delete(f"{PROFILES}/{ada['id']}")).status_code == 204
    assert (await member.client.delete(f"{PROFILES}/{ada['id']}")).status_code == 404
    assert len((await ok(member.client.get(PROFILES)))["items"]) == 1


async def test_a_session_goes_on_in_a_profile(house: House) -> None:
    member = await house.member()
    ada = await make(member.client, "Ada")
    assert (await session(member.client))["profile"] is None
    chosen = await ok(member.client.post(f"{PROFILES}/{ada['id']}/select"))
    assert chosen["is_active"] is True
    profile = (await session(member.client))["profile"]
    assert (profile["id"], profile["is_limited"]) == (ada["id"], False)
    other = await another_session(house, member.email)
    assert (await session(other))["profile"] is None
    assert (await member.client.post(f"{PROFILES}/leave")).status_code == 204
    assert (await session(member.client))["profile"] is None


async def test_anothers_profiles_are_not_there(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    ada = await make(owner.client, "Ada")
    await pin(owner.client, ada, "1234")
    for method, path, body in (
        ("PATCH", "", {"name": "Eve"}),
        ("DELETE", "", None),
        ("POST", "/select", {"pin": "1234"}),
        ("PUT", "/pin", {"pin": "4321"}),
        ("DELETE", "/pin", {"pin": "1234"}),
    ):
        answer = await stranger.client.request(method, f"{PROFILES}/{ada['id']}{path}", json=body)
        assert answer.status_code == 404, f"{method} {path}: {answer.text}"
    assert (await ok(stranger.client.get(PROFILES)))["items"] == []
    assert (await ok(owner.client.get(PROFILES)))["items"][0]["has_pin"] is True


async def test_a_key_has_no_profile(house: House) -> None:
    member = await house.member()
    ada = await make(member.client, "Ada")
    made = await ok(member.client.post("/api/v1/api-keys", json={"name": "A program"}))
    headers = {"authorization": f"Bearer {made['key']}"}
    member.client.cookies.clear()
    answer = await member.client.post(f"{PROFILES}/{ada['id']}/select", headers=headers)
    assert answer.json()["error"]["code"] == "session_needed"
    answer = await member.client.post(PROFILES, json={"name": "Bo"}, headers=headers)
    assert answer.json()["error"]["code"] == "session_needed"


async def test_another_sites_page_changes_nothing(house: House) -> None:
    member = await house.member()
    ada = await make(member.client, "Ada")
    await pin(member.client, ada, "1234")
    del member.client.headers["x-csrf-token"]
    for path in (f"{ada['id']}/select", "leave"):
        answer = await member.client.post(f"{PROFILES}/{path}", json={"pin": "0000"})
        assert answer.json()["error"]["code"] == "bad_csrf_token"
    listed = (await ok(member.client.get(PROFILES)))["items"]
    assert [one["is_active"] for one in listed] == [False]


async def test_avatars_are_pictures_of_this_house(anonymous: AsyncClient) -> None:
    listed = (await ok(anonymous.get(f"{PROFILES}/avatars")))["items"]
    assert len(listed) == len({one["name"] for one in listed}) >= 12
    pictures = set()
    for one in listed:
        answer = await anonymous.get(one["url"])
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "immutable" in answer.headers["cache-control"]
        root = ET.fromstring(answer.content)  # noqa: S314  (our own)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
        pictures.add(answer.content)
    assert len(pictures) == len(listed)
    assert (await anonymous.get(f"{PROFILES}/avatars/unicorn.svg")).status_code == 422
