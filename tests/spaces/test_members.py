"""Members over HTTP: who may give and take which role."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from mediatheque.areas.spaces.actions.members import add_member
from mediatheque.areas.spaces.rules import AlreadyMemberError, RoleAboveOwnError
from mediatheque.core.permissions import ROLES, Permission
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from tests.house import House, Member

MEMBERS = "/api/v1/members"


async def roles(member: Member) -> dict[str, str]:
    answer = await member.client.get(MEMBERS)
    assert answer.status_code == 200, answer.text
    return {one["user_id"]: one["role"] for one in answer.json()["items"]}


async def id_of(asker: Member, member: Member) -> str:
    items = (await asker.client.get(MEMBERS)).json()["items"]
    found: str = next(one["id"] for one in items if one["user_id"] == str(member.user_id))
    return found


async def change(asker: Member, member_id: str, role: str) -> tuple[int, dict[str, Any]]:
    answer = await asker.client.patch(f"{MEMBERS}/{member_id}", json={"role": role})
    return answer.status_code, answer.json()


async def test_members_are_listed_as_they_joined(house: House) -> None:
    owner = await house.member()
    second = await house.member(owner.space, "viewer")
    items = (await owner.client.get(MEMBERS)).json()["items"]
    assert [one["user_id"] for one in items] == [str(owner.user_id), str(second.user_id)]
    assert items[1] == {
        "id": items[1]["id"],
        "user_id": str(second.user_id),
        "name": second.name,
        "email": second.email,
        "role": "viewer",
        "joined_at": items[1]["joined_at"],
        "last_login_at": None,
    }


@pytest.mark.parametrize("role", list(ROLES))
async def test_listing_and_changing_follow_the_permission(house: House, role: str) -> None:
    owner = await house.member()
    target = await house.member(owner.space, "viewer")
    target_id = await id_of(owner, target)
    asker = await house.member(owner.space, role)
    may_read = Permission.SPACE_MEMBERS_READ in ROLES[role]
    may_change = Permission.SPACE_MEMBERS_MANAGE in ROLES[role]
    assert (await asker.client.get(MEMBERS)).status_code == (200 if may_read else 403)
    status, _ = await change(asker, target_id, "member")
    assert status == (200 if may_change else 403)
    removed = await asker.client.delete(f"{MEMBERS}/{target_id}")
    assert removed.status_code == (204 if may_change else 403)
    left = (await roles(owner)).get(str(target.user_id))
    assert left == (None if may_change else "viewer")


async def test_new_role_acts_at_the_next_request(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "owner")
    status, body = await change(owner, await id_of(owner, member), "viewer")
    assert (status, body["role"]) == (200, "viewer")
    assert (await member.client.get(MEMBERS)).status_code == 403
    entry = (await owner.client.get("/api/v1/activity")).json()["items"][0]
    assert (entry["before"], entry["after"]) == ({"role": "owner"}, {"role": "viewer"})
    assert entry["label"] == f"made {member.name} viewer"


async def test_nobody_gives_or_takes_a_role_above_their_own(house: House) -> None:
    owner = await house.member()
    manager = await house.member(owner.space, "manager")
    member = await house.member(owner.space, "member")
    before = await roles(owner)
    owner_id, member_id = await id_of(owner, owner), await id_of(owner, member)
    own_id = await id_of(owner, manager)
    refused = [
        await change(manager, member_id, "owner"),
        await change(manager, own_id, "owner"),
        await change(manager, owner_id, "viewer"),
        await change(manager, owner_id, "owner"),
    ]
    assert {(status, body["error"]["code"]) for status, body in refused} == {
        (403, "role_above_own")
    }
    removed = await manager.client.delete(f"{MEMBERS}/{owner_id}")
    assert removed.json()["error"]["code"] == "role_above_own"
    assert await roles(owner) == before
    assert (await owner.client.get("/api/v1/activity")).json()["items"] == []
    assert (await change(manager, member_id, "manager"))[0] == 200, "their own they may give"
    assert (await manager.client.delete(f"{MEMBERS}/{member_id}")).status_code == 204


async def test_last_owner_stays(house: House) -> None:
    owner = await house.member()
    await house.member(owner.space, "manager")
    own_id = await id_of(owner, owner)
    status, body = await change(owner, own_id, "manager")
    assert (status, body["error"]["code"]) == (409, "last_owner")
    removed = await owner.client.delete(f"{MEMBERS}/{own_id}")
    left = await owner.client.post("/api/v1/spaces/current/leave")
    for refused in (removed, left):
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "last_owner")
    assert (await roles(owner))[str(owner.user_id)] == "owner"
    assert (await change(owner, own_id, "owner"))[0] == 200, "which changes nothing"
    await house.member(owner.space, "owner")
    assert (await owner.client.post("/api/v1/spaces/current/leave")).status_code == 204


async def test_of_two_owners_who_leave_at_once_one_stays(house: House) -> None:
    for _ in range(5):
        first = await house.member()
        second = await house.member(first.space, "owner")
        ids = [await id_of(first, first), await id_of(first, second)]
        answers = await asyncio.gather(
            first.client.post("/api/v1/spaces/current/leave"),
            second.client.patch(f"{MEMBERS}/{ids[1]}", json={"role": "viewer"}),
        )
        assert sorted(one.status_code for one in answers) in ([200, 409], [204, 409])
    for _ in range(5):
        first = await house.member()
        second = await house.member(first.space, "owner")
        ids = [await id_of(first, first), await id_of(first, second)]
        answers = await asyncio.gather(
            first.client.delete(f"{MEMBERS}/{ids[1]}"), second.client.delete(f"{MEMBERS}/{ids[0]}")
        )
        assert sorted(one.status_code for one in answers) in ([204, 404], [204, 409])
        assert await house.count("spaces_memberships", first.space) == 1


async def test_who_was_removed_or_left_is_outside_at_once(house: House) -> None:
    owner = await house.member()
    removed = await house.member(owner.space, "manager")
    gone = await house.member(owner.space, "viewer")
    removed_id = await id_of(owner, removed)
    assert (await owner.client.delete(f"{MEMBERS}/{removed_id}")).status_code == 204
    assert (await gone.client.post("/api/v1/spaces/current/leave")).status_code == 204
    for member in (removed, gone):
        assert (await member.client.get(MEMBERS)).status_code == 404
        assert (await member.client.get("/api/v1/auth/session")).json()["spaces"] == []
    assert (await owner.client.delete(f"{MEMBERS}/{removed_id}")).status_code == 404
    kinds = [one["kind"] for one in (await owner.client.get("/api/v1/activity")).json()["items"]]
    assert kinds == ["spaces.member_removed"] * 2


async def test_members_of_other_spaces_are_not_found(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    victim = await house.member(stranger.space, "viewer")
    foreign = await id_of(stranger, victim)
    for member_id in (foreign, str(uuid4())):
        assert (await change(owner, member_id, "member"))[0] == 404
        assert (await owner.client.delete(f"{MEMBERS}/{member_id}")).status_code == 404
    there = {"x-space": stranger.space.slug}
    for answer in (
        await owner.client.get(MEMBERS, headers=there),
        await owner.client.delete(f"{MEMBERS}/{foreign}", headers=there),
        await owner.client.post("/api/v1/spaces/current/leave", headers=there),
    ):
        assert answer.status_code == 404
    assert (await roles(stranger))[str(victim.user_id)] == "viewer"


async def test_csrf_token_is_needed(house: House) -> None:
    owner = await house.member()
    target = await house.member(owner.space, "viewer")
    target_id = await id_of(owner, target)
    for headers in (
        {"x-csrf-token": ""},
        {"x-csrf-token": target.client.headers["x-csrf-token"]},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
    ):
        answer = await owner.client.delete(f"{MEMBERS}/{target_id}", headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "bad_csrf_token")
    assert str(target.user_id) in await roles(owner)


async def test_role_must_be_one(house: House) -> None:
    owner = await house.member()
    target = await house.member(owner.space, "viewer")
    target_id = await id_of(owner, target)
    for role in ("king", "Owner"):
        status, body = await change(owner, target_id, role)
        assert (status, body["error"]["code"]) == (400, "role_unknown")
    assert (await change(owner, target_id, ""))[0] == 422


async def test_adding_a_member_directly(house: House) -> None:
    owner, other = await house.member(), await house.member()
    async with house.write(owner) as context:
        added = await add_member(context, other.user_id, "editor")
    assert (added.role, added.name) == ("editor", other.name)
    with pytest.raises(AlreadyMemberError):
        async with house.write(owner) as context:
            await add_member(context, other.user_id, "viewer")
    with pytest.raises(NotFoundError):
        async with house.write(owner) as context:
            await add_member(context, uuid4(), "viewer")
    manager = await house.member(owner.space, "manager")

    lower = replace(manager, space=replace(manager.space, role="manager"))
    third = await house.member()
    with pytest.raises(RoleAboveOwnError):
        async with house.write(lower) as context:
            await add_member(context, third.user_id, "owner")
    assert str(third.user_id) not in await roles(owner)
