"""A table with a mapping as a source.

Two things are judged by the first 500 rows, since nobody says them: the scale of the ratings
(5, 10 or 100), and whether 03/04 is in March or in April. ``options.extra`` may say them:
``rating_scale``, ``day_first``.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.catalog.rules.ages import age_of
from mediatheque.areas.library.adapters.mapped.suggest import suggest_mapping
from mediatheque.areas.library.adapters.mapped.targets import (
    JOBS_OF,
    OWNED_TARGETS,
    RELEASE_TARGETS,
    STATUS_OF,
)
from mediatheque.areas.library.adapters.phrases import names, plain_text
from mediatheque.areas.library.adapters.tables import (
    TABLE_EXTENSIONS,
    Columns,
    Row,
    copy_of,
    failed_record,
    header_only,
    problems_of,
)
from mediatheque.areas.library.adapters.vocabulary.words import (
    read_kind,
    read_language,
    read_yes,
)
from mediatheque.areas.library.schemas.rows import CopyRow, CreditRow, ItemRow, MarkRow, RowFailure
from mediatheque.kit.archives import open_content
from mediatheque.kit.figures import read_number
from mediatheque.kit.identifiers import read_imdb_id, read_tmdb_id
from mediatheque.kit.tabular import Header, Table, count_records, normal_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.kit.tabular import Record

_JUDGED: Final = 500
_DAYS: Final = ("released_on", "finished_on", "started_on", "added_on", "bought_on", "loaned_on")
_PARTED_DAY: Final = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}")
_MONTHS: Final = 12
_LABELS: Final = re.compile(r"[\[\]]")


class Mapped:
    """Any table with a title column; without a mapping our suggestion is taken."""

    name: ClassVar[str] = "mapped"
    label: ClassVar[str] = "Another table"
    description: ClassVar[str] = "Any CSV: say what each column means, and we remember it."
    extensions: ClassVar[tuple[str, ...]] = TABLE_EXTENSIONS

    def detect(self, sample: Sample) -> float:
        """Take any table in which a title can be found, but let every other source go first."""
        if len(sample.header) < 2 or sample.xml_root or sample.json_keys:  # noqa: PLR2004  (one column is a list, no table)
            return 0.0
        targets = {target for _, target, _ in suggest_mapping(sample.header, sample.records[1:20])}
        return 0.3 if "title" in targets else 0.1

    def total(self, file: SourceFile) -> int | None:
        """Count the records: exact for a well-formed table without blank lines."""
        with open_content(file.path) as stream:
            return max(0, count_records(stream) - 1)

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the rows as a stream."""
        with open_content(file.path) as stream:
            table = Table(stream)
            records = iter(table)
            judged = list(islice(records, _JUDGED))
            if not judged:
                raise header_only(table.header)
            reader = _Reader(table, judged, options)
            for record in chain(judged, records):
                yield reader.read(record)


class _Reader:
    def __init__(self, table: Table, judged: list[Record], options: SourceOptions) -> None:
        self._table = table
        self._options = options
        self._columns = Columns(table.header)
        cells = [cells for _, cells, _ in judged if cells]
        mapping = options.mapping or {
            name: target
            for name, target, _ in suggest_mapping(table.header.names, cells[:50])
            if target
        }
        self._by: dict[str, tuple[str, ...]] = {}
        for name, target in mapping.items():
            if target:
                self._by[target] = (*self._by.get(target, ()), name)
        rows = [Row(0, found, self._columns) for found in cells]
        given = options.extra.get("rating_scale")
        self._scale = float(given) if isinstance(given, int | float) and given else 0.0
        self._my_scale = self._scale or _scale_of(rows, self._by.get("my_rating", ()))
        self._scale = self._scale or _scale_of(rows, self._by.get("rating", ()))
        first = options.extra.get("day_first")
        self._day_first = first if isinstance(first, bool) else self._order_of(rows)

    def read(self, record: Record) -> ItemRow | RowFailure:
        line, cells, flaws = record
        if any(flaw.fatal for flaw in flaws):
            return failed_record(line, cells, flaws, self._table)
        row = Row(line, cells, self._columns)
        row.problems += problems_of(flaws)
        title = self._text(row, "title")
        if not title:
            return row.no_title()
        kind = self._kind(row)
        item = row.item(kind, title, key=self._text(row, "key") or None)
        self._read_work(item, row)
        self._read_parts(item, row)
        self._read_credits(item, row)
        self._read_ids(item, row)
        self._read_opinions(item, row)
        if self._is_owned(row):
            item.copies.append(self._copy(item, row))
        return item

    def _is_owned(self, row: Row) -> bool:
        """Tell whether a row is a copy; ``options.extra["owned"]`` may say it of all."""
        said = self._options.extra.get("owned")
        if isinstance(said, bool):
            return said
        if self._text(row, "copies") == "0":
            return False
        if any(self._text(row, target) for target in OWNED_TARGETS):
            return True
        tracks = "status" in self._by or "finished_on" in self._by
        return not tracks and any(self._text(row, target) for target in RELEASE_TARGETS)

    def _text(self, row: Row, target: str) -> str:
        found = self._by.get(target)
        return row.text(*found) if found else ""

    def _all(self, row: Row, target: str) -> Iterator[str]:
        for name in self._by.get(target, ()):
            if text := row.text(name):
                yield text

    def _day(self, row: Row, target: str) -> date | None:
        """Return a day; LibraryThing puts brackets around it."""
        found = self._by.get(target)
        if not found:
            return None
        if _LABELS.match(row.text(*found)):
            bare = Row(row.line, [_LABELS.sub("", row.text(*found))], _ONE)
            return bare.date("day", day_first=self._day_first)
        return row.date(*found, day_first=self._day_first)

    def _kind(self, row: Row) -> str:
        """Tell the kind: by its column, the chosen default, or what else the row has."""
        text = self._text(row, "kind")
        if text and (kind := read_kind(text)):
            return kind
        if self._options.default_kind:
            return self._options.default_kind
        if text:
            row.problem("unknown_kind", self._by["kind"][0], f"“{text[:40]}” is no kind of work.")
        for kind, targets in (
            ("book", ("author", "isbn", "pages")), ("series", ("season", "episode")),
            ("album", ("artist",)), ("game", ("platform", "developer")),
        ):  # fmt: skip
            if any(self._text(row, target) for target in targets):
                return kind
        columns = ("author", "isbn", "pages")
        return "book" if any(target in self._by for target in columns) else "movie"

    def _read_work(self, item: ItemRow, row: Row) -> None:
        original = self._text(row, "original_title")
        item.original_title = original if original and original != item.title else None
        item.sort_title = self._text(row, "sort_title") or None
        item.synopsis = plain_text(self._text(row, "synopsis")) or None
        item.released_on = self._day(row, "released_on")
        years = (*self._by.get("year", ()), *self._by.get("released_on", ()))
        item.year = row.year(*years) if years else None
        item.runtime_minutes = row.minutes(*self._by.get("runtime_minutes", _NONE))
        item.age_rating = self._text(row, "age_rating") or None
        item.minimum_age = age_of(self._text(row, "minimum_age"))
        for text in self._all(row, "genres"):
            item.genres += [name for name in names(text, ",;/") if name not in item.genres]
        for text in self._all(row, "tags"):
            item.tags += [name for name in names(text) if name not in item.tags]
        item.languages = [
            code for name in names(self._text(row, "languages")) if (code := read_language(name))
        ]
        item.countries = [
            name.upper()
            for name in names(self._text(row, "countries"))
            if len(name) == 2  # noqa: PLR2004  (ISO 3166 codes)
        ]
        item.details = self._details(item, row)

    def _read_parts(self, item: ItemRow, row: Row) -> None:
        if item.kind == "series":
            item.season = row.count(*self._by.get("season", _NONE))
            item.episode = row.count(*self._by.get("episode", _NONE))
            item.episode_title = self._text(row, "episode_title") or None

    def _details(self, item: ItemRow, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        publisher = self._text(row, "publisher")
        if item.kind in {"book", "comic"}:
            found = {"pages": row.count(*self._by.get("pages", _NONE)), "publisher": publisher,
                     "series_name": self._text(row, "series_name")}  # fmt: skip
            position = self._text(row, "series_position")
            number = read_number(position) if position else None
            if item.kind == "book" and number is not None and number >= 0:
                found["series_position"] = float(number)
            elif item.kind == "comic":
                found["issue"] = position
        elif item.kind == "game":
            found = {"platforms": names(self._text(row, "platform")), "publisher": publisher}
        elif item.kind == "album":
            found = {"label": publisher}
        return {name: value for name, value in found.items() if value}

    def _read_credits(self, item: ItemRow, row: Row) -> None:
        for job in JOBS_OF:
            for text in self._all(row, job):
                item.credits += [CreditRow(name, job) for name in people(text)]
        item.credits = list({(c.name, c.job): c for c in item.credits}.values())

    def _read_ids(self, item: ItemRow, row: Row) -> None:
        isbn = row.isbn(*self._by["isbn"]) if "isbn" in self._by else None
        if isbn:
            item.external_ids["isbn13"] = isbn
        if imdb := read_imdb_id(self._text(row, "imdb_id")):
            item.external_ids["imdb"] = imdb
        if tmdb := read_tmdb_id(self._text(row, "tmdb_id")):
            item.external_ids["tmdb"] = tmdb

    def _read_opinions(self, item: ItemRow, row: Row) -> None:
        if "rating" in self._by:
            item.rating = row.rating(self._scale, *self._by["rating"])
        if "my_rating" in self._by:
            item.my_rating = row.rating(self._my_scale, *self._by["my_rating"])
        item.review = plain_text(self._text(row, "review")) or None
        item.notes = [text for found in self._all(row, "notes") if (text := plain_text(found))]
        item.added_on = self._day(row, "added_on")
        started, finished = self._day(row, "started_on"), self._day(row, "finished_on")
        if finished:
            item.marks.append(MarkRow("finished", finished))
        elif started:
            item.marks.append(MarkRow("started", started))
        status = _status_of(self._text(row, "status"))
        if status and status not in {mark.status for mark in item.marks}:
            item.marks.append(MarkRow(status))

    def _copy(self, item: ItemRow, row: Row) -> CopyRow:
        currency = self._text(row, "currency") or self._options.default_currency
        price = row.money(currency, *self._by["price"]) if "price" in self._by else None
        barcode = row.barcode(*self._by["barcode"]) if "barcode" in self._by else None
        return copy_of(
            row,
            item.kind,
            self._text(row, "format"),
            self._options,
            edition=self._text(row, "edition") or None,
            region=self._text(row, "region") or None,
            barcode=barcode,
            publisher=self._text(row, "publisher") or None,
            condition=row.condition(*self._by.get("condition", _NONE)),
            location=self._text(row, "location") or None,
            library=self._text(row, "library") or None,
            price_cents=price.minor if price else None,
            currency=price.currency if price else None,
            bought_on=self._day(row, "bought_on"),
            loaned_to=self._text(row, "loaned_to") or None,
            loaned_on=self._day(row, "loaned_on"),
            signed=bool(read_yes(self._text(row, "signed"))),
            notes=self._text(row, "copy_notes") or None,
            count=row.count(*self._by.get("copies", _NONE)) or 1,
        )

    def _order_of(self, rows: list[Row]) -> bool | None:
        """Judge whether days stand before months; ``None`` where no date shows it."""
        firsts = seconds = 0
        for row in rows:
            for target in _DAYS:
                found = _PARTED_DAY.match(self._text(row, target))
                if found:
                    firsts += int(found[1]) > _MONTHS
                    seconds += int(found[2]) > _MONTHS
        if bool(firsts) == bool(seconds):
            return None
        return firsts > 0


_NONE: Final = ("",)
_ONE: Final = Columns(Header(("day",), 1))


def people(text: str) -> list[str]:
    """Part a cell of names: ``A B; C D`` and ``A B, C D`` are two, ``Lang, Fritz`` is one."""
    if any(mark in text for mark in ";|\n"):
        return [_forward(name) for name in names(text, ";")]
    parts = names(text, ",")
    if len(parts) == 2 and " " not in parts[0]:  # noqa: PLR2004  (“Lang, Fritz” is one name)
        return [_forward(text)]
    return parts


def _forward(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name.strip()


def _scale_of(rows: list[Row], columns: tuple[str, ...]) -> float:
    """Judge the best mark a column can give by the best it does."""
    values = [read_number(row.text(*columns)) for row in rows] if columns else []
    best = max((float(value) for value in values if value is not None), default=0.0)
    return next((scale for scale in (5.0, 10.0, 100.0) if best <= scale), 100.0)


def _status_of(text: str) -> str | None:
    word = normal_name(text)
    if word in STATUS_OF:
        return STATUS_OF[word]
    return "finished" if read_yes(text) else None
