"""One of the people, as administrators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import text

from tests.accounts.households import make, pin, select
from tests.accounts.test_administration import PEOPLE, V1, admin

if TYPE_CHECKING:
    from httpx import AsyncClient

    from mediatheque.kit.db import Database
    from tests.house import House

__all__ = ["admin"]


async def test_one_of_the_people_with_what_they_have_open(
    admin: AsyncClient,
    house: House,
) -> None:
    member = await house.member(role="editor")
    await member.client.post(f"{V1}/api-keys", json={"name": "x"})
    answer = await admin.get(f"{PEOPLE}/{member.user_id}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["email"] == member.email
    assert [one["slug"] for one in body["memberships"]] == [member.space.slug]
    assert len(body["sessions"]) == 1
    assert body["api_keys"] == 1
    assert body["activity"][0]["kind"] == "accounts.api_key_made"
    assert (await admin.get(f"{PEOPLE}/{uuid4()}")).status_code == 404


async def test_a_forgotten_pin_is_taken_away(
    admin: AsyncClient, house: House, database: Database
) -> None:
    member = await house.member()
    kim = await make(member.client, "Kim")
    await pin(member.client, kim, "7391")
    for _ in range(5):
        await select(member.client, kim, pin="0000")
    household = f"{PEOPLE}/{member.user_id}/profiles"
    (listed,) = (await admin.get(household)).json()["items"]
    assert (listed["name"], listed["has_pin"]) == ("Kim", True)
    assert listed["pin_locked_until"] is not None
    path = f"{household}/{kim['id']}/reset-pin"
    assert (await member.client.post(path)).status_code == 401, "no session of the application"
    assert (await admin.post(path)).status_code == 204
    assert (await select(member.client, kim)).status_code == 200
    assert (await admin.post(path)).json()["error"]["code"] == "no_pin"
    other = await house.member()
    foreign = f"{PEOPLE}/{other.user_id}/profiles/{kim['id']}/reset-pin"
    assert (await admin.post(foreign)).json()["error"]["code"] == "profile_not_found"
    assert (await admin.get(f"{PEOPLE}/{uuid4()}/profiles")).status_code == 404
    told = await database.across().rows(
        text(
            "SELECT after FROM core_journal WHERE kind = 'accounts.pin_reset' AND ref_id = :id"
        ).bindparams(id=UUID(kim["id"]))
    )
    assert [row["after"] for row in told] == [{"user_id": str(member.user_id)}]
