"""Searching in a profile with a limit: what is hidden neither shows nor crowds out the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.accounts.households import another_session, make, ok, select

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.search.conftest import Desk


async def child(desk: Desk) -> AsyncClient:
    member = desk.member
    kim = await make(member.client, "Kim", is_kids=True, maturity_limit=6)
    session = await another_session(desk.house, member.email, member.space.slug)
    assert (await select(session, kim)).status_code == 200
    return session


async def suggested(client: AsyncClient, q: str) -> list[str]:
    found = await ok(client.get("/api/v1/search/suggestions", params={"q": q}))
    return [one["label"] for one in found["items"]]


async def test_what_is_hidden_crowds_nothing_out(desk: Desk) -> None:
    for number in range(60):
        await desk.add(f"Zebra at night {number}", minimum_age=18)
    await desk.add("Zebra and friends", minimum_age=0)
    await desk.index()
    kim = await child(desk)
    for typed in ("z", "ze", "zebra"):
        assert await suggested(kim, typed) == ["Zebra and friends"]
    assert len(await suggested(desk.member.client, "zebra")) > 1


async def test_neither_counts_nor_corrections_tell(desk: Desk) -> None:
    await desk.add(
        "Emmanuelle",
        minimum_age=18,
        genres=["Erotic"],
        credits=[{"name": "Sylvia Kristel", "job": "actor"}],
    )
    await desk.index()
    kim = await child(desk)
    control: dict[str, Any] = await desk.search("Emanuelle")
    assert control["did_you_mean"] == "emmanuelle"
    assert control["total"] == 1
    for q in ("Emmanuelle", "Emanuelle", "emman", "erotic", "Sylvia Kristel"):
        answer = await kim.get("/api/v1/search", params={"q": q})
        found = answer.json()
        assert (found["items"], found["total"], found["did_you_mean"]) == ([], 0, None), q
        assert "rotic" not in str(found["facets"])
    people = await ok(kim.get("/api/v1/people"))
    assert people["items"] == []
    assert (await kim.get("/api/v1/people/sylvia-kristel")).status_code == 404
    assert (await desk.member.client.get("/api/v1/people/sylvia-kristel")).status_code == 200
    words = await ok(kim.get("/api/v1/terms", params={"scheme": "genre"}))
    assert words["items"] == []
