"""What all three formats of Delicious Library say of an item, and the row it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.library.adapters.phrases import plain_text
from mediatheque.areas.library.adapters.tables import Columns, Row, copy_of
from mediatheque.areas.library.adapters.vocabulary.words import (
    read_kind,
    read_language,
    read_yes,
)
from mediatheque.areas.library.schemas.rows import CopyRow, CreditRow, ItemRow, MarkRow, RowFailure
from mediatheque.kit.dates import read_year
from mediatheque.kit.tabular import Header

if TYPE_CHECKING:
    from datetime import date

    from mediatheque.areas.exchange.schemas.sources import SourceOptions

MAKER: Final = {
    "movie": "director", "series": "director", "album": "artist", "book": "author",
    "game": "developer", "comic": "author", "other": "creator",
}  # fmt: skip
_ZERO: Final = frozenset({"0", "0.0", "0.00", "$0.00", "unknown", "none"})


class Facts:
    """An item's facts under the names of version 1; a format fills them in.

    ``texts`` are single values, ``lists`` are parted already, ``dates`` are read already. Zero
    and "unknown" say nothing. ``country`` is the shop's, not the work's. ``raw`` is what was
    there.
    """

    def __init__(self, line: int, raw: dict[str, Any]) -> None:
        self.line = line
        self.raw = {name: value for name, value in raw.items() if value not in ("", None)}
        self.texts: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        self.dates: dict[str, date | None] = {}

    def text(self, *names: str) -> str:
        """Return the first of these that says something."""
        for name in names:
            text = self.texts.get(name, "").strip()
            if text and text.casefold() not in _ZERO:
                return text
        return ""

    def many(self, *names: str) -> list[str]:
        """Return the first of these lists that is not empty."""
        return next((found for name in names if (found := self.lists.get(name))), [])

    def date(self, *names: str) -> date | None:
        """Return the first of these days that is known."""
        return next((day for name in names if (day := self.dates.get(name))), None)


def item_of(facts: Facts, options: SourceOptions) -> ItemRow | RowFailure:
    """Make a row of an item; everything in a Delicious library is owned unless it says not."""
    title = facts.text("title", "fullTitle")
    if not title:
        return RowFailure(facts.line, "missing_title", "The item has no title.", facts.raw)
    kind = read_kind(facts.text("type")) or _kind_by_facts(facts)
    row = Row(facts.line, list(facts.texts.values()), Columns(Header(tuple(facts.texts), 0)))
    item = ItemRow(facts.line, kind, title, key=facts.text("uuid") or None, raw=facts.raw,
                   problems=row.problems)  # fmt: skip
    item.released_on = facts.date("theatricalDate", "published")
    item.year = item.released_on.year if item.released_on else read_year(
        facts.text("theatricalDate", "published")
    )  # fmt: skip
    item.runtime_minutes = row.minutes("minutes")
    item.age_rating = facts.text("mpaarating", "esrbrating", "audience") or None
    item.synopsis = plain_text(facts.text("description")) or None
    item.genres = facts.many("genre")
    item.tags = facts.many("shelves")
    item.languages = [c for name in facts.many("language") if (c := read_language(name))]
    item.rating = row.rating(5, "netrating")
    item.my_rating = row.rating(5, "rating")
    item.credits = _credits(facts, kind)
    item.details = _details(facts, row, kind)
    item.added_on = facts.date("created")
    if read_yes(facts.text("hasExperienced")):
        item.marks.append(MarkRow("finished"))
    isbn = _read_ids(item, facts, row)
    if not read_yes(facts.text("notowned")):
        item.copies.append(_copy(item, facts, row, options, isbn))
    elif notes := facts.text("notes"):
        item.notes.append(notes)
    return item


def _kind_by_facts(facts: Facts) -> str:
    """Tell the kind of an item that does not say it."""
    for kind, names in (
        ("book", ("pages", "isbn")), ("movie", ("director", "theatricalDate", "mpaarating")),
        ("game", ("platform", "esrbrating")), ("album", ("artist", "tracklisting")),
    ):  # fmt: skip
        if any(facts.text(name) or facts.lists.get(name) for name in names):
            return kind
    return "other"


def _credits(facts: Facts, kind: str) -> list[CreditRow]:
    made = [CreditRow(name, MAKER[kind]) for name in facts.many("creators")]
    for place, job in (
        ("director", "director"), ("author", "author"), ("artist", "artist"),
        ("developer", "developer"), ("illustrator", "illustrator"), ("conductor", "conductor"),
        ("cinematographer", "cinematographer"), ("stars", "actor"),
    ):  # fmt: skip
        made += [CreditRow(name, job) for name in facts.many(place)]
    return list({(credit.name, credit.job): credit for credit in made}.values())


def _details(facts: Facts, row: Row, kind: str) -> dict[str, Any]:
    publisher = " / ".join(facts.many("publisher"))
    found: dict[str, Any] = {}
    if kind == "book":
        found = {"pages": row.count("pages"), "publisher": publisher,
                 "series_name": facts.text("series")}  # fmt: skip
        if number := row.count("numberInSeries"):
            found["series_position"] = float(number)
    elif kind == "comic":
        found = {"publisher": publisher, "series_name": facts.text("series")}
    elif kind == "game":
        found = {"platforms": facts.many("platform"), "publisher": publisher}
    elif kind == "album":
        found = {"label": publisher, "tracks": [
            {"position": str(number), "title": name}
            for number, name in enumerate(facts.many("tracklisting"), start=1)
        ]}  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _read_ids(item: ItemRow, facts: Facts, row: Row) -> str | None:
    """Read the ids: a book's ``upc`` is its EAN, an older book's ``asin`` its ISBN-10."""
    asin = facts.text("asin")
    isbn = None
    if item.kind in {"book", "comic"}:
        isbn = row.isbn("isbn", "ean", "upc") or (row.isbn("asin") if asin[:1].isdigit() else None)
    if isbn:
        item.external_ids["isbn13"] = isbn
    if asin and asin.isalnum():
        item.external_ids["asin"] = asin
    return isbn


def _copy(
    item: ItemRow, facts: Facts, row: Row, options: SourceOptions, isbn: str | None
) -> CopyRow:
    price = row.money(options.default_currency, "paid", "price")
    return copy_of(
        row,
        item.kind,
        facts.text("aspect"),
        options,
        edition=facts.text("edition") or None,
        barcode=isbn or row.barcode("ean", "upc"),
        publisher=next(iter(facts.many("publisher")), None),
        released_on=facts.date("published"),
        condition=row.condition("condition"),
        location=facts.text("location") or None,
        price_cents=price.minor if price else None,
        currency=price.currency if price else None,
        bought_on=facts.date("purchaseDate"),
        signed=bool(read_yes(facts.text("signed"))),
        notes=facts.text("notes") or None,
        loaned_to=facts.text("borrower") or None,
    )
