"""Roles of a space's own, teams, permissions for one thing, and why: over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from httpx import Response

    from tests.house import House, Member

ROLES = "/api/v1/roles"
TEAMS = "/api/v1/teams"
GRANTS = "/api/v1/grants"
MEMBERS = "/api/v1/members"
EFFECTIVE = "/api/v1/permissions/effective"
EDIT = "catalog.title.edit"
COPY_EDIT = "library.copy.edit"


def code_of(answer: Response) -> str:
    return str(answer.json()["error"]["code"])


async def made(member: Member, path: str, expect: int = 201, **body: object) -> Any:  # noqa: ANN401
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


async def test_a_grant_for_a_title_is_for_that_title(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    one, other = await title(owner, "One"), await title(owner, "Other")
    member_id = await id_of(owner, viewer)
    path = f"/api/v1/titles/{one}"
    assert (await viewer.client.patch(path, json={"title": "Mine"})).status_code == 403
    grant = await made(owner, GRANTS, member_id=member_id, permission=EDIT, kind="title", id=one)
    assert (grant["label"], grant["holder"]) == ("One", viewer.name)
    assert (await viewer.client.get(path)).json()["can_edit"] is True
    assert (await viewer.client.get(f"/api/v1/titles/{other}")).json()["can_edit"] is False
    assert (await viewer.client.patch(path, json={"title": "Mine"})).status_code == 200
    elsewhere = await viewer.client.patch(f"/api/v1/titles/{other}", json={"title": "Mine"})
    assert elsewhere.status_code == 403
    for method, address in (
        ("delete", path),
        ("post", "/api/v1/titles"),
        ("get", "/api/v1/imports"),
        ("get", MEMBERS),
        ("get", GRANTS),
        ("get", "/api/v1/activity"),
    ):
        body = {"json": {"kind": "movie", "title": "X"}} if method == "post" else {}
        answer = await viewer.client.request(method, address, **body)
        assert answer.status_code == 403, f"{method} {address}: {answer.text}"
    bulk = await viewer.client.post(
        "/api/v1/titles/bulk", json={"ids": [one], "set": {"age_rating": "12"}}
    )
    assert bulk.status_code == 403
    assert (await owner.client.delete(f"{GRANTS}/{grant['id']}")).status_code == 204
    entry = await journal(owner)
    assert entry["before"]["permission"] == EDIT
    assert (await viewer.client.patch(path, json={"title": "Again"})).status_code == 403


async def test_a_grant_shows_no_drafts(house: House) -> None:
    """Who may edit one work learns nothing of those they may not see."""
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    draft = (await made(owner, "/api/v1/titles", kind="movie", title="Secret", status="draft"))[
        "id"
    ]
    shown = await title(owner, "Shown")
    await made(
        owner, GRANTS, member_id=await id_of(owner, viewer), permission=EDIT, kind="title", id=shown
    )
    assert (await viewer.client.get(f"/api/v1/titles/{draft}")).status_code == 404
    assert (
        await viewer.client.patch(f"/api/v1/titles/{draft}", json={"title": "A"})
    ).status_code == 404
    listed = await viewer.client.get("/api/v1/titles")
    assert draft not in listed.text


async def test_a_grant_for_a_library_is_for_that_library(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    first = await made(owner, "/api/v1/libraries", name="First")
    second = await made(owner, "/api/v1/libraries", name="Second")
    work = await title(owner, "A work")
    copies = {}
    for library in (first, second):
        copy = await made(
            owner,
            "/api/v1/copies",
            title_id=work,
            edition={"format": "dvd"},
            library=library["slug"],
        )
        copies[library["slug"]] = copy["id"]
    member_id = await id_of(owner, viewer)
    for permission in (COPY_EDIT, "library.copy.create", "library.library.manage"):
        await made(
            owner,
            GRANTS,
            member_id=member_id,
            permission=permission,
            kind="library",
            id=second["id"],
        )
    mine = f"/api/v1/copies/{copies['second']}"
    assert (await viewer.client.patch(mine, json={"location": "here"})).status_code == 200
    assert (await viewer.client.get(mine)).json()["can_edit"] is True
    moved = await viewer.client.patch(mine, json={"library": "first"})
    assert moved.status_code == 403, moved.text
    theirs = f"/api/v1/copies/{copies['first']}"
    assert (await viewer.client.patch(theirs, json={"location": "x"})).status_code == 403
    assert (await viewer.client.delete(theirs)).status_code == 403
    new = {"title_id": work, "edition": {"format": "vhs"}}
    added = await viewer.client.post("/api/v1/copies", json={**new, "library": "second"})
    assert added.status_code == 201, added.text
    for elsewhere in ({**new, "library": "first"}, new):
        refused = await viewer.client.post("/api/v1/copies", json=elsewhere)
        assert refused.status_code == 403, refused.text
    renamed = await viewer.client.patch(f"/api/v1/libraries/{second['id']}", json={"name": "Ours"})
    assert renamed.status_code == 200, renamed.text
    for path in (f"/api/v1/libraries/{first['id']}",):
        assert (await viewer.client.patch(path, json={"name": "No"})).status_code == 403
    default = await viewer.client.patch(
        f"/api/v1/libraries/{second['id']}", json={"is_default": True}
    )
    assert default.status_code == 403
    assert (await viewer.client.post("/api/v1/libraries", json={"name": "New"})).status_code == 403
    assert (await viewer.client.delete(f"/api/v1/libraries/{second['id']}")).status_code == 403


async def test_a_key_and_anothers_space_get_nothing_of_a_grant(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    one = await title(owner, "One")
    await made(
        owner, GRANTS, member_id=await id_of(owner, viewer), permission=EDIT, kind="title", id=one
    )
    key = (await made(viewer, "/api/v1/api-keys", name="Reader", scopes=["catalog.title.read"]))[
        "key"
    ]
    by_key = await viewer.client.patch(
        f"/api/v1/titles/{one}",
        json={"title": "x"},
        headers={"authorization": f"Bearer {key}"},
    )
    assert by_key.status_code == 403, by_key.text
    stranger = await house.member()
    foreign = await stranger.client.post(
        GRANTS,
        json={
            "member_id": await id_of(stranger, stranger),
            "permission": EDIT,
            "kind": "title",
            "id": one,
        },
    )
    assert (foreign.status_code, code_of(foreign)) == (400, "thing_unknown")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"kind": "shelf"}, 400, "not_narrowable"),
        ({"permission": "spaces.space.edit"}, 400, "not_narrowable"),
        ({"permission": "king"}, 400, "permission_unknown"),
        ({"member_id": None}, 400, "holder_needed"),
        ({"member_id": "0197f000-0000-7000-8000-000000000000"}, 400, "holder_needed"),
        ({"id": "0197f000-0000-7000-8000-000000000000"}, 400, "thing_unknown"),
    ],
)
async def test_grants_that_make_no_sense(
    house: House, change: dict[str, Any], status: int, code: str
) -> None:
    owner = await house.member()
    one = await title(owner, "One")
    body = {"member_id": await id_of(owner, owner), "permission": EDIT, "kind": "title", "id": one}
    answer = await owner.client.post(GRANTS, json={**body, **change})
    assert (answer.status_code, code_of(answer)) == (status, code), answer.text


async def why(owner: Member, member: Member, **params: str) -> dict[str, Any]:
    answer = await owner.client.get(EFFECTIVE, params={"user_id": str(member.user_id), **params})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["items"][0]
    return found


async def test_why_somebody_may_and_why_not(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "viewer")
    one = await title(owner, "One")
    asked = {"kind": "title", "id": one, "permission": EDIT}
    no = await why(owner, member, **asked)
    assert (no["allowed"], [r["kind"] for r in no["because"]]) == (False, ["missing"])

    await made(owner, ROLES, name="Base", permissions=["catalog.title.edit_any"])
    await made(owner, ROLES, name="Over", extends=["base", "viewer"])
    await give_role(owner, member, "over")
    by_role = await why(owner, member, **asked)
    assert by_role["allowed"] is True
    assert [r["through"] for r in by_role["because"]] == [["over", "base"]]

    member_id = await id_of(owner, member)
    team = await made(owner, TEAMS, name="Crew", role="catalog_editor")
    await owner.client.put(f"{TEAMS}/{team['id']}/members", json={"members": [member_id]})
    await made(owner, GRANTS, team_id=team["id"], permission=EDIT, kind="title", id=one)
    kinds = [r["kind"] for r in (await why(owner, member, **asked))["because"]]
    assert kinds == ["role", "team", "grant"]

    manager = await house.member(owner.space, "manager")
    await second_factor(house, owner)
    changed = await owner.client.patch(
        "/api/v1/space", json={"second_factor_policy": "administrators"}
    )
    assert changed.status_code == 200, changed.text
    lacking = await why(owner, manager, permission="spaces.member.manage")
    assert (lacking["allowed"], lacking["because"][0]["kind"]) == (False, "second_factor")
    assert (await why(owner, manager, permission="spaces.member.read"))["allowed"] is True
    assert (await why(owner, member, **asked))["allowed"] is True, "they don't run the space"


async def second_factor(house: House, member: Member) -> None:
    async with house.write(member) as ctx:
        await ctx.db.execute(
            "INSERT INTO accounts_totps (user_id, secret, confirmed_at) VALUES (:u, 'x', now())",
            {"u": member.user_id},
        )


async def test_the_owner_of_a_copy_and_the_library_it_is_in(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    library = await made(owner, "/api/v1/libraries", name="Shelf")
    work = await title(member, "Mine")
    copy = await made(
        member, "/api/v1/copies", title_id=work, edition={"format": "dvd"}, library="shelf"
    )
    asked = {"kind": "copy", "id": copy["id"], "permission": COPY_EDIT}
    assert [r["kind"] for r in (await why(owner, member, **asked))["because"]] == ["owner"]
    viewer = await house.member(owner.space, "viewer")
    await made(
        owner,
        GRANTS,
        member_id=await id_of(owner, viewer),
        permission=COPY_EDIT,
        kind="library",
        id=library["id"],
    )
    found = await why(owner, viewer, **asked)
    assert (found["allowed"], found["because"][0]["kind"]) == (True, "grant")
    assert (
        await viewer.client.patch(f"/api/v1/copies/{copy['id']}", json={"location": "x"})
    ).status_code == 200


async def test_the_suspended_may_nothing(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET is_active = false WHERE id = :id", {"id": member.user_id}
        )
    found = await why(owner, member, permission="catalog.title.read")
    assert (found["allowed"], found["because"][0]["kind"]) == (False, "suspended")


async def test_administrators_without_a_second_factor_only_read(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    asks_first = await owner.client.patch(
        "/api/v1/space", json={"second_factor_policy": "administrators"}
    )
    assert (asks_first.status_code, code_of(asks_first)) == (409, "second_factor_first")
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE spaces_spaces SET second_factor_policy = 'administrators' WHERE id = :id",
            {"id": owner.space.id},
        )
    assert (await owner.client.get(ROLES)).status_code == 200
    refused = await owner.client.post(ROLES, json={"name": "Late"})
    assert (refused.status_code, code_of(refused)) == (403, "second_factor_needed")
    await title(member, "Members are not asked")
    await second_factor(house, owner)
    assert (await owner.client.post(ROLES, json={"name": "Late"})).status_code == 201
