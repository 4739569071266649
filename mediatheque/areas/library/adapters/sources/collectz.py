"""collectZ: its short table and the full one of 51 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.phrases import credits_of, names, plain_text
from mediatheque.areas.library.adapters.tables import Row, TableSource, copy_of
from mediatheque.areas.library.adapters.vocabulary.formats import split_formats
from mediatheque.areas.library.adapters.vocabulary.words import read_kind, read_language
from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow, RowFailure
from mediatheque.kit.identifiers import read_imdb_id, read_tmdb_id

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import SourceOptions

_PEOPLE: Final = (
    ("director", "director"),
    ("author", "author"),
    ("artist", "artist"),
    ("developer", "developer"),
    ("writer", "writer"),
)


class CollectZ(TableSource):
    """One row per title; each format it names is an owned copy."""

    name: ClassVar[str] = "collectz"
    label: ClassVar[str] = "collectZ"
    description: ClassVar[str] = "The CSV export of a collectZ library, short or with all columns."
    required: ClassVar[tuple[str, ...]] = ("title", "media_type", "format", "user_rating")
    typical: ClassVar[tuple[str, ...]] = ("year", "director", "genre", "rating")

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure:
        """Read a title."""
        if not row.text("title"):
            return row.no_title()
        kind = read_kind(row.text("media_type")) or options.default_kind
        if kind is None:
            return row.failure(
                "unknown_kind", f"“{row.text('media_type')[:40]}” is no kind of work we know."
            )
        item = row.item(kind, row.text("title"), key=row.text("id") or None)
        original = row.text("original_title")
        item.original_title = original if original != item.title else None
        item.released_on = row.date("release_date")
        item.year = row.year("year", "release_date")
        item.synopsis = plain_text(row.text("overview", "description", "plot", "synopsis")) or None
        item.runtime_minutes = row.minutes("runtime")
        item.genres = names(row.text("genre", "genres"), ";,")
        item.tags = names(row.text("tags"), ";,")
        item.rating = row.rating(10, "rating")
        item.my_rating = row.rating(10, "user_rating")
        item.languages = [
            code for name in names(row.text("language")) if (code := read_language(name))
        ]
        for column, job in _PEOPLE:
            item.credits += credits_of(names(row.text(column)), job)
        item.credits += credits_of(names(row.text("cast")), "actor")
        _read_ids(item, row)
        item.added_on = row.date("created_at", "added_at", "date_added")
        item.copies = _copies(item, row, options)
        return item


def _read_ids(item: ItemRow, row: Row) -> None:
    if item.kind in {"book", "comic"} and (isbn := row.isbn("isbn", "ean_upc")):
        item.external_ids["isbn13"] = isbn
    if tmdb := read_tmdb_id(row.text("tmdb_id")):
        item.external_ids["tmdb"] = tmdb
    if imdb := read_imdb_id(row.text("imdb_id")):
        item.external_ids["imdb"] = imdb
    for scheme in ("tvdb", "igdb", "discogs"):
        value = row.text(f"{scheme}_id")
        if value.isdecimal() and value.isascii():
            item.external_ids[scheme] = value
    if asin := row.text("asin", "amazon_item_id"):
        item.external_ids["asin"] = asin


def _copies(item: ItemRow, row: Row, options: SourceOptions) -> list[CopyRow]:
    """Make a copy per format; what identifies one release stays with the first."""
    formats = split_formats(row.text("owned_formats", "format")) or [""]
    signed_by = row.text("signed_by")
    notes = [row.text("notes"), f"Signed by {signed_by}" if signed_by else ""]
    price = row.money(options.default_currency, "purchase_price", "price", "estimated_value")
    copies = [
        copy_of(
            row,
            item.kind,
            name,
            options,
            edition=row.text("edition") or None,
            location=row.text("location") or None,
            condition=row.condition("condition"),
            signed=bool(signed_by),
            notes="\n".join(note for note in notes if note) or None,
        )
        for name in formats
    ]
    first = copies[0]
    first.barcode = row.barcode("upc", "ean_upc", "isbn")
    first.bought_on = row.date("purchase_date", "bought_on")
    if price:
        first.price_cents, first.currency = price.minor, price.currency
    return copies
