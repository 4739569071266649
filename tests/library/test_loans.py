from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest_asyncio

from tests.library.stock import Stock

if TYPE_CHECKING:
    from uuid import UUID

    from tests.house import House, Member


@pytest_asyncio.fixture
async def copy(house: House, owner: Member) -> UUID:
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        shelf = await stock.library("Shelf", is_default=True)
        return (await stock.copy(await stock.edition(await stock.title("Faust")), shelf)).id


async def lend(member: Member, copy: UUID, borrower: str, **more: Any) -> Any:  # noqa: ANN401  (JSON)
    return await member.client.post(
        f"/api/v1/copies/{copy}/lend", json={"borrower": borrower, **more}
    )


async def test_lend_and_take_back(owner: Member, copy: UUID) -> None:
    lent = await lend(owner, copy, "Ada", due_on="2999-01-01", note="Be careful")

    assert lent.status_code == 201, lent.text
    loan = lent.json()
    today = datetime.now(UTC).date().isoformat()
    assert (loan["borrower"], loan["lent_on"], loan["returned_on"]) == ("Ada", today, None)
    assert loan["title"]["title"] == "Faust"
    shown = (await owner.client.get(f"/api/v1/copies/{copy}")).json()
    assert shown["loan"]["id"] == loan["id"]
    card = (await owner.client.get("/api/v1/titles")).json()["items"][0]
    assert card["is_on_loan"] is True

    back = await owner.client.post(f"/api/v1/loans/{loan['id']}/return")
    assert back.json()["returned_on"] == today
    again = await owner.client.post(f"/api/v1/loans/{loan['id']}/return")
    assert again.status_code == 409
    assert again.json()["error"]["code"] == "loan_returned"
    assert (await owner.client.get(f"/api/v1/copies/{copy}")).json()["loan"] is None
    assert (await lend(owner, copy, "Grace")).status_code == 201


async def test_a_lent_copy_is_not_lent_again_and_says_who_has_it(owner: Member, copy: UUID) -> None:
    await lend(owner, copy, "Ada", lent_on="2024-05-01")

    refused = await lend(owner, copy, "Grace")

    assert refused.status_code == 409
    error = refused.json()["error"]
    assert error["code"] == "copy_on_loan"
    assert error["message"] == "This copy is lent to Ada since 2024-05-01."
    assert error["details"]["borrower"] == "Ada"


async def test_dates_follow_each_other(owner: Member, copy: UUID) -> None:
    refused = await lend(owner, copy, "Ada", lent_on="2024-05-02", due_on="2024-05-01")
    loan = (await lend(owner, copy, "Ada", lent_on="2024-05-02")).json()
    early = await owner.client.post(
        f"/api/v1/loans/{loan['id']}/return", json={"returned_on": "2024-05-01"}
    )

    assert (refused.status_code, refused.json()["error"]["field"]) == (400, "due_on")
    assert (early.status_code, early.json()["error"]["field"]) == (400, "returned_on")


async def test_lists_by_state_and_figures(house: House, owner: Member) -> None:
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        shelf = await stock.library("Shelf", is_default=True)
        edition = await stock.edition(await stock.title("Faust"))
        other = await stock.edition(await stock.title("Tabu"))
        today = ctx.now.date()
        day = timedelta(days=1)
        ada = [await stock.copy(edition, shelf) for _ in range(3)]
        made = [
            await stock.loan(ada[0], "Ada", lent_on=today - 9 * day, due_on=today - day),
            await stock.loan(ada[1], "Ada", lent_on=today, due_on=today),
            await stock.loan(ada[2], "Ada", lent_on=today - 9 * day, returned_on=today - 5 * day),
            await stock.loan(await stock.copy(other, shelf), "Grace", lent_on=today),
        ]

    async def listed(state: str) -> list[str]:
        found, cursor = [], None
        while True:
            params = {"state": state, "limit": "1"} | ({"cursor": cursor} if cursor else {})
            body = (await owner.client.get("/api/v1/loans", params=params)).json()
            found += [one["id"] for one in body["items"]]
            cursor = body["next_cursor"]
            if cursor is None:
                return found

    by_state = {"open": [3, 1, 0], "overdue": [0], "returned": [2], "all": [3, 2, 1, 0]}
    for state, expected in by_state.items():
        assert await listed(state) == [str(made[n].id) for n in expected], state
    figures = (await owner.client.get("/api/v1/loans/statistics")).json()
    counts = ("total", "open", "overdue", "returned", "average_days")
    assert [figures[name] for name in counts] == [4, 3, 1, 1, 4.0]
    assert figures["borrowers"] == [
        {"borrower": "Ada", "loans": 3, "open": 2},
        {"borrower": "Grace", "loans": 1, "open": 1},
    ]
    assert [(one["title"], one["loans"]) for one in figures["titles"]] == [
        ("Faust", 3),
        ("Tabu", 1),
    ]


async def test_elsewhere_there_is_no_loan(house: House, owner: Member, copy: UUID) -> None:
    stranger = await house.member()
    viewer = await house.member(owner.space, role="viewer")
    loan = (await lend(owner, copy, "Ada")).json()

    assert (await lend(stranger, copy, "Me")).status_code == 404
    answer = await stranger.client.post(f"/api/v1/loans/{loan['id']}/return")
    assert answer.status_code == 404
    assert (await stranger.client.get("/api/v1/loans?state=all")).json()["items"] == []
    assert (await viewer.client.post(f"/api/v1/loans/{loan['id']}/return")).status_code == 403
    assert len((await viewer.client.get("/api/v1/loans")).json()["items"]) == 1
