"""Goodreads: the library export (My Books → Import and export)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.phrases import credits_of, names, part_series, plain_text
from mediatheque.areas.library.adapters.tables import Row, TableSource, copy_of
from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow, MarkRow, RowFailure

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import SourceOptions

_STATUS: Final = {"to-read": "wanted", "currently-reading": "started", "read": "finished"}


class Goodreads(TableSource):
    """One row per book on a shelf. Books are owned only where ``Owned Copies`` says so."""

    name: ClassVar[str] = "goodreads"
    label: ClassVar[str] = "Goodreads"
    description: ClassVar[str] = (
        "The CSV that Goodreads makes under My Books → Tools → Import and export."
    )
    required: ClassVar[tuple[str, ...]] = ("Book Id", "Title", "Author")
    typical: ClassVar[tuple[str, ...]] = (
        "Exclusive Shelf",
        "Bookshelves",
        "My Rating",
        "Author l-f",
    )

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure:
        """Read a book."""
        if not row.text("Title"):
            return row.no_title()
        title, details = part_series(row.text("Title"))
        item = row.item("book", title, key=row.text("Book Id") or None, details=details)
        isbn = row.isbn("ISBN13", "ISBN")
        item.external_ids = {
            scheme: value
            for scheme, value in (("isbn13", isbn), ("goodreads", row.text("Book Id")))
            if value
        }
        item.year = row.year("Original Publication Year", "Year Published")
        authors = [*names(row.text("Author"), ""), *names(row.text("Additional Authors"), ",")]
        item.credits = credits_of(dict.fromkeys(authors), "author")
        item.rating = row.rating(5, "Average Rating")
        item.my_rating = row.rating(5, "My Rating")
        item.added_on = row.date("Date Added")
        item.review = plain_text(row.text("My Review")) or None
        if note := plain_text(row.text("Private Notes")):
            item.notes.append(note)
        if pages := row.count("Number of Pages"):
            item.details["pages"] = pages
        if publisher := row.text("Publisher"):
            item.details["publisher"] = publisher
        _read_shelves(item, row)
        if copies := row.count("Owned Copies"):
            item.copies.append(_copy(row, options, isbn, copies))
        return item


def _read_shelves(item: ItemRow, row: Row) -> None:
    shelf = row.text("Exclusive Shelf")
    finished_on = row.date("Date Read")
    if finished_on:
        item.marks.append(MarkRow("finished", finished_on))
    if shelf in _STATUS and not (finished_on and shelf == "read"):
        item.marks.append(MarkRow(_STATUS[shelf]))
    shelves = [shelf, *names(row.text("Bookshelves"), ",")] if shelf else names(
        row.text("Bookshelves"), ","
    )  # fmt: skip
    item.tags = [name for name in dict.fromkeys(shelves) if name not in _STATUS]


def _copy(row: Row, options: SourceOptions, isbn: str | None, count: int) -> CopyRow:
    return copy_of(
        row,
        "book",
        row.text("Binding"),
        options,
        barcode=isbn,
        publisher=row.text("Publisher") or None,
        condition=row.condition("Condition"),
        bought_on=row.date("Original Purchase Date"),
        notes=row.text("Condition Description") or None,
        count=count,
    )
