"""Live news in a profile with a limit: that something happened, not to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accounts.households import another_session, make, ok, select
from tests.audit.conftest import listening
from tests.audit.test_live_news import EVENTS, heard, joined, quick

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx import AsyncClient

    from tests.house import House

__all__ = ["quick"]


def cookies(client: AsyncClient, space: str) -> dict[str, str]:
    return {
        "cookie": f"mediatheque_session={client.cookies['mediatheque_session']}",
        "x-space": space,
    }


async def test_a_limited_profile_hears_the_area_alone(app: FastAPI, house: House) -> None:
    owner = await house.member()
    bo = await make(owner.client, "Bo", maturity_limit=16)
    session = await another_session(house, owner.email, owner.space.slug)
    assert (await select(session, bo)).status_code == 200
    slug = owner.space.slug
    async with (
        listening(app, EVENTS, **cookies(owner.client, slug)) as everything,
        listening(app, EVENTS, **cookies(session, slug)) as limited,
    ):
        await joined(house, 2)
        made = await ok(
            owner.client.post(
                "/api/v1/titles", json={"kind": "movie", "title": "Late", "minimum_age": 18}
            )
        )
        told, hinted = await heard(everything), await heard(limited)
    assert told["data"]["ref"]["id"] == made["id"]
    assert hinted["id"] == told["id"]
    assert hinted["data"]["area"] == "catalog"
    assert not hinted["data"].get("ref")
    assert not hinted["data"].get("kind")
