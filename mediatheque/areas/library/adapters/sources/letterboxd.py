"""Letterboxd: the account's export (a zip), or one of the tables inside.

One film is one row, whatever it occurs in: the export knows neither TMDB nor IMDb ids, and the
address of a diary entry is the entry's, so films are told by name and year.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.library.adapters.phrases import names, plain_text
from mediatheque.areas.library.adapters.tables import (
    Columns,
    Row,
    failed_record,
    header_only,
    problems_of,
)
from mediatheque.areas.library.schemas.rows import ItemRow, MarkRow, Problem, RowFailure
from mediatheque.kit.archives import ZIP_MARKS, Archive, open_content
from mediatheque.kit.dates import read_date
from mediatheque.kit.grouping import Groups, count_distinct
from mediatheque.kit.tabular import Table, require
from mediatheque.kit.unreadable import EMPTY_FILE, NOT_THIS_FORMAT, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.kit.tabular import Record

_TABLES: Final = frozenset({"diary", "ratings", "reviews", "watched", "watchlist"})
_SKIPPED: Final = frozenset({"deleted", "orphaned"})
_LIST_MARK: Final = "letterboxd list export"
_REQUIRED: Final = ("Name", "Year")

Entry = dict[str, Any]


class Letterboxd:
    """Films watched, rated, reviewed, wanted, liked and listed; none of them is owned."""

    name: ClassVar[str] = "letterboxd"
    label: ClassVar[str] = "Letterboxd"
    description: ClassVar[str] = (
        "The zip that Letterboxd makes under Settings → Data → Export your data, or a CSV in it."
    )
    extensions: ClassVar[tuple[str, ...]] = (".zip", ".csv")

    def detect(self, sample: Sample) -> float:
        """Know the zip by its tables and a table by the address column or a list's first line."""
        if sample.members and not sample.content:
            found = {part for name in sample.members if (part := _part_of(name))}
            return 0.95 if len(found & _TABLES) > 1 else 0.5 * bool(found & _TABLES)
        if sample.text.lstrip().casefold().startswith(_LIST_MARK):
            return 1.0
        return 0.95 if sample.has("Name", "Year", "Letterboxd URI") else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the films by reading them once; a row that fails counts as one."""
        return count_distinct(
            f"{number}" if isinstance(entry, RowFailure) else _key(entry)
            for number, entry in enumerate(_entries(file))
        )

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:  # noqa: ARG002  (as the protocol has it)
        """Bring the tables together and yield a row per film; failures come first."""
        with Groups() as films:
            for entry in _entries(file):
                if isinstance(entry, RowFailure):
                    yield entry
                else:
                    films.add(_key(entry), entry)
            for key, entries in films:
                yield _film(key, entries)


def _entries(file: SourceFile) -> Iterator[Entry | RowFailure]:
    with file.path.open("rb") as opened:
        packed = opened.read(4).startswith(ZIP_MARKS)
    if packed:
        with Archive(file.path) as archive:
            known = [name for name in archive.names if _part_of(name)]
            if len(archive.names) > 1 or known:
                yield from _zipped(archive, known)
                return
    with _table(file) as table:
        part = _part_of(file.filename) or _part_by_columns(table)
        empty = True
        for entry in _read(table, part, file.filename):
            empty = False
            yield entry
        if empty:
            raise header_only(table.header)


def _zipped(archive: Archive, known: list[str]) -> Iterator[Entry | RowFailure]:
    if not known:
        raise UnreadableError(
            NOT_THIS_FORMAT, "This is no export of Letterboxd: the zip has none of its tables."
        )
    for name in known:
        if not archive.size(name):
            continue
        with archive.open(name) as stream:
            try:
                table = Table(stream, is_header=require(_REQUIRED))
            except UnreadableError as error:
                if error.code == EMPTY_FILE:
                    continue
                yield RowFailure(error.line or 1, error.code, f"{name}: {error.message}")
                continue
            yield from _read(table, _part_of(name) or "list", name)


@contextmanager
def _table(file: SourceFile) -> Iterator[Table]:
    with open_content(file.path) as stream:
        try:
            yield Table(stream, is_header=require(_REQUIRED))
        except UnreadableError as error:
            if error.code == NOT_THIS_FORMAT:
                raise UnreadableError(
                    NOT_THIS_FORMAT,
                    "This is no export of Letterboxd: no line has the columns Name and Year.",
                    1,
                ) from error
            raise


def _part_of(name: str) -> str | None:
    """Tell which part of the export a file is, ``None`` for what is not read."""
    path = PurePosixPath(name.lower())
    if path.suffix != ".csv" or not _SKIPPED.isdisjoint(path.parts):
        return None
    folder = path.parent.name
    if folder == "lists":
        return "list"
    if folder == "likes":
        return "likes" if path.stem == "films" else None
    return path.stem if path.stem in _TABLES else None


def _part_by_columns(table: Table) -> str:
    columns = table.header.index()
    if "position" in columns:
        return "list"
    if "review" in columns or "watcheddate" in columns:
        return "diary"
    return "ratings" if "rating" in columns else "watched"


def _read(table: Table, part: str, name: str) -> Iterator[Entry | RowFailure]:
    columns = Columns(table.header)
    label = _list_name(table, name) if part == "list" else None
    for record in table:
        yield (
            _entry(record, columns, part, label)
            if _is_whole(record)
            else _failure(record, table, name)
        )


def _entry(record: Record, columns: Columns, part: str, label: str | None) -> Entry | RowFailure:
    line, cells, flaws = record
    row = Row(line, cells, columns)
    if not row.text("Name"):
        return row.no_title()
    entry = {name: value for name, value in row.raw().items() if value}
    entry["·part"], entry["·line"] = part, line
    if label:
        entry["·list"] = label
    problems = problems_of(flaws)
    rating = row.rating(5, "Rating")
    entry.update({
        "·name": row.text("Name"),
        "·year": row.year("Year"),
        "·rating": rating,
        "·date": row.text("Date") or None,
        "·watched": row.text("Watched Date") or None,
        "·tags": row.text("Tags"),
        "·uri": row.text("Letterboxd URI", "URL"),
        "·text": row.text("Review") if part != "list" else row.text("Description"),
        "·problems": [[p.code, p.field, p.message] for p in problems + row.problems],
    })  # fmt: skip
    return entry


def _is_whole(record: Record) -> bool:
    return not any(flaw.fatal for flaw in record[2])


def _failure(record: Record, table: Table, name: str) -> RowFailure:
    failure = failed_record(record[0], record[1], record[2], table)
    failure.message = f"{name}: {failure.message}"
    return failure


def _list_name(table: Table, name: str) -> str:
    """Find a list's own name in the block above its table, else take the file's."""
    for above, below in zip(table.before, table.before[1:], strict=False):
        if "Name" in above and len(below) > above.index("Name"):
            return below[above.index("Name")].strip()
    return PurePosixPath(name).stem.replace("-", " ")


def _key(entry: Entry) -> str:
    return f"{entry['·name'].casefold()}|{entry['·year'] or ''}"


def _film(key: str, entries: list[Entry]) -> ItemRow:
    first = entries[0]
    item = ItemRow(first["·line"], "movie", first["·name"], key=key, year=first["·year"])
    raw: dict[str, Any] = {}
    watched = False
    for entry in entries:
        part = entry["·part"]
        shown = {name: value for name, value in entry.items() if not name.startswith("·")}
        raw.setdefault(part, []).append(
            shown | ({"List": entry["·list"]} if "·list" in entry else {})
        )
        item.problems += [Problem(*problem) for problem in entry["·problems"]]
        day = read_date(entry["·date"] or "")
        if day and (item.added_on is None or day < item.added_on):
            item.added_on = day
        watched = watched or part in {"watched", "ratings"}
        _take(item, entry, part)
    statuses = {mark.status for mark in item.marks}
    if watched and "finished" not in statuses:
        item.marks.append(MarkRow("finished"))
    item.marks = _unlike(item.marks)
    item.tags = list(dict.fromkeys(item.tags))
    item.raw = raw
    return item


def _take(item: ItemRow, entry: Entry, part: str) -> None:
    if entry["·rating"] and (part == "ratings" or item.my_rating is None):
        item.my_rating = entry["·rating"]
    if part in {"diary", "reviews"}:
        day = read_date(entry["·watched"] or "")
        if day:
            item.marks.append(MarkRow("finished", day))
        item.tags += names(entry["·tags"], ",")
    if part == "watchlist":
        item.marks.append(MarkRow("wanted", read_date(entry["·date"] or "")))
    elif part == "likes":
        item.tags.append("liked")
    elif part == "list":
        item.tags.append(entry["·list"])
        if entry["·text"]:
            item.notes.append(plain_text(entry["·text"]))
        return
    text = plain_text(entry["·text"])
    if text and text != item.review:
        item.review = f"{item.review}\n\n{text}" if item.review else text


def _unlike(marks: list[MarkRow]) -> list[MarkRow]:
    """Leave each day once: diary and reviews both tell of it."""
    found: dict[tuple[str, object], MarkRow] = {}
    for mark in marks:
        found.setdefault((mark.status, mark.on), mark)
    return list(found.values())
