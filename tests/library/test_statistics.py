from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.library.stock import Stock

if TYPE_CHECKING:
    from tests.house import House, Member


async def test_figures(house: House, owner: Member) -> None:
    stranger = await house.member()
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        shelf = await stock.library("Shelf")
        old = await stock.title("Old", year=1927)
        await stock.title("Older", year=1924)
        book = await stock.title("Book", kind="book")
        dvd, paper = await stock.edition(old, "dvd"), await stock.edition(book, "paperback")
        await stock.copy(dvd, shelf, price_cents=500, currency="EUR")
        await stock.copy(dvd, shelf, price_cents=250, currency="EUR")
        lent = await stock.copy(paper, shelf, price_cents=999, currency="USD")
        await stock.loan(lent, due_on=date(2020, 1, 1))

    figures = (await owner.client.get("/api/v1/library/statistics")).json()

    assert figures == {
        "titles": 3,
        "owned_titles": 2,
        "copies": 3,
        "editions": 2,
        "on_loan": 1,
        "overdue": 1,
        "kinds": [{"kind": "movie", "titles": 2}, {"kind": "book", "titles": 1}],
        "formats": [
            {"format": "dvd", "copies": 2, "titles": 1},
            {"format": "paperback", "copies": 1, "titles": 1},
        ],
        "decades": [{"decade": 1920, "titles": 2}, {"decade": None, "titles": 1}],
        "value": [
            {"currency": "EUR", "cents": 750, "copies": 2},
            {"currency": "USD", "cents": 999, "copies": 1},
        ],
    }
    elsewhere = (await stranger.client.get("/api/v1/library/statistics")).json()
    assert (elsewhere["titles"], elsewhere["copies"], elsewhere["kinds"]) == (0, 0, [])
