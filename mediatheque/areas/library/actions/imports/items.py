"""The owned items that a row brings, made ready before anybody knows of which work."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from mediatheque.kit.db.staging import cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow

KEY = ("format", "resolution", "region", "name", "barcode")
FIELDS = {
    "condition": "text",
    "location": "text",
    "price_cents": "int",
    "currency": "text",
    "bought_on": "date",
    "signed": "boolean",
    "notes": "text",
}
COLUMNS = {
    "place": "smallint",
    "ordinal": "smallint",
    "key": "text",
    "digest": "text",
    **dict.fromkeys(KEY, "text"),
    "publisher": "text",
    "released_on": "date",
    **FIELDS,
    "added_at": "timestamptz",
    "loaned_to": "text",
    "loaned_on": "date",
}
"""What an item's cells say, in this order; of what is its own and of what its edition is."""


class Item(NamedTuple):
    """One owned item: the name of its library (None: the import's), and its :data:`COLUMNS`."""

    library: str | None
    staged: str


def count_of(copy: CopyRow) -> int:
    """How many alike items a row's item stands for."""
    return max(1, min(copy.count, 100))


def midnight(day: date | None) -> datetime | None:
    """The start of a day, UTC."""
    return datetime.combine(day, time(), UTC) if day else None


def items_of(row: ItemRow, places: tuple[tuple[str, int], ...], digest: str) -> Iterator[Item]:
    """The row's items, one for each of its places (key, ordinal)."""
    said = (copy for copy in row.copies for _ in range(count_of(copy)))
    for place, (copy, (key, ordinal)) in enumerate(zip(said, places, strict=False)):
        staged = cells(
            (
                place,
                ordinal,
                key,
                digest,
                copy.format,
                copy.resolution or "",
                copy.region or "",
                copy.edition or "",
                copy.barcode or "",
                copy.publisher,
                copy.released_on,
                copy.condition,
                copy.location,
                copy.price_cents,
                copy.currency,
                copy.bought_on,
                copy.signed or None,
                copy.notes,
                midnight(copy.added_on or row.added_on),
                copy.loaned_to,
                copy.loaned_on,
            )
        )
        yield Item(copy.library, staged)
