from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.library.stock import Stock

if TYPE_CHECKING:
    from mediatheque.areas.catalog.models import Title
    from tests.house import House, Member


async def a_full_work(house: House, member: Member) -> Title:
    async with house.write(member) as ctx:
        stock = Stock(ctx)
        title = await stock.title(
            "Metropolis",
            year=1927,
            rating=83,
            added_by=member.user_id,
            synopsis="A city above, a city below.",
        )
        await stock.credit(title, "Fritz Lang", "director")
        await stock.credit(title, "Brigitte Helm", "actor", 2)
        await stock.term(title, "genre", "Drama")
        await stock.term(title, "genre", "Science fiction")
        await stock.term(title, "language", "de")
        shelf = await stock.library("Living room")
        dvd = await stock.edition(title, "dvd", barcode="4006381333931")
        blu = await stock.edition(title, "bluray", resolution="full_hd")
        await stock.copy(dvd, shelf, added_by=member.user_id, condition="good")
        lent = await stock.copy(blu, shelf)
        await stock.loan(lent, "Ada", lent_on=date(2020, 1, 1), due_on=date(2020, 2, 1))
        await stock.alias(title, "metropolis-old")
    return title


async def test_the_page_holds_everything(house: House) -> None:
    member = await house.member()
    title = await a_full_work(house, member)

    answer = await member.client.get(f"/api/v1/titles/{title.slug}")

    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["id"] == str(title.id)
    assert page["people"] == "Fritz Lang"
    assert page["rating"] == 8.3
    assert [one["name"] for one in page["genres"]] == ["Drama", "Science fiction"]
    assert page["languages"] == ["de"]
    assert [one["person"]["name"] for one in page["credits"]] == ["Fritz Lang", "Brigitte Helm"]
    assert page["formats"] == ["bluray", "dvd"]
    assert page["copies_count"] == 2
    assert page["is_on_loan"] is True
    dvd, blu = page["editions"]
    assert dvd["barcode"] == "4006381333931"
    assert dvd["copies"][0]["library"]["name"] == "Living room"
    assert dvd["copies"][0]["added_by"] == {"id": str(member.user_id), "name": member.name}
    assert dvd["copies"][0]["loan"] is None
    assert blu["copies"][0]["loan"]["borrower"] == "Ada"
    assert blu["copies"][0]["loan"]["is_overdue"] is True
    assert page["added_by"]["id"] == str(member.user_id)
    assert page["notes"] == []
    assert page["my_rating"] is None
    assert page["ratings"] == {"average": None, "count": 0}
    assert page["can_edit"] is True


async def test_by_id_slug_and_alias(house: House) -> None:
    member = await house.member()
    title = await a_full_work(house, member)

    for key in (str(title.id), str(title.id).upper(), title.slug, "metropolis-old"):
        answer = await member.client.get(f"/api/v1/titles/{key}")
        assert answer.json()["id"] == str(title.id), key


async def test_elsewhere_it_does_not_exist(house: House) -> None:
    member = await house.member()
    stranger = await house.member()
    title = await a_full_work(house, member)

    for key in (str(title.id), title.slug, "metropolis-old", "nothing"):
        answer = await stranger.client.get(f"/api/v1/titles/{key}")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "title_not_found"


async def test_drafts_and_closed_windows_are_for_the_catalogues_people(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, role="viewer")
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        day = timedelta(days=1)
        hidden = [
            await stock.title("Draft", status="draft"),
            await stock.title("Later", available_from=ctx.now + day),
            await stock.title("Gone", available_until=ctx.now - day),
        ]
        shown = await stock.title("Now", available_from=ctx.now - day)

    for title in hidden:
        assert (await viewer.client.get(f"/api/v1/titles/{title.id}")).status_code == 404
        assert (await owner.client.get(f"/api/v1/titles/{title.id}")).status_code == 200
    assert (await viewer.client.get(f"/api/v1/titles/{shown.id}")).status_code == 200
    seen = (await viewer.client.get("/api/v1/titles", params={"facets": "true"})).json()
    assert [one["title"] for one in seen["items"]] == ["Now"]
    assert seen["total"] == 1
    assert (await owner.client.get("/api/v1/titles?facets=true")).json()["total"] == 4
