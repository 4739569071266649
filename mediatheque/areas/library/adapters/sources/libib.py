"""Libib: the CSV of a collection (Settings → Libraries → Export)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.phrases import credits_of, names, plain_text
from mediatheque.areas.library.adapters.tables import Row, TableSource, copy_of
from mediatheque.areas.library.adapters.vocabulary.words import read_kind
from mediatheque.areas.library.schemas.rows import CopyRow, CreditRow, ItemRow, MarkRow, RowFailure

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import SourceOptions

_MAKERS: Final = {"movie": "director", "album": "artist", "game": "developer", "book": "author"}
_STATUS: Final = {
    "completed": "finished",
    "finished": "finished",
    "read": "finished",
    "in progress": "started",
    "abandoned": "started",
    "wish list": "wanted",
    "wishlist": "wanted",
}


class Libib(TableSource):
    """One row per item, and every row is owned. Prices carry no currency."""

    name: ClassVar[str] = "libib"
    label: ClassVar[str] = "Libib"
    description: ClassVar[str] = "The CSV that Libib makes under Settings → Export."
    required: ClassVar[tuple[str, ...]] = ("item_type", "title")
    typical: ClassVar[tuple[str, ...]] = ("creators", "ean_isbn13", "upc_isbn10", "copies")

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure:
        """Read an item."""
        if not row.text("title"):
            return row.no_title()
        kind = read_kind(row.text("item_type")) or options.default_kind
        if kind is None:
            return row.failure(
                "unknown_kind", f"“{row.text('item_type')[:40]}” is no kind of item in Libib."
            )
        item = row.item(kind, row.text("title"))
        item.credits = _credits(row, kind)
        item.synopsis = plain_text(row.text("description")) or None
        item.released_on = row.date("publish_date")
        item.year = row.year("publish_date")
        item.age_rating = row.text("esrb", "age_group") or None
        item.tags = names(",".join((row.text("tags"), row.text("group"))), ",")
        item.my_rating = row.rating(5, "rating")
        item.review = plain_text(row.text("review")) or None
        item.added_on = row.date("added")
        _read_details(item, row)
        _read_marks(item, row)
        isbn = row.isbn("ean_isbn13", "upc_isbn10") if kind in {"book", "comic"} else None
        if isbn:
            item.external_ids["isbn13"] = isbn
        item.copies.append(_copy(item, row, options, isbn))
        return item


def _credits(row: Row, kind: str) -> list[CreditRow]:
    first, last = row.text("first_name"), row.text("last_name")
    creators = row.text("creators")
    people = names(creators, ";,")
    if not people or creators.casefold() == f"{last}, {first}".casefold():
        people = [" ".join(part for part in (first, last) if part)] if first or last else people
    made = credits_of(people, _MAKERS.get(kind, "creator"))
    ensemble = credits_of(
        names(row.text("ensemble"), ";,"), "actor" if kind == "movie" else "performer"
    )
    return made + ensemble


def _read_details(item: ItemRow, row: Row) -> None:
    if item.kind == "movie":
        item.runtime_minutes = row.minutes("length")
    elif item.kind in {"book", "comic"} and (pages := row.count("length")):
        item.details["pages"] = pages
    if item.kind == "game" and (players := row.text("number_of_players")):
        counts = [int(part) for part in names(players, "-–") if part.isdecimal()]
        if counts:
            item.details.update(players_min=min(counts), players_max=max(counts))
    if publisher := row.text("publisher"):
        if item.kind in {"book", "game", "comic"}:
            item.details["publisher"] = publisher
        elif item.kind == "album":
            item.details["label"] = publisher


def _read_marks(item: ItemRow, row: Row) -> None:
    began, completed = row.date("began"), row.date("completed")
    if completed:
        item.marks.append(MarkRow("finished", completed))
    if began and not completed:
        item.marks.append(MarkRow("started", began))
    status = _STATUS.get(row.text("status").casefold())
    if status and status not in {mark.status for mark in item.marks}:
        item.marks.append(MarkRow(status))


def _copy(item: ItemRow, row: Row, options: SourceOptions, isbn: str | None) -> CopyRow:
    price = row.money(options.default_currency, "price")
    return copy_of(
        row,
        item.kind,
        row.text("format"),
        options,
        barcode=isbn or row.barcode("ean_isbn13", "upc_isbn10"),
        publisher=row.text("publisher") or None,
        price_cents=price.minor if price else None,
        currency=price.currency if price else None,
        notes=row.text("notes") or None,
        count=row.count("copies") or 1,
        library=row.text("collection") or None,
    )
