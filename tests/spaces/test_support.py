"""Support access: explicit, for a time, seen, in the journal, over at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.spaces.test_care import code_of, house_owner, newest

if TYPE_CHECKING:
    from tests.house import House, Member

SUPPORT = "/api/v1/support-sessions"
TITLES = "/api/v1/titles"


async def begin(boss: Member, owner: Member, **more: object) -> dict[str, Any]:
    body = {"space": owner.space.slug, "reason": "They asked for help", **more}
    answer = await boss.client.post(SUPPORT, json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def there(owner: Member) -> dict[str, Any]:
    return {"headers": {"x-space": owner.space.slug}}


async def test_the_owner_of_the_house_is_in_no_space_without_saying_so(house: House) -> None:
    boss, owner = await house_owner(house), await house.member()
    assert (await boss.client.get(TITLES, **there(owner))).status_code == 404
    made = await begin(boss, owner)
    assert (made["is_open"], made["role"]) == (True, "support")
    assert (await boss.client.get(TITLES, **there(owner))).status_code == 200
    written = await boss.client.post(TITLES, json={"kind": "movie", "title": "No"}, **there(owner))
    assert written.status_code == 403
    seen = (await owner.client.get(SUPPORT)).json()["items"]
    assert [(one["name"], one["reason"]) for one in seen] == [(boss.name, "They asked for help")]
    entry = await newest(owner, "spaces.support_started")
    assert entry["after"]["reason"] == "They asked for help"
    assert entry["actor_name" if "actor_name" in entry else "actor"]
    viewer = await house.member(owner.space, "manager")
    assert (await viewer.client.get(SUPPORT)).json()["items"] == []


@pytest.mark.parametrize("who", ["visitor", "owner"])
async def test_a_visit_ends_at_once(house: House, who: str) -> None:
    boss, owner, stranger = await house_owner(house), await house.member(), await house.member()
    made = await begin(boss, owner)
    path = f"{SUPPORT}/{made['id']}/end"
    assert (await stranger.client.post(path)).status_code == 404
    ended = await (boss if who == "visitor" else owner).client.post(path)
    assert (ended.status_code, ended.json()["is_open"]) == (200, False)
    assert (await boss.client.get(TITLES, **there(owner))).status_code == 404
    assert (await owner.client.post(path)).status_code == 404
    assert await newest(owner, "spaces.support_ended")


async def test_time_ends_a_visit(house: House) -> None:
    boss, owner = await house_owner(house), await house.member()
    made = await begin(boss, owner)
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE spaces_support_sessions SET started_at = now() - interval '2 hours', "
            "expires_at = now() - interval '1 second' WHERE id = :id",
            {"id": made["id"]},
        )
    assert (await boss.client.get(TITLES, **there(owner))).status_code == 404
    again = await begin(boss, owner)
    assert again["id"] != made["id"]


async def test_a_visit_ends_with_the_office(house: House) -> None:
    boss, owner = await house_owner(house), await house.member()
    await begin(boss, owner)
    async with house.write(boss) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET instance_role = NULL WHERE id = :id", {"id": boss.user_id}
        )
    assert (await boss.client.get(TITLES, **there(owner))).status_code == 404


async def test_more_than_support_needs_the_spaces_consent(house: House) -> None:
    boss, owner = await house_owner(house), await house.member()
    body = {"space": owner.space.slug, "reason": "Repair", "role": "manager"}
    refused = await boss.client.post(SUPPORT, json=body)
    assert (refused.status_code, code_of(refused)) == (403, "support_role_not_allowed")
    await owner.client.patch("/api/v1/space", json={"support_role": "manager"})
    await begin(boss, owner, role="manager")
    made = await boss.client.post(TITLES, json={"kind": "movie", "title": "Yes"}, **there(owner))
    assert made.status_code == 201
    grab = await boss.client.patch("/api/v1/space", json={"name": "Mine"}, **there(owner))
    assert grab.status_code == 403


async def test_who_may_not_and_how_long(house: House) -> None:
    boss, owner = await house_owner(house), await house.member()
    body = {"space": owner.space.slug, "reason": "Curiosity"}
    plain = await house.member()
    refused = await plain.client.post(SUPPORT, json=body)
    assert (refused.status_code, code_of(refused)) == (403, "instance_owner_only")
    for wrong in ({"hours": 9}, {"hours": 0}, {"reason": ""}, {"role": "owner"}):
        assert (await boss.client.post(SUPPORT, json={**body, **wrong})).status_code == 422
    await begin(boss, owner, hours=8)
    twice = await boss.client.post(SUPPORT, json=body)
    assert (twice.status_code, code_of(twice)) == (409, "support_open")
    own = await boss.client.post(SUPPORT, json={**body, "space": boss.space.slug})
    assert (own.status_code, code_of(own)) == (409, "member_already")


async def test_a_visit_is_never_the_only_space(house: House) -> None:
    """Who helps somewhere is still at home where no space is named."""
    boss, owner = await house_owner(house), await house.member()
    await begin(boss, owner)
    del boss.client.headers["x-space"]
    assert (await boss.client.get("/api/v1/space")).json()["slug"] == boss.space.slug
