from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.house import House


async def test_an_empty_space_has_an_empty_list(house: House) -> None:
    member = await house.member()

    answer = await member.client.get("/api/v1/titles", params={"facets": "true"})

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["items"] == []
    assert body["total"] == 0
    assert body["next_cursor"] is None
