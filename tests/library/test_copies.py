from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text

from tests.library.stock import Stock

if TYPE_CHECKING:
    from tests.house import House, Member

DVD = {"format": "dvd"}


async def add(member: Member, film: UUID, **more: object) -> dict[str, Any]:
    body = {"title_id": str(film), "edition": DVD, **more}
    answer = await member.client.post("/api/v1/copies", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_a_copy_brings_its_edition_and_shares_it(owner: Member, film: UUID) -> None:
    edition = {"format": "bluray", "resolution": "full_hd", "barcode": "4006381 33393-1"}
    first = await add(owner, film, edition=edition)
    second = await add(owner, film, edition={**edition, "barcode": "4006381333931"})
    other = await add(owner, film, edition=DVD)

    assert first["edition"]["barcode"] == "4006381333931"
    assert second["edition"]["id"] == first["edition"]["id"]
    assert other["edition"]["id"] != first["edition"]["id"]
    assert first["title"]["title"] == "Nosferatu"
    assert first["added_by"]["name"] == owner.name
    page = (await owner.client.get(f"/api/v1/titles/{film}")).json()
    assert [len(one["copies"]) for one in page["editions"]] == [2, 1]


async def test_everything_said_of_a_copy_is_kept(owner: Member, film: UUID) -> None:
    said = {
        "condition": "near_mint",
        "location": "Shelf 3",
        "price_cents": 1999,
        "currency": "eur",
        "bought_on": "2024-02-29",
        "signed": True,
        "notes": "From the flea market",
    }
    copy = await add(owner, film, **said)

    found = (await owner.client.get(f"/api/v1/copies/{copy['id']}")).json()
    assert {name: found[name] for name in said} == {**said, "currency": "EUR"}


async def test_malformed_copies_are_refused(owner: Member, film: UUID) -> None:
    for body, code in (
        ({}, 422),
        ({"title_id": str(film)}, 422),
        ({"title_id": str(film), "edition": {"format": "betamax"}}, 422),
        ({"title_id": str(film), "edition": DVD, "condition": "broken"}, 422),
        ({"title_id": str(film), "edition": DVD, "price_cents": 5}, 400),
        ({"title_id": str(film), "edition": DVD, "colour": "red"}, 422),
        ({"title_id": str(film), "edition": DVD, "library": "nowhere"}, 404),
        ({"edition_id": str(film)}, 404),
        ({"title_id": "00000000-0000-7000-8000-000000000000", "edition": DVD}, 404),
    ):
        answer = await owner.client.post("/api/v1/copies", json=body)
        assert answer.status_code == code, (body, answer.text)


async def test_an_edit_is_remembered_so_that_imports_leave_it_alone(
    house: House, owner: Member, film: UUID
) -> None:
    copy = await add(owner, film, condition="good")
    path = f"/api/v1/copies/{copy['id']}"

    await owner.client.patch(path, json={"condition": "fair", "location": None})
    changed = (await owner.client.patch(path, json={"signed": True})).json()

    assert (changed["condition"], changed["signed"]) == ("fair", True)
    row = await house.read(owner).db.row(
        text("SELECT edited_fields, edited_at FROM library_copies WHERE id = :id").bindparams(
            id=UUID(copy["id"])
        )
    )
    assert row is not None
    assert row["edited_fields"] == ["condition", "signed"]
    assert row["edited_at"] is not None


async def test_a_copy_moves_between_libraries_and_editions_of_its_work(
    house: House, owner: Member, film: UUID
) -> None:
    copy = await add(owner, film)
    other = await add(owner, film, edition={"format": "vhs"})
    await owner.client.post("/api/v1/libraries", json={"name": "Attic"})
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        foreign = await stock.edition(await stock.title("Another"))
    path = f"/api/v1/copies/{copy['id']}"

    moved = await owner.client.patch(
        path, json={"library": "attic", "edition_id": other["edition"]["id"]}
    )
    refused = await owner.client.patch(path, json={"edition_id": str(foreign.id)})

    assert moved.json()["library"]["slug"] == "attic"
    assert moved.json()["edition"]["format"] == "vhs"
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "edition_of_another_title"


async def test_members_change_what_they_added_and_managers_everything(
    house: House, owner: Member, film: UUID
) -> None:
    member = await house.member(owner.space, role="member")
    manager = await house.member(owner.space, role="manager")
    viewer = await house.member(owner.space, role="viewer")
    theirs, mine = await add(owner, film), await add(member, film)

    async def change(who: Member, copy: dict[str, Any]) -> int:
        answer = await who.client.patch(f"/api/v1/copies/{copy['id']}", json={"location": who.name})
        return answer.status_code

    assert await change(member, mine) == 200
    assert await change(member, theirs) == 403
    assert await change(manager, mine) == 200
    assert await change(viewer, mine) == 403
    listed = (await member.client.get("/api/v1/copies")).json()["items"]
    assert {one["id"]: one["can_edit"] for one in listed} == {
        theirs["id"]: False,
        mine["id"]: True,
    }
    assert (await member.client.delete(f"/api/v1/copies/{theirs['id']}")).status_code == 403
    assert (await member.client.delete(f"/api/v1/copies/{mine['id']}")).status_code == 204
    assert (await manager.client.delete(f"/api/v1/copies/{theirs['id']}")).status_code == 204
    assert await house.count("library_copies", owner.space) == 0


async def test_editions_are_described_changed_and_removed(
    house: House, owner: Member, film: UUID
) -> None:
    member = await house.member(owner.space, role="member")
    made = await member.client.post(
        f"/api/v1/titles/{film}/editions", json={**DVD, "publisher": "Kino", "name": "Restored"}
    )
    edition = made.json()
    path = f"/api/v1/editions/{edition['id']}"

    twice = await member.client.post(
        f"/api/v1/titles/{film}/editions", json={**DVD, "name": "Restored"}
    )
    changed = await member.client.patch(path, json={"region": "2", "released_on": "2007-09-25"})

    assert made.status_code == 201
    assert twice.json()["error"]["code"] == "edition_exists"
    assert twice.json()["error"]["details"] == {"edition_id": edition["id"]}
    assert changed.json()["region"] == "2"
    assert changed.json()["publisher"] == "Kino"
    unsaid = await member.client.patch(path, json={"format": None, "name": "Restored"})
    assert (unsaid.status_code, unsaid.json()["format"]) == (200, "dvd"), "it always has one"
    await add(owner, film, edition_id=edition["id"], edition=None, title_id=None)
    shared = await member.client.delete(path)
    assert shared.status_code == 403
    assert shared.json()["error"]["code"] == "edition_shared"
    assert (await owner.client.delete(path)).status_code == 204
    assert await house.count("library_copies", owner.space) == 0


async def test_an_imported_edition_belongs_to_those_who_own_its_copies(
    house: House, owner: Member
) -> None:
    member = await house.member(owner.space, role="member")
    async with house.write(owner) as ctx:
        stock = Stock(ctx)
        shelf = await stock.library("Shelf", is_default=True)
        title = await stock.title("Faust")
        mine, shared, bare = [await stock.edition(title, name=f"{n}") for n in range(3)]
        await stock.copy(mine, shelf, added_by=member.user_id)
        await stock.copy(shared, shelf, added_by=member.user_id)
        await stock.copy(shared, shelf, added_by=owner.user_id)

    page = (await member.client.get(f"/api/v1/titles/{title.id}")).json()
    answers = [
        await member.client.patch(f"/api/v1/editions/{one.id}", json={"region": "2"})
        for one in (mine, shared, bare)
    ]

    assert [one["can_edit"] for one in page["editions"]] == [True, False, False]
    assert [one.status_code for one in answers] == [200, 403, 403]
    assert (await member.client.delete(f"/api/v1/editions/{mine.id}")).status_code == 204


async def test_the_list_of_copies_by_filters_page_by_page(owner: Member, film: UUID) -> None:
    await owner.client.post("/api/v1/libraries", json={"name": "Shelf"})
    await owner.client.post("/api/v1/libraries", json={"name": "Attic"})
    made = [
        await add(owner, film, library="attic" if n % 2 else "shelf", edition={"format": form})
        for n, form in enumerate(["dvd", "vhs", "dvd", "vhs", "bluray"])
    ]

    async def ids(**params: str | list[str]) -> list[str]:
        found, cursor = [], None
        while True:
            answer = await owner.client.get(
                "/api/v1/copies",
                params={**params, "limit": 2} | ({"cursor": cursor} if cursor else {}),
            )
            body = answer.json()
            assert len(body["items"]) <= 2
            found += [one["id"] for one in body["items"]]
            cursor = body["next_cursor"]
            if cursor is None:
                return found

    every = [one["id"] for one in reversed(made)]
    assert await ids() == every
    assert await ids(library="attic") == [made[3]["id"], made[1]["id"]]
    assert await ids(format=["dvd", "bluray"]) == [made[4]["id"], made[2]["id"], made[0]["id"]]
    assert await ids(library="shelf", format="dvd") == [made[2]["id"], made[0]["id"]]
    assert await ids(title=str(film)) == every
    assert await ids(added_by=str(owner.user_id)) == every
    assert await ids(on_loan="true") == []
    assert await ids(on_loan="false") == every
    for cursor in ("nonsense", "WzFd", "WyJhIiwiYiJd"):
        answer = await owner.client.get("/api/v1/copies", params={"cursor": cursor})
        assert answer.json()["error"]["code"] == "bad_cursor"


async def test_another_spaces_copies_and_editions_do_not_exist(
    house: House, owner: Member, film: UUID
) -> None:
    stranger = await house.member()
    copy = await add(owner, film)
    paths = [f"/api/v1/copies/{copy['id']}", f"/api/v1/editions/{copy['edition']['id']}"]

    for path in paths:
        assert (await stranger.client.get(path)).status_code == 404
        assert (await stranger.client.patch(path, json={})).status_code == 404
        assert (await stranger.client.delete(path)).status_code == 404
    body = {"edition_id": copy["edition"]["id"]}
    assert (await stranger.client.post("/api/v1/copies", json=body)).status_code == 404
    lend = await stranger.client.post(f"{paths[0]}/lend", json={"borrower": "Me"})
    assert lend.status_code == 404
    assert (await stranger.client.get("/api/v1/copies")).json()["items"] == []
    assert await house.count("library_copies", stranger.space) == 0


async def test_copies_of_hidden_works_are_hidden(house: House, owner: Member, film: UUID) -> None:
    viewer = await house.member(owner.space, role="viewer")
    copy = await add(owner, film)
    async with house.write(owner) as ctx:
        await ctx.db.execute("UPDATE catalog_titles SET status = 'draft'")

    assert (await viewer.client.get("/api/v1/copies")).json()["items"] == []
    assert (await viewer.client.get(f"/api/v1/copies/{copy['id']}")).status_code == 404
    answer = await viewer.client.get(f"/api/v1/editions/{copy['edition']['id']}")
    assert answer.status_code == 404
    assert (await owner.client.get(f"/api/v1/copies/{copy['id']}")).status_code == 200
