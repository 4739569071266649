"""What every source that is a table of text shares: opening, rows by column name, complaints."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.library.adapters.vocabulary.formats import FORMATS, read_format
from mediatheque.areas.library.adapters.vocabulary.words import read_condition
from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow, Problem, RowFailure
from mediatheque.kit.archives import open_content
from mediatheque.kit.dates import read_date, read_year
from mediatheque.kit.figures import Money, read_count, read_minutes, read_money, read_rating
from mediatheque.kit.identifiers import is_damaged, read_barcode, read_isbn
from mediatheque.kit.tabular import Header, Table, count_records, normal_name, require, unwrap
from mediatheque.kit.unreadable import HEADER_ONLY, NOT_THIS_FORMAT, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.kit.tabular import Flaw

TABLE_EXTENSIONS: Final = (".csv", ".tsv", ".txt", ".zip")
_TWO_WAYS: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_LONGEST_LABEL: Final = 40
_UPC_WITHOUT_ZERO: Final = 11


class Columns:
    """Finds columns by their names, whatever their case, blanks and accents."""

    def __init__(self, header: Header) -> None:
        self.names = header.names
        self._index = header.index()
        self._known: dict[str, int | None] = {}

    def at(self, name: str) -> int | None:
        """Return a column's place, or ``None``."""
        if name not in self._known:
            self._known[name] = self._index.get(normal_name(name))
        return self._known[name]


class Row:
    """A record whose cells are asked for by name; what was left out is noted in ``problems``.

    Where a reading is given several names, the first column that is filled counts.
    """

    __slots__ = ("_cells", "_columns", "line", "problems")

    def __init__(self, line: int, cells: list[str], columns: Columns) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self._cells = cells
        self._columns = columns

    def text(self, *names: str) -> str:
        """Return the first filled cell of these columns, unwrapped and trimmed, or nothing."""
        for name in names:
            place = self._columns.at(name)
            if place is not None and (cell := self._cells[place]):
                text = unwrap(cell)
                if text:
                    return text
        return ""

    def raw(self) -> dict[str, Any]:
        """Return all filled cells by their header."""
        return {n: c for n, c in zip(self._columns.names, self._cells, strict=False) if c}

    def item(self, kind: str, title: str, **fields: Any) -> ItemRow:  # noqa: ANN401  (fields of the row)
        """Make the row that goes in."""
        return ItemRow(self.line, kind, title, raw=self.raw(), problems=self.problems, **fields)

    def failure(self, code: str, message: str) -> RowFailure:
        """Make the failure that the row is."""
        return RowFailure(self.line, code, message, self.raw())

    def no_title(self) -> RowFailure:
        """Make the failure of a row that names no work."""
        return self.failure("missing_title", "The row has no title. Fill it in and import again.")

    def problem(self, code: str, field: str, message: str) -> None:
        """Note what was left out, once per column."""
        if all(known.field != field for known in self.problems):
            self.problems.append(Problem(code, field, message))

    def date(self, *names: str, day_first: bool | None = None) -> date | None:
        """Return a day; a cell that names none is a problem, a year or month alone is not."""
        text = self.text(*names)
        if not text or text.startswith("0000"):
            return None
        day = read_date(text, day_first=day_first)
        if day is None and (read_year(text) is None or _TWO_WAYS.match(text)):
            self.problem(
                "bad_date",
                names[0],
                f"{_short(text)} is no date, or can be read in two ways. Write 2022-01-25.",
            )
        return day

    def year(self, *names: str) -> int | None:
        """Return a year; a cell that names none is a problem."""
        text = self.text(*names)
        if not text or text == "0":
            return None
        year = read_year(text)
        if year is None:
            self.problem("bad_year", names[0], f"{_short(text)} is no year. Write 1984.")
        return year

    def count(self, *names: str) -> int | None:
        """Return a whole number above zero."""
        text = self.text(*names)
        if not text:
            return None
        count = read_count(text)
        if count is None:
            self.problem("bad_number", names[0], f"{_short(text)} is no whole number.")
        return count or None

    def minutes(self, *names: str) -> int | None:
        """Return a running time in minutes."""
        text = self.text(*names)
        if not text:
            return None
        minutes = read_minutes(text)
        if minutes is None and text.strip("0.: "):
            self.problem("bad_number", names[0], f"{_short(text)} is no running time.")
        return minutes

    def rating(self, scale: float, *names: str) -> float | None:
        """Return a rating on the scale to ten; nothing and zero mean unrated."""
        text = self.text(*names)
        if not text.strip("0.,"):
            return None
        rating = read_rating(text, scale)
        if rating is None:
            self.problem("bad_rating", names[0], f"{_short(text)} is no rating up to {scale:g}.")
        return rating

    def money(self, currency: str | None, *names: str) -> Money | None:
        """Return a price; zero means unknown."""
        text = self.text(*names)
        if not text:
            return None
        money = read_money(text, currency)
        if money is None:
            self.problem("bad_price", names[0], f"{_short(text)} is no price. Write 12.50.")
        return money if money and money.minor else None

    def isbn(self, *names: str) -> str | None:
        """Return an ISBN-13 from the first of these columns that holds one."""
        for name in names:
            text = self.text(name).strip("[]")
            for part in (text, *text.split(",")):
                if part and (number := read_isbn(part)):
                    return number
        text = self.text(*names).strip("[]")
        if text and not read_barcode(text):
            self._bad_number(text, "bad_isbn", names[0])
        return None

    def barcode(self, *names: str) -> str | None:
        """Return a trade item number from the first of these columns that holds one."""
        for name in names:
            text = self.text(name)
            if text and (number := read_barcode(text) or read_isbn(text)):
                return number
        text = self.text(*names)
        if text:
            self._bad_number(text, "bad_barcode", names[0])
        return None

    def format(self, text: str, field: str, kind: str, default: str | None = None) -> str:
        """Return our format for a name; an unknown one is ``other`` and a problem."""
        if not text:
            return default if default in FORMATS else "other"
        word = read_format(text, kind)
        if not word.known:
            self.problem(
                "unknown_format",
                field,
                f"{_short(text)} is no format we know; the copy was filed under “other”.",
            )
        return word.format

    def condition(self, *names: str) -> str | None:
        """Return our condition for a name."""
        text = self.text(*names)
        if not text:
            return None
        condition = read_condition(text)
        if condition is None:
            self.problem(
                "unknown_condition", names[0], f"{_short(text)} is no condition we know; left out."
            )
        return condition

    def _bad_number(self, text: str, code: str, field: str) -> None:
        self.problems.append(number_problem(text, code, field))


def number_problem(text: str, code: str, field: str) -> Problem:
    """Say why a number is no id, and what to do."""
    if is_damaged(text):
        return Problem(
            "damaged_barcode",
            field,
            f"{_short(text)} was damaged by a spreadsheet. Format the column as text, enter the "
            "number again and import the row once more.",
        )
    hint = ""
    if len(text) == _UPC_WITHOUT_ZERO and read_barcode(f"0{text}"):
        hint = " A leading zero may have been lost."
    return Problem(code, field, f"The check digit of {_short(text)} does not fit.{hint}")


def copy_of(row: Row, kind: str, text: str, options: SourceOptions, **fields: Any) -> CopyRow:  # noqa: ANN401  (fields of the row)
    """Make an owned copy whose format stands in ``text``, with the resolution that names."""
    format_ = row.format(text, "format", kind, options.default_format)
    resolution = read_format(text, kind).resolution if text else None
    return CopyRow(format_, **{"resolution": resolution, **fields})


class TableSource:
    """A source that is one table. A format says its columns, and how a row is read."""

    name: ClassVar[str]
    label: ClassVar[str]
    description: ClassVar[str]
    extensions: ClassVar[tuple[str, ...]] = TABLE_EXTENSIONS
    required: ClassVar[tuple[str, ...]]
    """Columns without which a table is not of this format."""
    typical: ClassVar[tuple[str, ...]] = ()
    """Columns that make it certain."""

    def detect(self, sample: Sample) -> float:
        """Score by the columns: all required ones are needed, typical ones add certainty."""
        if not sample.has(*self.required):
            return 0.0
        if not self.typical:
            return 0.8
        return 0.6 + 0.4 * sum(sample.has(name) for name in self.typical) / len(self.typical)

    def total(self, file: SourceFile) -> int | None:
        """Count the records: exact for a well-formed table without blank lines."""
        with open_content(file.path) as stream:
            return max(0, count_records(stream) - 1)

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the rows as a stream; raises ``SourceError`` for what is no such table."""
        with open_table(file, self.required, self.label) as table:
            yield from self.read_table(table, options)

    def read_table(self, table: Table, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read an open table row by row."""
        columns = Columns(table.header)
        empty = True
        for line, cells, flaws in table:
            empty = False
            if flaws and any(flaw.fatal for flaw in flaws):
                yield failed_record(line, cells, flaws, table)
                continue
            row = Row(line, cells, columns)
            if flaws:
                row.problems += problems_of(flaws)
            found = self.read(row, options)
            if found is not None:
                yield found
        if empty:
            raise header_only(table.header)

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure | None:
        """Read one row; ``None`` leaves it out without a word."""
        raise NotImplementedError


@contextmanager
def open_table(file: SourceFile, required: tuple[str, ...], label: str) -> Iterator[Table]:
    """Open a file as a table whose header has the required columns."""
    with open_content(file.path) as stream:
        try:
            table = Table(stream, is_header=require(required) if required else None)
        except UnreadableError as error:
            if error.code == NOT_THIS_FORMAT and error.line is not None:
                raise UnreadableError(
                    NOT_THIS_FORMAT,
                    f"This is no export of {label}: no line has the columns "
                    f"{', '.join(required)}. Choose another source, or map the columns.",
                    1,
                ) from error
            raise
        yield table


def header_only(header: Header) -> UnreadableError:
    """Say that a table has no rows."""
    return UnreadableError(
        HEADER_ONLY, "The file has a header and no rows. Export it again.", header.line
    )


def failed_record(line: int, cells: list[str], flaws: tuple[Flaw, ...], table: Table) -> RowFailure:
    """Make a failure of a record that cannot be used."""
    raw = {name: cell for name, cell in zip(table.header.names, cells, strict=False) if cell}
    if rest := [cell for cell in cells[len(table.header.names) :] if cell]:
        raw["…"] = " | ".join(rest)
    worst = next(flaw for flaw in flaws if flaw.fatal)
    return RowFailure(line, worst.code, worst.message, raw)


def problems_of(flaws: tuple[Flaw, ...]) -> list[Problem]:
    """Make problems of what was repaired in a record."""
    return [Problem(flaw.code, "", flaw.message) for flaw in flaws]


def _short(text: str) -> str:
    return f"“{text[:_LONGEST_LABEL]}…”" if len(text) > _LONGEST_LABEL else f"“{text}”"
