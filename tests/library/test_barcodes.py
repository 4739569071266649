from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.models import ExternalId
from mediatheque.areas.library.jobs import find_shared_barcodes
from mediatheque.core.work import Work
from tests.library.stock import Stock

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member


async def pairs(member: Member) -> list[dict[str, Any]]:
    answer = await member.client.get("/api/v1/duplicates")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_works_with_one_barcode_are_reported(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    work = Work(database, settings)
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        first, second = await stock.title("Alien", year=1979), await stock.title("Aliens vs.")
        edition = await stock.edition(first, barcode="4006381333931")
        await stock.edition(second, "bluray", barcode="4006381333931")
        for n in range(4):
            await stock.edition(await stock.title(f"Film {n}"), barcode="box")
        for n in range(2):
            told = await stock.title(f"Part {n}")
            await stock.edition(told, barcode="double bill")
            await ctx.db.add(
                ExternalId(
                    space_id=ctx.space_id, scheme="imdb", value=f"tt000000{n}", title_id=told.id
                )
            )

    await find_shared_barcodes.run(work, space_id=str(owner.space.id))

    (pair,) = await pairs(owner)
    assert {pair["left"]["title"], pair["right"]["title"]} == {"Alien", "Aliens vs."}
    assert pair["reasons"] == ["same barcode 4006381333931", "other title"]
    await owner.client.patch(f"/api/v1/editions/{edition.id}", json={"barcode": "1"})
    await find_shared_barcodes.run(work, space_id=str(owner.space.id))
    assert await pairs(owner) == []


async def test_other_spaces_barcodes_are_not_compared(
    house: House, database: Database, settings: Settings
) -> None:
    owners = [await house.member(), await house.member()]
    for owner in owners:
        async with house.write(owner) as ctx:
            stock = Stock(ctx)
            await stock.edition(await stock.title("Alien"), barcode="4006381333931")

    await find_shared_barcodes.run(Work(database, settings))

    assert [await pairs(owner) for owner in owners] == [[], []]
