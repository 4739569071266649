"""One of the people, as administrators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tests.accounts.test_administration import PEOPLE, V1, admin

if TYPE_CHECKING:
    from httpx import AsyncClient

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
