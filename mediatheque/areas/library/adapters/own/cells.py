"""What the cells of our own CSV mean: values read once per distinct cell and remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from mediatheque.areas.library.adapters.vocabulary.formats import read_format, read_resolution
from mediatheque.areas.library.adapters.vocabulary.words import (
    JOBS,
    read_condition,
    read_kind,
    read_language,
    read_yes,
)
from mediatheque.kit.dates import read_date, read_year
from mediatheque.kit.figures import Money, read_count, read_minutes, read_money, read_rating

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

T = TypeVar("T")

_LARGEST: Final = 20_000
_PART: Final = 10_000
_ESCAPED: Final = re.compile(r"\\([\\;])")

Mark = tuple[str, "date | None"]
Person = tuple[str, str | None]


class Remembered(dict[str, T | None], Generic[T]):
    """Cells and what they mean; what means nothing is ``None`` and kept in ``bad``.

    Bounded: with too many distinct cells it starts anew.
    """

    def __init__(
        self, read: Callable[[str], T | None], column: str, code: str, hint: str = ""
    ) -> None:
        super().__init__({"": None})
        self.bad: set[str] = set()
        self.column = column
        self.code = code
        self.hint = hint
        self.alarm: list[Remembered[Any]] = []
        self._read = read

    def __missing__(self, cell: str) -> T | None:
        if len(self) > _LARGEST:
            self.clear()
            self.bad.clear()
            self[""] = None
        value = self[cell] = self._read(cell.strip())
        if value is None and cell.strip():
            if not self.bad and self not in self.alarm:
                self.alarm.append(self)
            self.bad.add(cell)
        return value

    __hash__ = object.__hash__  # type: ignore[assignment]  # compared as itself

    def __eq__(self, other: object) -> bool:
        return self is other


class Lists(dict[str, list[str]]):
    """Cells with lists, parted at ``;``; callers copy what they get."""

    def __missing__(self, cell: str) -> list[str]:
        if len(self) > _LARGEST:
            self.clear()
        found = self[cell] = list(dict.fromkeys(parts_of(cell)))
        return found


class Languages(dict[str, tuple[list[str], list[str]]]):
    """Cells with languages: their codes, and the names that are none."""

    def __missing__(self, cell: str) -> tuple[list[str], list[str]]:
        if len(self) > _LARGEST:
            self.clear()
        codes: dict[str, None] = {}
        unknown: list[str] = []
        for name in parts_of(cell):
            code = read_language(name)
            if code:
                codes[code] = None
            else:
                unknown.append(name)
        found = self[cell] = (list(codes), unknown)
        return found


class People(dict[str, tuple[Person, ...]]):
    """Cells with names; what stands in brackets behind a name comes second."""

    def __missing__(self, cell: str) -> tuple[Person, ...]:
        if len(self) > _LARGEST:
            self.clear()
        found = self[cell] = tuple(_person(part) for part in _split(cell) if part.strip())
        return found


def parts_of(cell: str) -> list[str]:
    """Part a cell at ``;``, leaving out what is blank and doubled blanks."""
    parts = _split(cell)
    if "; " in cell or " ;" in cell or "  " in cell or "\n" in cell or not all(parts):
        return [" ".join(part.split()) for part in parts if part.strip()]
    return parts


def _split(cell: str) -> list[str]:
    r"""Part a cell at ``;``, but not at ``\;``; a backslash in an entry may be written twice."""
    if "\\" not in cell:
        return cell.split(";")
    # A cell cannot hold NUL: it stands for the signs that are none while the cell is parted.
    held = _ESCAPED.sub(lambda found: "\0s" if found[1] == ";" else "\0b", cell)
    return [part.replace("\0s", ";").replace("\0b", "\\") for part in held.split(";")]


def escaped(entry: str) -> str:
    """Write an entry of a list so that it is one entry when it is read."""
    return entry.replace("\\", "\\\\").replace(";", "\\;")


def read_marks(cell: str) -> tuple[Mark, ...] | None:
    """Return what a ``watched`` cell says, or ``None`` where a part of it says nothing.

    ``no`` says that there is nothing.
    """
    marks: list[Mark] = []
    for part in cell.split(";"):
        word = part.strip()
        if not word:
            continue
        status, _, rest = word.partition(" ")
        if status in {"wanted", "started", "finished"}:
            day = read_date(rest) if rest else None
        else:
            status, day = "finished", read_date(word)
        told = read_yes(word) if day is None else None
        if told is False:
            continue
        if day is None and told is None and (rest or status == "finished" != word):
            return None
        marks.append((status, day))
    return tuple(marks)


def read_price(cell: str) -> Money | None:
    """Return a price of ``price`` and ``currency`` joined by a NUL, or ``None``."""
    amount, _, currency = cell.partition("\0")
    code = currency.strip().upper()
    known = code if len(code) == 3 and code.isalpha() and code.isascii() else None  # noqa: PLR2004  (ISO 4217 codes)
    return read_money(amount, known)


def read_part(cell: str) -> int | None:
    """Return the number of a season or an episode; specials are season 0."""
    number = read_count(cell.strip("sSeE "))
    return number if number is not None and number < _PART else None


class Memory:
    """All that is remembered while one file is read."""

    def __init__(self) -> None:
        number = "is no whole number; write 12."
        self.kinds: Remembered[str] = Remembered(read_kind, "kind", "unknown_kind")
        self.years = Remembered(read_year, "year", "bad_year", "is no year; write 1984.")
        self.seasons = Remembered(read_part, "season", "bad_number", number)
        self.episodes = Remembered(read_part, "episode", "bad_number", number)
        self.runtimes = Remembered(
            _runtime, "runtime_minutes", "bad_number", "is no running time; write 105."
        )
        self.ages = Remembered(read_part, "minimum_age", "bad_number", number)
        self.ratings = Remembered(_rating, "rating", "bad_rating", "is no rating from 0 to 10.")
        self.my_ratings = Remembered(
            _rating, "my_rating", "bad_rating", "is no rating from 0 to 10."
        )
        day = "is no date; write 2022-01-25."
        self.added = Remembered(read_date, "added_on", "bad_date", day)
        self.bought = Remembered(read_date, "bought_on", "bad_date", day)
        self.loaned = Remembered(read_date, "loaned_on", "bad_date", day)
        self.released = Remembered(read_date, "released_on", "bad_date", day)
        self.watched = Remembered(
            read_marks, "watched", "bad_mark", "is neither a date nor yes, started or wanted."
        )
        self.formats = Remembered(
            _format, "format", "unknown_format", "is no format we know; filed under “other”."
        )
        self.resolutions = Remembered(
            read_resolution,
            "resolution",
            "unknown_resolution",
            "is none of sd, hd, full_hd, uhd_4k; left out.",
        )
        self.conditions = Remembered(
            read_condition, "condition", "unknown_condition", "is no condition we know; left out."
        )
        self.prices = Remembered(read_price, "price", "bad_price", "is no price; write 12.50.")
        self.lists = Lists()
        self.people = People()
        self.languages = Languages()
        self.complaining: list[Remembered[Any]] = []
        """Those that have met a cell that means nothing; the kinds refuse the row instead."""
        for value in vars(self).values():
            if isinstance(value, Remembered) and value is not self.kinds:
                value.alarm = self.complaining


def _format(cell: str) -> str | None:
    word = read_format(cell)
    return word.format if word.known else None


def _rating(cell: str) -> float | None:
    """Return a rating; 0 is one that says nothing, and no mistake."""
    value = read_rating(cell, 10)
    return 0.0 if value is None and not cell.strip("0.,") else value


def _runtime(cell: str) -> int | None:
    value = read_minutes(cell)
    return 0 if value is None and not cell.strip("0") else value


def _person(text: str) -> Person:
    name = " ".join(text.split())
    return part_brackets(name) if name.endswith(")") else (name, None)


def part_brackets(name: str) -> Person:
    """Part ``Brigitte Helm (Maria (robot))`` into the name and what its last brackets hold.

    Empty brackets hold ``None`` and are taken away as well; without brackets there is ``None``.
    """
    if not name.endswith(")"):
        return name, None
    depth = 0
    for place in range(len(name) - 1, 0, -1):
        depth += (name[place] == ")") - (name[place] == "(")
        if depth == 0:
            before = name[:place].rstrip()
            return (before, name[place + 1 : -1].strip() or None) if before else (name, None)
    return name, None


def job_in(brackets: str | None) -> str | None:
    """Return the job that brackets name, or ``None``."""
    return brackets if brackets in JOBS else None
