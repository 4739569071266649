"""Permissions for one thing, and why somebody may do something: over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.spaces.test_roles import (
    COPY_EDIT,
    EDIT,
    GRANTS,
    MEMBERS,
    ROLES,
    TEAMS,
    code_of,
    give_role,
    id_of,
    journal,
    made,
    title,
)

if TYPE_CHECKING:
    from tests.house import House, Member

EFFECTIVE = "/api/v1/permissions/effective"


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
        body: dict[str, Any] = {"json": {"kind": "movie", "title": "X"}} if method == "post" else {}
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
