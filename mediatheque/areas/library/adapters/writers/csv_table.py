r"""Writing our own CSV as a stream. What is written here reads back as the same rows.

What a cell can hold is described in :mod:`mediatheque.areas.library.adapters.own.columns`. What
it cannot: line ends become ``\n``, several notes of one row become one, and what has no column
(details of a kind, nested seasons) is the JSON's.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.adapters.own.cells import escaped, part_brackets
from mediatheque.areas.library.adapters.own.columns import COLUMNS, MAKER, MORE_COLUMNS, guard
from mediatheque.areas.library.adapters.vocabulary.words import JOBS
from mediatheque.kit.figures import write_money
from mediatheque.kit.identifiers import is_damaged, read_barcode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mediatheque.areas.library.schemas.rows import CopyRow, CreditRow, ItemRow, MarkRow

ALL_COLUMNS: Final = (*COLUMNS, *MORE_COLUMNS)
CHUNK_CHARS: Final = 1 << 16
_BOM: Final = "\ufeff"


def write_csv(
    items: Iterable[ItemRow], columns: Sequence[str] = COLUMNS, *, bom: bool = False
) -> Iterator[bytes]:
    """Yield a CSV of UTF-8 in pieces of about 64 KiB; a work with several copies is several rows.

    ``columns`` are some of :data:`ALL_COLUMNS`; ``bom`` helps old spreadsheet programs.
    """
    yield csv_header(columns, bom=bom)
    yield from csv_rows(items, columns)


def csv_header(columns: Sequence[str] = COLUMNS, *, bom: bool = False) -> bytes:
    """Return the first line."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(columns)
    return ((_BOM if bom else "") + text.getvalue()).encode()


def csv_rows(items: Iterable[ItemRow], columns: Sequence[str] = COLUMNS) -> Iterator[bytes]:
    """Yield the lines of a stretch of rows in pieces; see :func:`write_csv`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for item in items:
        work = work_cells(item)
        copies: Sequence[CopyRow | None] = item.copies or [None]
        for copy in copies:
            cells = work | (copy_cells(copy) if copy else {})
            row = [guard(cells.get(column, "")) for column in columns]
            for _ in range(copy.count if copy else 1):
                writer.writerow(row)
        if text.tell() > CHUNK_CHARS:
            yield _taken(text)
    if text.tell():
        yield _taken(text)


def work_cells(item: ItemRow) -> dict[str, str]:
    """Return the cells that speak of the work and of what its owner thinks of it."""
    cells = {
        "kind": item.kind,
        "title": _line(item.title),
        "year": _number(item.year),
        "original_title": _line(item.original_title),
        "sort_title": _line(item.sort_title),
        "season": _number(item.season),
        "episode": _number(item.episode),
        "episode_title": _line(item.episode_title),
        "isbn13": item.external_ids.get("isbn13", ""),
        "imdb_id": item.external_ids.get("imdb", ""),
        "tmdb_id": item.external_ids.get("tmdb", ""),
        "director": _list(
            _maker(credit, item.kind) for credit in item.credits if not _acts(credit)
        ),
        "cast": _list(_actor(credit) for credit in item.credits if _acts(credit)),
        "genre": _list(item.genres),
        "language": _list(item.languages),
        "runtime_minutes": _number(item.runtime_minutes),
        "rating": _number(item.rating),
        "my_rating": _number(item.my_rating),
        "watched": _list(part for mark in item.marks for part in _marked(mark)),
        "tags": _list(item.tags),
        "added_on": str(item.added_on or ""),
        "synopsis": _text(item.synopsis),
        "age_rating": _line(item.age_rating),
        "minimum_age": _number(item.minimum_age),
        "released_on": str(item.released_on or ""),
        "country": _list(item.countries),
        "mood": _list(item.moods),
        "theme": _list(item.themes),
        "review": _text(item.review),
    }
    if not item.copies:
        cells["notes"] = _text("\n\n".join(item.notes))
    return cells


def copy_cells(copy: CopyRow) -> dict[str, str]:
    """Return the cells that speak of an owned copy."""
    return {
        "format": copy.format,
        "resolution": copy.resolution or "",
        "edition": _line(copy.edition),
        "region": _line(copy.region),
        "barcode": _barcode(copy.barcode),
        "publisher": _line(copy.publisher),
        "edition_released_on": str(copy.released_on or ""),
        "location": _line(copy.location),
        "condition": copy.condition or "",
        "price": "" if copy.price_cents is None else write_money(copy.price_cents, copy.currency),
        "currency": copy.currency or "",
        "bought_on": str(copy.bought_on or ""),
        "signed": "yes" if copy.signed else "",
        "loaned_to": _line(copy.loaned_to),
        "loaned_on": str(copy.loaned_on or ""),
        "notes": _text(copy.notes),
        "library": _line(copy.library),
    }


def _taken(text: io.StringIO) -> bytes:
    found = text.getvalue()
    text.seek(0)
    text.truncate()
    return found.encode(errors="replace")


def _line(text: str | None) -> str:
    return " ".join(text.replace("\0", "").split()) if text else ""


def _text(text: str | None) -> str:
    if not text:
        return ""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _list(parts: Iterable[str]) -> str:
    return ";".join(escaped(_line(part)) for part in parts)


def _barcode(barcode: str | None) -> str:
    """Write a bar code; an apostrophe says that it stands as it is."""
    if not barcode:
        return ""
    number = read_barcode(barcode)
    is_label = barcode.isalnum() and not barcode.isdecimal() and not is_damaged(barcode)
    if number == barcode or (number is None and is_label and barcode == barcode.upper()):
        return barcode
    return f"'{_line(barcode)}"


def _acts(credit: CreditRow) -> bool:
    return credit.job == "actor"


def _actor(credit: CreditRow) -> str:
    """Write an actor; empty brackets say that those of the name are no character."""
    if credit.character:
        return f"{credit.name} ({_balanced(credit.character)})"
    return f"{credit.name} ()" if part_brackets(credit.name)[1] is not None else credit.name


def _maker(credit: CreditRow, kind: str) -> str:
    """Write who made it; the usual job is named only where the name's brackets look like one."""
    if credit.job == MAKER[kind] and part_brackets(credit.name)[1] not in JOBS:
        return credit.name
    return f"{credit.name} ({credit.job})"


def _balanced(text: str) -> str:
    depth = 0
    for mark in text:
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            break
    return text if depth == 0 else text.replace("(", "[").replace(")", "]")


def _marked(mark: MarkRow) -> list[str]:
    """Write a mark; what was finished several times is said as often, the day once."""
    if mark.status != "finished":
        return [f"{mark.status} {mark.on}" if mark.on else mark.status]
    return [str(mark.on) if mark.on else "yes", *["yes"] * ((mark.times or 1) - 1)]
