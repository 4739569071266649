"""How one file of our own CSV is read: a plan made from its header, then rows without look-ups.

A row costs one pick per group of columns (in C) and dictionary look-ups of cells met before;
function calls per cell would cost more than all of it. A column the file lacks reads as an empty
cell that every record gets at its end.
"""

from __future__ import annotations

from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.rules.ages import age_of
from mediatheque.areas.library.adapters.own.cells import Memory, job_in, parts_of
from mediatheque.areas.library.adapters.own.columns import MAKER, unguard
from mediatheque.areas.library.adapters.tables import number_problem
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    ItemRow,
    MarkRow,
    Problem,
    RowFailure,
)
from mediatheque.kit.identifiers import is_damaged, read_barcode, read_imdb_id, read_isbn
from mediatheque.kit.tabular import unwrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from mediatheque.areas.exchange.schemas.sources import SourceOptions
    from mediatheque.kit.tabular import Header

_WORK: Final = (
    "kind", "title", "year", "original_title", "sort_title", "season", "episode",
    "runtime_minutes", "rating", "added_on", "genre", "tags", "language", "my_rating", "watched",
    "notes",
)  # fmt: skip
_IDS: Final = ("isbn13", "imdb_id", "tmdb_id")
_PEOPLE: Final = ("director", "cast")
_COPY: Final = (
    "format", "resolution", "edition", "region", "barcode", "location", "condition", "price",
    "currency", "bought_on", "loaned_to", "publisher", "edition_released_on", "signed",
    "loaned_on", "library",
)  # fmt: skip
_OWNED: Final = (
    "format", "resolution", "edition", "region", "barcode", "location", "condition", "price",
    "bought_on", "loaned_to", "signed", "loaned_on", "library",
)  # fmt: skip
_MORE: Final = (
    "episode_title", "synopsis", "age_rating", "minimum_age", "released_on", "country", "mood",
    "theme", "review",
)  # fmt: skip
_BARCODE_LENGTHS: Final = frozenset({8, 12, 13, 14})
_LONGEST_BARCODE: Final = 40


class Plan:
    """Reads the records of one file into rows."""

    def __init__(self, header: Header, options: SourceOptions) -> None:
        index = header.index()
        self._names = header.names
        self._memory = Memory()
        self._options = options
        absent = len(header.names)
        places = {name: index.get(name.replace("_", ""), absent) for name in (
            *_WORK, *_IDS, *_PEOPLE, *_COPY, *_MORE
        )}  # fmt: skip
        self._places = places
        self._work = _picker(places, _WORK)
        self._ids = _picker(places, _IDS)
        self._people = _picker(places, _PEOPLE)
        self._copy = _picker(places, _COPY)
        self._owned = _picker(places, _OWNED)
        self._more = _picker(places, _MORE)
        self._has_more = any(places[name] != absent for name in _MORE)
        self._has_ages = places["minimum_age"] != absent
        self._default_kind = self._memory.kinds[options.default_kind or ""]

    def read(self, line: int, cells: list[str]) -> ItemRow | RowFailure:
        """Read a record."""
        raw = dict(compress(zip(self._names, cells, strict=False), cells))
        cells.append("")
        if _needs_cleaning("\0".join(cells)):
            cells = [unguard(unwrap(cell)) for cell in cells]
        (
            kind_cell, title, year, original_title, sort_title, season, episode, runtime, rating,
            added, genre, tags, language, my_rating, watched, notes,
        ) = self._work(cells)  # fmt: skip
        memory = self._memory
        kind = memory.kinds[kind_cell] or self._kind(kind_cell, cells)
        if kind is None or not title:
            return _refuse(line, kind_cell if title else None, raw)
        item = ItemRow(
            line,
            kind,
            title,
            year=memory.years[year],
            original_title=original_title or None,
            sort_title=sort_title or None,
            runtime_minutes=memory.runtimes[runtime] or None,
            season=memory.seasons[season],
            episode=memory.episodes[episode],
            genres=memory.lists[genre].copy(),
            tags=memory.lists[tags].copy(),
            rating=memory.ratings[rating] or None,
            my_rating=memory.my_ratings[my_rating] or None,
            added_on=memory.added[added],
            raw=raw,
        )
        if language:
            codes, unknown = memory.languages[language]
            item.languages = codes.copy()
            if unknown:
                _refuse_languages(item, unknown)
        if watched and (marks := memory.watched[watched]):
            item.marks = [MarkRow(status, day) for status, day in marks]
        self._read_ids(item, cells)
        self._read_people(item, cells)
        self._read_copy(item, cells, notes)
        if self._has_more:
            self._read_more(item, cells)
        if memory.complaining:
            self._complain(item, cells)
        return item

    def _kind(self, cell: str, cells: list[str]) -> str | None:
        """Tell the kind of a row that does not say it; ``None`` for a word that is none."""
        if cell.strip():
            return None
        if self._default_kind:
            return self._default_kind
        if cells[self._places["season"]] or cells[self._places["episode"]]:
            return "series"
        return "book" if cells[self._places["isbn13"]] else "movie"

    def _read_ids(self, item: ItemRow, cells: list[str]) -> None:
        isbn, imdb, tmdb = self._ids(cells)
        if isbn:
            number = read_isbn(isbn)
            if number:
                item.external_ids["isbn13"] = number
            else:
                item.problems.append(number_problem(isbn, "bad_isbn", "isbn13"))
        if imdb:
            found = read_imdb_id(imdb)
            if found:
                item.external_ids["imdb"] = found
            else:
                _bad_id(item, imdb, "imdb_id", "tt0017136")
        if tmdb:
            if tmdb.isdecimal() and tmdb.isascii():
                item.external_ids["tmdb"] = tmdb.lstrip("0")
            else:
                _bad_id(item, tmdb, "tmdb_id", "603")

    def _read_people(self, item: ItemRow, cells: list[str]) -> None:
        makers, cast = self._people(cells)
        people = self._memory.people
        made = item.credits
        if makers:
            usual = MAKER[item.kind]
            for name, brackets in people[makers]:
                job = job_in(brackets)
                whole = name if job or not brackets else f"{name} ({brackets})"
                made.append(CreditRow(whole, job or usual))
        if "(" in cast:
            made += [CreditRow(name, "actor", character) for name, character in people[cast]]
        elif cast:
            made += [CreditRow(name, "actor") for name in parts_of(cast)]

    def _read_copy(self, item: ItemRow, cells: list[str], notes: str) -> None:
        if not any(self._owned(cells)):
            if notes:
                item.notes.append(notes)
            return
        (
            format_, resolution, edition, region, barcode, location, condition, price, currency,
            bought, loaned_to, publisher, released, signed, loaned, library,
        ) = self._copy(cells)  # fmt: skip
        memory = self._memory
        copy = CopyRow(
            memory.formats[format_] or (self._options.default_format if not format_ else None)
            or "other",
            resolution=memory.resolutions[resolution],
            edition=edition or None,
            region=region or None,
            publisher=publisher or None,
            released_on=memory.released[released],
            condition=memory.conditions[condition],
            location=location or None,
            bought_on=memory.bought[bought],
            signed=signed == "yes",
            notes=notes or None,
            loaned_to=loaned_to or None,
            loaned_on=memory.loaned[loaned],
            library=library or None,
        )  # fmt: skip
        if barcode:
            copy.barcode = _barcode(item, barcode)
        if price:
            money = memory.prices[f"{price}\0{currency}"]
            if money:
                copy.price_cents, copy.currency = money.minor, money.currency
                if not money.currency:
                    copy.currency = self._options.default_currency
        item.copies.append(copy)

    def _read_more(self, item: ItemRow, cells: list[str]) -> None:
        (
            episode_title, synopsis, rated, age, released, country, mood, theme, review,
        ) = self._more(cells)  # fmt: skip
        lists = self._memory.lists
        item.episode_title = episode_title or None
        item.synopsis = synopsis or None
        item.age_rating = rated or None
        item.minimum_age = self._memory.ages[age] if self._has_ages else age_of(rated)
        item.released_on = self._memory.released[released]
        item.countries = lists[country].copy()
        item.moods = lists[mood].copy()
        item.themes = lists[theme].copy()
        item.review = review or None

    def _complain(self, item: ItemRow, cells: list[str]) -> None:
        """Note the cells of this row that meant nothing."""
        for remembered in self._memory.complaining:
            column = remembered.column
            cell = cells[self._places[column]]
            if column == "price":
                cell = f"{cell}\0{cells[self._places['currency']]}"
            if cell in remembered.bad:
                shown = cell.partition("\0")[0][:40]
                item.problems.append(
                    Problem(remembered.code, column, f"“{shown}” {remembered.hint}")
                )


def _picker(places: dict[str, int], names: tuple[str, ...]) -> Callable[[Any], tuple[str, ...]]:
    return itemgetter(*(places[name] for name in names))


def _needs_cleaning(joined: str) -> bool:
    """Whether a cell begins or ends with a blank, an apostrophe or spreadsheet protection."""
    return (
        "\0 " in joined
        or " \0" in joined
        or "\0'" in joined
        or '\0="' in joined
        or joined[0] in " '="
        or "\n\0" in joined
    )


def _refuse_languages(item: ItemRow, unknown: list[str]) -> None:
    for name in unknown:
        item.problems.append(
            Problem("unknown_language", "language", f"“{name[:40]}” is no language; left out.")
        )


def _barcode(item: ItemRow, cell: str) -> str | None:
    """Return a trade item number, or a label of the owner's own; what is damaged is none.

    Behind an apostrophe anything is a label, also digits that are no such number.
    """
    if cell.startswith("'"):
        return cell[1 : _LONGEST_BARCODE + 1].strip() or None
    number = read_barcode(cell)
    if number:
        return number
    plain = cell.replace(" ", "").replace("-", "")
    if is_damaged(cell) or (plain.isdecimal() and len(plain) in _BARCODE_LENGTHS):
        item.problems.append(number_problem(cell, "bad_barcode", "barcode"))
        return None
    if plain.isdecimal() or len(plain) > _LONGEST_BARCODE or not plain.isalnum():
        item.problems.append(number_problem(cell, "bad_barcode", "barcode"))
        return None
    return plain.upper()


def _bad_id(item: ItemRow, cell: str, column: str, example: str) -> None:
    item.problems.append(
        Problem("bad_id", column, f"“{cell[:40]}” is no such id; write {example}.")
    )


def _refuse(line: int, kind: str | None, raw: dict[str, Any]) -> RowFailure:
    if kind is None:
        return RowFailure(
            line, "missing_title", "The row has no title. Fill it in and import again.", raw
        )
    return RowFailure(
        line,
        "unknown_kind",
        f"“{kind[:40]}” is no kind of work. Write movie, series, album, book, game, comic or "
        "other.",
        raw,
    )
