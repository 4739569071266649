"""Spaces over HTTP: listed, made, renamed, left."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from mediatheque.areas.spaces.actions.members import add_member
from mediatheque.areas.spaces.actions.spaces import create_space
from mediatheque.core.edge import write_context
from mediatheque.core.permissions import ROLES

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House

SPACES = "/api/v1/spaces"


async def test_one_sees_ones_own_spaces(house: House) -> None:
    member = await house.member(role="catalog_editor")
    other = await house.space("Another")
    await house.member(other)
    answer = await member.client.get(SPACES)
    assert answer.status_code == 200
    assert answer.json() == {
        "items": [
            {
                "id": str(member.space.id),
                "slug": member.space.slug,
                "name": "Test space",
                "time_zone": "UTC",
                "role": "catalog_editor",
                "is_support": False,
                "permissions": sorted(ROLES["catalog_editor"]),
            }
        ]
    }


async def test_whoever_makes_a_space_owns_it(house: House) -> None:
    member = await house.member(role="viewer")
    name = f"Ciné Club {uuid4().hex[:6]}"
    answer = await member.client.post(SPACES, json={"name": f" {name} "})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["name"] == name
    assert made["slug"] == name.lower().replace("é", "e").replace(" ", "-")
    assert made["role"] == "owner"
    there = {"x-space": made["slug"]}
    members = await member.client.get("/api/v1/members", headers=there)
    assert [one["role"] for one in members.json()["items"]] == ["owner"]
    activity = await member.client.get("/api/v1/activity", headers=there)
    (entry,) = activity.json()["items"]
    assert entry["kind"] == "spaces.space_created"
    assert entry["label"] == f"created the space {name}"
    assert {one["slug"] for one in (await member.client.get(SPACES)).json()["items"]} == {
        member.space.slug,
        made["slug"],
    }
    elsewhere = await house.member(member.space, "owner")
    here = await elsewhere.client.get("/api/v1/activity")
    assert here.json()["items"] == [], "nothing of it stands in the space it was made from"


async def test_same_name_gives_another_slug_and_a_wished_one_must_be_free(house: House) -> None:
    member = await house.member()
    name = f"Twins {uuid4().hex[:6]}"
    slugs = [
        (await member.client.post(SPACES, json={"name": name})).json()["slug"] for _ in range(3)
    ]
    assert len(set(slugs)) == 3
    assert all(slug.startswith(slugs[0]) for slug in slugs)
    taken = await member.client.post(SPACES, json={"name": "X", "slug": slugs[0]})
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "slug_taken")
    assert taken.json()["error"]["field"] == "slug"
    free = f"free-{uuid4().hex[:6]}"
    wished = await member.client.post(SPACES, json={"name": "X", "slug": free})
    assert wished.json()["slug"] == free
    assert len((await member.client.get(SPACES)).json()["items"]) == 5


@pytest.mark.parametrize("name", ["Admin", "映画館", "!!!", "www"])
async def test_names_without_a_slug_of_their_own(house: House, name: str) -> None:
    member = await house.member()
    answer = await member.client.post(SPACES, json={"name": name})
    assert answer.status_code == 201, answer.text
    slug = answer.json()["slug"]
    assert slug not in {"admin", "www"}
    there = await member.client.get("/api/v1/members", headers={"x-space": slug})
    assert there.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "a\x00"},
        {"name": "x", "slug": "Capital"},
        {"name": "x", "slug": "a--b"},
        {"name": "x", "slug": "-a"},
        {"name": "x", "slug": "a" * 61},
        {"name": "x", "slug": "api"},
        {"name": "x", "slug": "a.b"},
        {"name": "x", "owner": str(uuid4())},
    ],
)
async def test_space_that_makes_no_sense_is_refused(house: House, body: dict[str, str]) -> None:
    member = await house.member()
    assert (await member.client.post(SPACES, json=body)).status_code == 422
    assert len((await member.client.get(SPACES)).json()["items"]) == 1


async def test_only_owners_rename(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    for role in ("manager", "member", "viewer"):
        other = await house.member(owner.space, role)
        answer = await other.client.patch(f"{SPACES}/current", json={"name": "Mine"})
        assert answer.status_code == 403
        assert answer.json()["error"]["details"] == {"permission": "spaces.space.edit"}
    nobody = await anonymous.patch(
        f"{SPACES}/current", json={"name": "Mine"}, headers={"x-space": owner.space.slug}
    )
    assert nobody.status_code == 401
    assert (await owner.client.get(SPACES)).json()["items"][0]["name"] == "Test space"
    assert (await owner.client.get("/api/v1/activity")).json()["items"] == []
    renamed = await owner.client.patch(f"{SPACES}/current", json={"name": "Ours"})
    assert (renamed.json()["name"], renamed.json()["slug"]) == ("Ours", owner.space.slug)


async def test_owner_of_the_house_is_a_stranger_in_foreign_spaces(house: House) -> None:
    owner, member = await house.member(), await house.member()
    async with write_context(house.database, across=True) as context:
        await context.db.execute(
            "UPDATE accounts_users SET instance_role = 'owner' WHERE id = :id",
            {"id": owner.user_id},
        )
    there = {"x-space": member.space.slug}
    assert (await owner.client.get("/api/v1/members", headers=there)).status_code == 404
    answer = await owner.client.get("/api/v1/auth/session")
    assert answer.json()["user"]["is_instance_owner"] is True
    assert len(answer.json()["spaces"]) == 1


async def test_several_spaces_need_a_name(house: House) -> None:
    member = await house.member()
    await member.client.post(SPACES, json={"name": "Second"})
    del member.client.headers["x-space"]
    answer = await member.client.get("/api/v1/members")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "no_space")


async def test_demonstration_can_make_a_space_and_add_members_in_one_transaction(
    house: House,
) -> None:
    owner, other = await house.member(), await house.member()
    slug = f"demo-{uuid4().hex[:6]}"
    async with write_context(house.database, actor=owner.actor) as context:
        made = await create_space(context, name="Demo", slug=slug)
        added = await add_member(context, other.user_id, "catalog_editor")
        assert (made.slug, added.role) == (slug, "catalog_editor")
    members = await other.client.get("/api/v1/members", headers={"x-space": slug})
    assert [one["role"] for one in members.json()["items"]] == ["owner", "catalog_editor"]
