"""Pictures in a profile with a limit: those of works it is shown, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.accounts.households import another_session, make, ok, select
from tests.files import pictures

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House, Member


async def child(house: House, owner: Member) -> AsyncClient:
    kim = await make(owner.client, "Kim", is_kids=True, maturity_limit=12)
    session = await another_session(house, owner.email, owner.space.slug)
    assert (await select(session, kim)).status_code == 200
    return session


async def with_poster(owner: Member, title: str, **fields: object) -> dict[str, Any]:
    made = await ok(
        owner.client.post("/api/v1/titles", json={"kind": "movie", "title": title, **fields})
    )
    await ok(
        owner.client.put(
            f"/api/v1/titles/{made['id']}/poster",
            files={"file": ("poster.png", pictures.png(160, 240))},
        )
    )
    found: dict[str, Any] = await ok(owner.client.get(f"/api/v1/titles/{made['id']}"))
    return found


@pytest.mark.parametrize("headers", [{}, {"x-space": ""}], ids=["with space", "without"])
async def test_a_poster_above_the_limit_is_not_there(house: House, headers: dict[str, str]) -> None:
    owner = await house.member()
    adult = await with_poster(owner, "Late", minimum_age=18)
    early = await with_poster(owner, "Early", minimum_age=6)
    unknown = await with_poster(owner, "Unknown")
    kim = await child(house, owner)
    if headers:
        del kim.headers["x-space"]
    for size in ("small", "medium", "large"):
        hidden = adult["poster"]["sources"][size]
        control = await owner.client.get(hidden)
        assert control.status_code == 200
        assert (await kim.get(hidden)).status_code == 404
        answer = await kim.get(hidden, headers={"if-none-match": control.headers["etag"]})
        assert answer.status_code == 404
        assert (await kim.get(unknown["poster"]["sources"][size])).status_code == 404
        assert (await kim.get(early["poster"]["sources"][size])).status_code == 200
    await ok(owner.client.patch(f"/api/v1/titles/{early['id']}", json={"minimum_age": 16}))
    assert (await kim.get(early["poster"]["sources"]["small"])).status_code == 404


async def test_a_cover_above_the_limit_is_not_there(house: House) -> None:
    owner = await house.member()
    made = await ok(
        owner.client.post(
            "/api/v1/titles", json={"kind": "movie", "title": "Late", "minimum_age": 18}
        )
    )
    edition = await ok(
        owner.client.post(f"/api/v1/titles/{made['id']}/editions", json={"format": "dvd"})
    )
    shown = await ok(
        owner.client.put(
            f"/api/v1/editions/{edition['id']}/cover",
            files={"file": ("cover.png", pictures.png(160, 240))},
        )
    )
    url = shown["cover"]["sources"]["small"]
    kim = await child(house, owner)
    assert (await owner.client.get(url)).status_code == 200
    assert (await kim.get(url)).status_code == 404
    assert (await kim.get(f"/api/v1/editions/{edition['id']}")).status_code == 404
    await ok(owner.client.patch(f"/api/v1/titles/{made['id']}", json={"minimum_age": 12}))
    assert (await kim.get(url)).status_code == 200


async def test_a_picture_of_nothing_is_not_there(house: House) -> None:
    """What was a poster once may have been one of a work that is hidden."""
    owner = await house.member()
    made = await with_poster(owner, "Early", minimum_age=0)
    url = made["poster"]["sources"]["small"]
    kim = await child(house, owner)
    assert (await kim.get(url)).status_code == 200
    await ok(owner.client.delete(f"/api/v1/titles/{made['id']}/poster"))
    assert (await owner.client.get(url)).status_code == 200
    assert (await kim.get(url)).status_code == 404
