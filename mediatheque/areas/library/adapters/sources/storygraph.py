"""The StoryGraph: the library export (Manage account → Export)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.phrases import (
    credits_of,
    names,
    plain_text,
    role_of,
)
from mediatheque.areas.library.adapters.tables import Row, TableSource, copy_of
from mediatheque.areas.library.adapters.vocabulary.words import read_job, read_yes
from mediatheque.areas.library.schemas.rows import CreditRow, ItemRow, MarkRow, RowFailure
from mediatheque.kit.dates import read_date

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import SourceOptions

_STATUS: Final = {
    "to-read": "wanted",
    "currently-reading": "started",
    "paused": "started",
    "did-not-finish": "started",
    "read": "finished",
}
_SPAN: Final = re.compile(r"(\d{4}/\d{1,2}/\d{1,2})?\s*-\s*(\d{4}/\d{1,2}/\d{1,2})?")


class StoryGraph(TableSource):
    """One row per book; owned where ``Owned?`` says Yes."""

    name: ClassVar[str] = "storygraph"
    label: ClassVar[str] = "The StoryGraph"
    description: ClassVar[str] = (
        "The CSV that The StoryGraph makes under Manage account → Export StoryGraph library."
    )
    required: ClassVar[tuple[str, ...]] = ("Title", "Authors", "Read Status")
    typical: ClassVar[tuple[str, ...]] = ("ISBN/UID", "Star Rating", "Moods", "Owned?")

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure:
        """Read a book."""
        if not row.text("Title"):
            return row.no_title()
        number = row.text("ISBN/UID")
        isbn = row.isbn("ISBN/UID") if number[:1].isdigit() else None
        item = row.item("book", row.text("Title"), key=number or None)
        if isbn:
            item.external_ids["isbn13"] = isbn
        item.credits = credits_of(names(row.text("Authors"), ","), "author")
        for contributor in names(row.text("Contributors"), ","):
            name, role = role_of(contributor)
            item.credits.append(CreditRow(name, read_job(role)))
        item.my_rating = row.rating(5, "Star Rating")
        item.added_on = row.date("Date Added")
        item.moods = names(row.text("Moods"), ",")
        item.tags = names(row.text("Tags"), ",")
        item.review = plain_text(row.text("Review")) or None
        _read_marks(item, row)
        if read_yes(row.text("Owned?")):
            item.copies.append(copy_of(row, "book", row.text("Format"), options, barcode=isbn))
        return item


def _read_marks(item: ItemRow, row: Row) -> None:
    """Read every span of ``Dates Read``; a span without an end was begun."""
    status = row.text("Read Status")
    for span in names(row.text("Dates Read"), ";,"):
        found = _SPAN.fullmatch(span)
        start = read_date(found[1] or "") if found else None
        end = read_date(found[2] or "") if found else read_date(span)
        if end:
            item.marks.append(MarkRow("finished", end))
        elif start:
            item.marks.append(MarkRow("started", start))
        else:
            row.problem("bad_date", "Dates Read", f"“{span[:40]}” is no span of dates.")
    told = {mark.status for mark in item.marks}
    if status in _STATUS and _STATUS[status] not in told:
        day = row.date("Last Date Read") if status == "read" else None
        item.marks.append(MarkRow(_STATUS[status], day))
    if status in {"paused", "did-not-finish"}:
        item.tags.append(status)
