from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text

from mediatheque.areas.catalog.actions import record_duplicate
from mediatheque.areas.library.models import Mark, Note, Origin, Rating
from tests.library.stock import Stock

if TYPE_CHECKING:
    from mediatheque.core.context import Context
    from tests.house import House, Member

TABLES = (
    "library_editions",
    "library_copies",
    "library_loans",
    "library_notes",
    "library_ratings",
    "library_marks",
    "library_origins",
)


async def dump(house: House, member: Member) -> dict[str, list[str]]:
    ctx = house.read(member)
    return {
        table: sorted(
            row["row"]
            for row in await ctx.db.rows(text(f"SELECT x::text AS row FROM {table} x"))  # noqa: S608  (our own names)
        )
        for table in TABLES
    }


async def say(ctx: Context, title_id: UUID, user_id: UUID, rating: int, key: str) -> None:
    space = ctx.space_id
    await ctx.db.add(
        Rating(space_id=space, title_id=title_id, user_id=user_id, value=rating),
        Note(space_id=space, title_id=title_id, user_id=user_id, body=key),
        Mark(space_id=space, title_id=title_id, user_id=user_id, season=0, episode=0,
             status="wanted", times=0),
        Origin(space_id=space, source="csv", key=key, ordinal=0, title_id=title_id, digest="d"),
    )  # fmt: skip


class Pair:
    """Two works that are one, with much on both."""

    def __init__(self) -> None:
        self.kept = self.gone = self.duplicate = UUID(int=0)
        self.shared_edition = self.own_edition = self.moved_copy = UUID(int=0)

    @classmethod
    async def make(cls, house: House, owner: Member, other: Member) -> Pair:
        pair = cls()
        async with house.write(owner) as ctx:
            stock = Stock(ctx)
            shelf = await stock.library("Shelf", is_default=True)
            kept, gone = await stock.title("Solaris"), await stock.title("Solyaris")
            pair.kept, pair.gone = kept.id, gone.id
            theirs = await stock.edition(kept, "dvd", barcode="1")
            same = await stock.edition(gone, "dvd", barcode="1")
            own = await stock.edition(gone, "vhs")
            await stock.copy(theirs, shelf)
            pair.moved_copy = (await stock.copy(same, shelf, notes="twin")).id
            lent = await stock.copy(own, shelf)
            await stock.loan(lent)
            pair.shared_edition, pair.own_edition = theirs.id, own.id
            await say(ctx, kept.id, owner.user_id, 80, "a")
            await say(ctx, gone.id, owner.user_id, 60, "b")
            await say(ctx, gone.id, other.user_id, 90, "c")
            await record_duplicate(ctx, kept.id, gone.id, 90, ["same title"])
            pair.duplicate = await ctx.db.scalar(text("SELECT id FROM catalog_duplicates"))
        return pair

    async def merge(self, owner: Member) -> str:
        answer = await owner.client.post(
            f"/api/v1/duplicates/{self.duplicate}/merge", json={"keep": "left", "fields": {}}
        )
        assert answer.status_code == 200, answer.text
        merge_id: str = answer.json()["merge_id"]
        return merge_id


async def test_everything_follows_the_work_that_stays(house: House) -> None:
    owner = await house.member()
    other = await house.member(owner.space, role="member")
    pair = await Pair.make(house, owner, other)

    await pair.merge(owner)

    page: dict[str, Any] = (await owner.client.get(f"/api/v1/titles/{pair.gone}")).json()
    assert page["id"] == str(pair.kept)
    editions = {one["id"]: len(one["copies"]) for one in page["editions"]}
    assert editions == {str(pair.shared_edition): 2, str(pair.own_edition): 1}
    assert page["is_on_loan"] is True
    assert page["my_rating"] == 8.0
    assert page["ratings"] == {"average": 8.5, "count": 2}
    assert {one["body"] for one in page["notes"]} == {"a", "b"}
    assert await house.count("library_origins", owner.space) == 3
    assert await house.count("library_marks", owner.space) == 2


async def test_undo_restores_every_row(house: House) -> None:
    owner = await house.member()
    other = await house.member(owner.space, role="member")
    pair = await Pair.make(house, owner, other)
    before = await dump(house, owner)

    merge_id = await pair.merge(owner)
    assert await dump(house, owner) != before
    answer = await owner.client.post(f"/api/v1/merges/{merge_id}/undo")

    assert answer.status_code == 200, answer.text
    assert await dump(house, owner) == before


async def test_undo_keeps_what_was_done_since(house: House) -> None:
    owner = await house.member()
    other = await house.member(owner.space, role="member")
    pair = await Pair.make(house, owner, other)
    merge_id = await pair.merge(owner)
    kept = f"/api/v1/titles/{pair.kept}"
    await other.client.put(f"{kept}/rating", json={"rating": 3})
    await owner.client.patch(
        f"/api/v1/copies/{pair.moved_copy}", json={"edition_id": str(pair.own_edition)}
    )
    added = await owner.client.post(
        "/api/v1/copies", json={"edition_id": str(pair.own_edition), "notes": "new"}
    )

    await owner.client.post(f"/api/v1/merges/{merge_id}/undo")

    stays = (await other.client.get(kept)).json()
    back = (await other.client.get(f"/api/v1/titles/{pair.gone}")).json()
    assert (stays["my_rating"], back["my_rating"]) == (3.0, 9.0)
    copies = {copy["id"]: one["id"] for one in back["editions"] for copy in one["copies"]}
    assert copies[added.json()["id"]] == str(pair.own_edition)
    assert copies[str(pair.moved_copy)] == str(pair.own_edition)
    assert [len(one["copies"]) for one in stays["editions"]] == [1]
