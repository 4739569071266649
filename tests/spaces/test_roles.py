"""Roles of a space's own, teams, permissions for one thing, and why: over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx import Response

    from tests.house import House, Member

ROLES = "/api/v1/roles"
TEAMS = "/api/v1/teams"
GRANTS = "/api/v1/grants"
MEMBERS = "/api/v1/members"
EDIT = "catalog.title.edit"
COPY_EDIT = "library.copy.edit"


def code_of(answer: Response) -> str:
    return str(answer.json()["error"]["code"])


async def made(member: Member, path: str, expect: int = 201, **body: object) -> Any:  # noqa: ANN401  (JSON)
    answer = await member.client.post(path, json=body)
    assert answer.status_code == expect, answer.text
    return answer.json()


async def id_of(asker: Member, member: Member) -> str:
    items = (await asker.client.get(MEMBERS)).json()["items"]
    return str(next(one["id"] for one in items if one["user_id"] == str(member.user_id)))


async def give_role(owner: Member, member: Member, role: str) -> Response:
    return await owner.client.patch(f"{MEMBERS}/{await id_of(owner, member)}", json={"role": role})


async def held_by(member: Member) -> set[str]:
    spaces = (await member.client.get("/api/v1/spaces")).json()["items"]
    return set(spaces[0]["permissions"])


async def title(member: Member, name: str) -> str:
    return str((await made(member, "/api/v1/titles", kind="movie", title=name))["id"])


async def journal(member: Member) -> dict[str, Any]:
    entry: dict[str, Any] = (await member.client.get("/api/v1/activity")).json()["items"][0]
    return entry


async def test_a_role_of_ones_own_acts_at_the_next_request(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "viewer")
    role = await made(owner, ROLES, name="Night shift", permissions=[EDIT], extends=["viewer"])
    assert (role["slug"], role["is_built_in"]) == ("night-shift", False)
    assert {EDIT, "catalog.title.read"} <= set(role["effective"])
    assert (
        await member.client.post("/api/v1/titles", json={"kind": "movie", "title": "A"})
    ).status_code == 403
    assert (await give_role(owner, member, "night-shift")).json()["role"] == "night-shift"
    changed = await owner.client.patch(
        f"{ROLES}/{role['id']}", json={"permissions": [EDIT, "catalog.title.create"]}
    )
    assert changed.status_code == 200, changed.text
    await made(member, "/api/v1/titles", kind="movie", title="A")
    entries = (await owner.client.get("/api/v1/activity")).json()["items"]
    entry = next(one for one in entries if one["kind"] == "spaces.role_updated")
    assert entry["before"] == {"permissions": [EDIT]}
    assert entry["after"] == {"permissions": ["catalog.title.create", EDIT]}
    await owner.client.patch(f"{ROLES}/{role['id']}", json={"permissions": []})
    assert (
        await member.client.post("/api/v1/titles", json={"kind": "movie", "title": "B"})
    ).status_code == 403


async def test_inheritance_reaches_down_and_makes_no_circles(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "viewer")
    low = await made(owner, ROLES, name="Low", permissions=[EDIT])
    mid = await made(owner, ROLES, name="Mid", extends=["low"])
    await made(owner, ROLES, name="High", extends=["mid", "viewer"])
    assert (await give_role(owner, member, "high")).status_code == 200
    assert EDIT in await held_by(member)
    circle = await owner.client.patch(f"{ROLES}/{low['id']}", json={"extends": ["high"]})
    assert (circle.status_code, code_of(circle)) == (409, "role_circle")
    itself = await owner.client.patch(f"{ROLES}/{mid['id']}", json={"extends": ["mid"]})
    assert (itself.status_code, code_of(itself)) == (409, "role_circle")
    unknown = await owner.client.patch(f"{ROLES}/{mid['id']}", json={"extends": ["nobody"]})
    assert (unknown.status_code, code_of(unknown)) == (400, "role_unknown")
    await owner.client.patch(f"{ROLES}/{low['id']}", json={"permissions": [COPY_EDIT]})
    held = await held_by(member)
    assert COPY_EDIT in held
    assert EDIT not in held


async def test_nobody_gives_away_what_they_lack(house: House) -> None:
    owner = await house.member()
    manager = await house.member(owner.space, "manager")
    member = await house.member(owner.space, "member")
    refused = await manager.client.post(
        ROLES, json={"name": "Crown", "permissions": ["spaces.space.edit"]}
    )
    assert (refused.status_code, code_of(refused)) == (403, "permission_not_held")
    inherited = await manager.client.post(ROLES, json={"name": "Crown", "extends": ["owner"]})
    assert inherited.status_code == 400
    unknown = await manager.client.post(ROLES, json={"name": "Crown", "permissions": ["a.b.c"]})
    assert (unknown.status_code, code_of(unknown)) == (400, "permission_unknown")
    house_wide = await owner.client.post(
        ROLES, json={"name": "Crown", "permissions": ["accounts.user.manage"]}
    )
    assert (house_wide.status_code, code_of(house_wide)) == (400, "permission_unknown")
    crown = await made(owner, ROLES, name="Crown", permissions=["spaces.space.edit"])
    assert (await give_role(manager, member, "crown")).status_code == 403
    grown = await manager.client.patch(f"{ROLES}/{crown['id']}", json={"name": "Mine"})
    assert grown.status_code == 403
    assert (await manager.client.delete(f"{ROLES}/{crown['id']}")).status_code == 403
    team = await manager.client.post(TEAMS, json={"name": "Team", "role": "crown"})
    assert (team.status_code, code_of(team)) == (403, "role_above_own")
    nobody = await member.client.post(ROLES, json={"name": "Anything"})
    assert (nobody.status_code, code_of(nobody)) == (403, "not_allowed")


async def test_a_role_with_everything_is_still_no_owner(house: House) -> None:
    owner = await house.member()
    deputy, third = await house.member(owner.space), await house.member(owner.space, "viewer")
    everything = [
        one["name"] for one in (await owner.client.get("/api/v1/permissions")).json()["items"]
    ]
    await made(owner, ROLES, name="Deputy", permissions=everything)
    assert (await give_role(owner, deputy, "deputy")).status_code == 200
    assert (await give_role(deputy, third, "deputy")).status_code == 200
    for role in ("owner",):
        answer = await give_role(deputy, third, role)
        assert (answer.status_code, code_of(answer)) == (403, "role_above_own")
    assert (await give_role(deputy, owner, "viewer")).status_code == 403


async def test_a_used_role_needs_a_replacement(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "viewer")
    role = await made(owner, ROLES, name="Temp", permissions=[EDIT])
    await made(owner, ROLES, name="Above", extends=["temp"])
    await made(owner, TEAMS, name="Team", role="temp")
    await give_role(owner, member, "temp")
    refused = await owner.client.delete(f"{ROLES}/{role['id']}")
    assert (refused.status_code, code_of(refused)) == (409, "role_in_use")
    assert refused.json()["error"]["details"] == {
        "members": 1, "teams": 1, "invitations": 0, "roles": 1
    }  # fmt: skip
    for wrong in ("temp", "nobody", "owner"):
        answer = await owner.client.delete(f"{ROLES}/{role['id']}", params={"replacement": wrong})
        assert answer.status_code == 400, answer.text
    done = await owner.client.delete(f"{ROLES}/{role['id']}", params={"replacement": "member"})
    assert done.status_code == 204, done.text
    assert "catalog.title.create" in await held_by(member)
    above = next(
        one for one in (await owner.client.get(ROLES)).json()["items"] if one["slug"] == "above"
    )
    assert above["extends"] == ["member"]
    assert (await owner.client.get(f"{ROLES}/{role['id']}")).status_code == 404


async def test_teams_give_their_role_and_their_grants(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "viewer")
    team = await made(owner, TEAMS, name="Cataloguers", role="catalog_editor")
    member_id = await id_of(owner, member)
    assert "catalog.title.edit_any" not in await held_by(member)
    inside = await owner.client.put(f"{TEAMS}/{team['id']}/members", json={"members": [member_id]})
    assert [one["name"] for one in inside.json()["members"]] == [member.name]
    assert "catalog.title.edit_any" in await held_by(member)
    entry = await journal(owner)
    assert (entry["before"], entry["after"]) == ({"members": []}, {"members": [member_id]})
    stranger = await house.member()
    foreign = await owner.client.put(
        f"{TEAMS}/{team['id']}/members",
        json={"members": [await id_of(stranger, stranger)]},
    )
    assert (foreign.status_code, code_of(foreign)) == (400, "member_unknown")
    assert (await owner.client.delete(f"{TEAMS}/{team['id']}")).status_code == 204
    assert "catalog.title.edit_any" not in await held_by(member)
    twice = await made(owner, TEAMS, name="Two")
    again = await owner.client.post(TEAMS, json={"name": "two"})
    assert (again.status_code, code_of(again)) == (409, "team_name_taken")
    assert twice["members"] == []
