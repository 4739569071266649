"""What a profile with a limit may not reach, and who resets a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mediatheque.core.permissions import ROLES, in_profile
from tests.accounts.households import KIDS, PROFILES, make, ok, pin, select, session
from tests.accounts.test_devices import let_in, refresh

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House

LIMITED: list[dict[str, Any]] = [KIDS, {"maturity_limit": 16}]

ACCOUNT: list[tuple[str, str, Any]] = [
    ("GET", "/auth/sessions", None),
    ("DELETE", "/auth/sessions", None),
    ("PATCH", "/auth/me", {"name": "Eve"}),
    (
        "POST",
        "/auth/password",
        {"current_password": "correct horse battery", "new_password": "another horse battery"},
    ),
    ("GET", "/api-keys", None),
    ("POST", "/api-keys", {"name": "A way out"}),
    ("POST", "/spaces", {"name": "A space of one's own"}),
    ("POST", "/spaces/current/leave", None),
    ("POST", "/profiles", {"name": "Free"}),
]
SPACE: list[tuple[str, str, Any]] = [
    ("PATCH", "/spaces/current", {"name": "Ours"}),
    ("GET", "/members", None),
    ("GET", "/invitations", None),
    ("POST", "/invitations", {"role": "owner"}),
    ("GET", "/imports", None),
    ("GET", "/review", None),
    ("GET", "/duplicates", None),
]
EDITS: list[tuple[str, str, Any]] = [
    ("POST", "/titles", {"kind": "movie", "title": "Mine", "minimum_age": 0}),
    ("GET", "/activity", None),
    ("GET", "/exports/library.csv", None),
]


@pytest.mark.parametrize("fields", LIMITED, ids=["kids", "limited"])
@pytest.mark.parametrize(("method", "path", "body"), ACCOUNT + SPACE)
async def test_out_of_a_limited_profiles_reach(
    house: House, fields: dict[str, Any], method: str, path: str, body: object
) -> None:
    owner = await house.member()
    profile = await make(owner.client, "Kim", **fields)
    await select(owner.client, profile)
    answer = await owner.client.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code == 403, answer.text
    assert answer.json()["error"]["code"] == "limited_profile"


@pytest.mark.parametrize(("method", "path", "body"), EDITS)
async def test_children_only_read(house: House, method: str, path: str, body: object) -> None:
    owner = await house.member()
    teen = await make(owner.client, "Bo", maturity_limit=16)
    await select(owner.client, teen)
    answer = await owner.client.request(method, f"/api/v1{path}", json=body)
    assert answer.is_success, answer.text
    child = await make((await house.member(owner.space)).client, "unused")
    assert child["is_kids"] is False
    other = await house.member(owner.space)
    kim = await make(other.client, "Kim", **KIDS)
    await select(other.client, kim)
    answer = await other.client.request(method, f"/api/v1{path}", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "limited_profile")


async def test_a_limited_profile_does_not_lift_its_limit(house: House) -> None:
    owner = await house.member()
    kim = await make(owner.client, "Kim", **KIDS)
    await select(owner.client, kim)
    for method, path, body in (
        ("PATCH", f"/{kim['id']}", {"maturity_limit": 18}),
        ("DELETE", f"/{kim['id']}", None),
        ("PUT", f"/{kim['id']}/pin", {"pin": "1234"}),
        ("DELETE", f"/{kim['id']}/pin", None),
    ):
        answer = await owner.client.request(method, f"{PROFILES}{path}", json=body)
        assert answer.json()["error"]["code"] == "limited_profile", f"{method} {path}"
    assert (await session(owner.client))["profile"]["maturity_limit"] == 6


async def test_the_session_tells_what_is_left(house: House) -> None:
    owner = await house.member()
    everything = (await session(owner.client))["spaces"][0]["permissions"]
    assert everything == sorted(ROLES["owner"])
    kim = await make(owner.client, "Kim", **KIDS)
    await select(owner.client, kim)
    told = await session(owner.client)
    assert told["profile"]["is_limited"] is True
    assert told["spaces"][0]["permissions"] == sorted(
        in_profile(frozenset(ROLES["owner"]), is_kids=True)
    )
    assert all(one.endswith(".read") for one in told["spaces"][0]["permissions"])
    assert (await ok(owner.client.get("/api/v1/spaces")))["items"] == told["spaces"]
    assert (await ok(owner.client.get(PROFILES)))["items"][0]["is_active"] is True


async def test_a_child_claims_no_invitation(house: House) -> None:
    owner, other = await house.member(), await house.member()
    made = await ok(other.client.post("/api/v1/invitations", json={"role": "member"}))
    token = made["url"].rpartition("token=")[2] or made["url"].rpartition("/")[2]
    kim = await make(owner.client, "Kim", **KIDS)
    await select(owner.client, kim)
    answer = await owner.client.post("/api/v1/invitations/claim", json={"token": token})
    assert answer.status_code == 403, answer.text
    assert answer.json()["error"]["code"] == "limited_profile"


async def test_a_manager_resets_a_members_pin(house: House) -> None:
    owner = await house.member()
    manager = await house.member(owner.space, role="manager")
    member = await house.member(owner.space, role="member")
    ada = await make(member.client, "Ada")
    await pin(member.client, ada, "2468")
    for _ in range(5):
        await select(member.client, ada, pin="0000")
    base = f"/api/v1/members/{member.user_id}/profiles"
    listed = (await ok(manager.client.get(base)))["items"]
    assert [(one["name"], one["has_pin"]) for one in listed] == [("Ada", True)]
    assert listed[0]["pin_locked_until"] is not None
    assert "pin_hash" not in listed[0]
    path = f"{base}/{ada['id']}/reset-pin"
    assert (await member.client.post(path)).status_code == 403
    assert (await (await house.member()).client.post(path)).status_code == 404
    assert (await manager.client.post(path)).status_code == 204
    answer = await manager.client.post(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_pin")
    assert (await select(member.client, ada)).status_code == 200
    bo = await make(owner.client, "Bo")
    await pin(owner.client, bo, "1357")
    answer = await manager.client.post(
        f"/api/v1/members/{owner.user_id}/profiles/{bo['id']}/reset-pin"
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "role_above_own")
    answer = await owner.client.post(f"{base}/{bo['id']}/reset-pin")
    assert answer.json()["error"]["code"] == "profile_not_found"
    told = (await ok(owner.client.get("/api/v1/activity")))["items"]
    assert told[0]["label"] == "reset the PIN of the profile Ada"


async def test_a_television_stays_in_its_profile(house: House, anonymous: AsyncClient) -> None:
    """A new token is no way out."""
    member = await house.member()
    kim = await make(member.client, "Kim", **KIDS)
    ada = await make(member.client, "Ada")
    await pin(member.client, ada, "2468")
    tokens = await let_in(anonymous, member)
    anonymous.headers["authorization"] = f"Bearer {tokens['access_token']}"
    assert (await session(anonymous))["profile"] is None
    assert (await select(anonymous, kim)).status_code == 200
    assert (await session(anonymous))["profile"]["name"] == "Kim"
    assert (await session(member.client))["profile"] is None
    del anonymous.headers["authorization"]
    status, tokens = await refresh(anonymous, tokens["refresh_token"])
    assert status == 200
    anonymous.headers["authorization"] = f"Bearer {tokens['access_token']}"
    assert (await session(anonymous))["profile"]["name"] == "Kim"
    answer = await anonymous.post(f"{PROFILES}/leave")
    assert answer.json()["error"]["code"] == "pin_needed"
    assert (await select(anonymous, ada, pin="2468")).status_code == 200
    assert (await session(anonymous))["profile"]["name"] == "Ada"
