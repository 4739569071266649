"""From a source's row to what matching and applying need. Runs in a thread, per row."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.areas.catalog.actions.intake import (
    CreditDraft,
    EpisodeDraft,
    SeasonDraft,
    TitleDraft,
    stage,
)
from mediatheque.areas.catalog.rules.ages import OLDEST, age_of
from mediatheque.areas.catalog.rules.matching import CREATORS, Wanted, id_scheme
from mediatheque.areas.catalog.rules.names import (
    default_sort_title,
    make_slug,
    sort_key,
    title_key,
)
from mediatheque.areas.exchange.schemas.runs import said
from mediatheque.areas.library.actions.imports.items import Item, count_of, items_of, midnight
from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow, Problem, RowFailure
from mediatheque.kit.db.jsonb import jsonb_of
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import fold, slugify

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.runs import Run

LONGEST_TITLE = 500
YEARS = range(-3000, 3000)
_BARCODES = ("upc", "ean", "ean13", "barcode")
OWN_SOURCES = frozenset({"csv", "json"})
"""Our own files: they say the work's own year, and tell ids of works from bar codes of items."""


@dataclass(slots=True)
class Prepared:
    """A row, ready. ``draft.title_id`` is decided by matching; a failure has no draft.

    ``places`` are the (key, ordinal) of the row's items, in their order, or of the row itself.
    ``items`` are its owned items; ``staged`` is what the report says of the row in any case.
    """

    position: int
    line: int
    row: ItemRow | RowFailure
    key: str
    digest: str
    wanted: Wanted | None = None
    draft: TitleDraft | None = None
    places: tuple[tuple[str, int], ...] = ()
    items: tuple[Item, ...] = ()
    staged: str = ""


class Words:
    """Folded forms and slugs, remembered: sources repeat names, genres and tags."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}
        self._slugs: dict[str, str] = {}

    def fold(self, word: str) -> str:
        """:func:`kit.text.fold`, remembered."""
        found = self._folded.get(word)
        if found is None:
            if len(self._folded) > 50_000:  # noqa: PLR2004  (bounds the memory of long imports)
                self._folded.clear()
            found = self._folded[word] = fold(word)
        return found

    def slug(self, word: str) -> str:
        """:func:`kit.text.slugify`, remembered."""
        found = self._slugs.get(word)
        if found is None:
            if len(self._slugs) > 50_000:  # noqa: PLR2004  (the same)
                self._slugs.clear()
            found = self._slugs[word] = slugify(word)
        return found


WORDS = Words()


def prepare(
    run: Run, position: int, row: ItemRow | RowFailure, *, passed: bool = False
) -> Prepared | None:
    """Normalise a row; of a passed one only its key is counted."""
    if isinstance(row, RowFailure):
        if passed:
            return None
        staged = said(row.line, "", None, row.raw)
        return Prepared(position, row.line, row, "", "", staged=staged)
    places = _places(run, row)
    if passed:
        return None
    _mend(run, row)
    raw = orjson.dumps(row.raw, default=str)
    told = raw if row.raw else orjson.dumps([row.title, row.year, row.kind], default=str)
    # JSON put together by hand, for the row's text is made once; imports remember these digests.
    digest = blake2b(b'["%b",%b]' % (run.mode.encode(), told), digest_size=12).hexdigest()
    key = places[0][0]
    prepared = Prepared(position, row.line, row, key, digest, places=places)
    prepared.staged = said(
        row.line, label_of(row), key or None, jsonb_of(raw.decode()), _problems(row)
    )
    prepared.items = tuple(items_of(row, places, digest))
    prepared.draft = stage(draft_of(row, position))
    prepared.wanted = Wanted(
        position,
        row.kind,
        prepared.draft.title_key,
        row.year,
        prepared.draft.ids,
        frozenset(c.name_key for c in prepared.draft.credits if c.job in CREATORS),
        is_exact=run.source in OWN_SOURCES,
        is_whole=run.source == "json",
        is_literal=run.source == "json" or row.added_on is not None,
        title=row.title,
    )
    return prepared


def _problems(row: ItemRow) -> list[dict[str, Any]] | None:
    return [
        {"code": one.code, "field": one.field, "message": one.message} for one in row.problems
    ] or None


def _places(run: Run, row: ItemRow) -> tuple[tuple[str, int], ...]:
    """The source's key; else a hash of the identifying cells with the n-th occurrence.

    Of a row without a key each item has a hash of its own: others may come and go beside it.
    """
    if row.key or len(row.copies) <= 1:
        key = row.key or _hashed(run, row, row.copies[0] if row.copies else None)
        count = sum(count_of(copy) for copy in row.copies)
        return tuple((key, ordinal) for ordinal in range(1, count + 1)) or ((key, 0),)
    return tuple(
        (key, ordinal)
        for copy in row.copies
        for key in (_hashed(run, row, copy),)
        for ordinal in range(1, count_of(copy) + 1)
    )


def _hashed(run: Run, row: ItemRow, copy: CopyRow | None) -> str:
    identity = identity_of(
        (row.kind, title_key(row.title), row.year, row.season, row.episode),
        (copy.format, copy.resolution, copy.edition, copy.region, copy.barcode) if copy else (),
        copy.library if copy else None,
    )
    number = int(identity, 16)
    seen: set[int] = run.memory.setdefault("seen", set())
    again: dict[int, int] = run.memory.setdefault("again", {})
    if number not in seen:
        seen.add(number)
        return identity
    again[number] = again.get(number, 1) + 1
    return f"{identity}.{again[number]}"


def identity_of(work: tuple[Any, ...], item: tuple[Any, ...], library: str | None) -> str:
    """The hash of a row's identifying cells: 16 digits.

    ``work``: kind, title's key, year, season, episode; ``item``: format, resolution, edition,
    region, bar code.
    """
    cells = (*work, *item, *((library,) if library else ()))
    return blake2b(repr(cells).encode(), digest_size=8).hexdigest()


def _mend(run: Run, row: ItemRow) -> None:
    """Bring values into the ranges that the tables have, saying what was left out."""
    if len(row.title) > LONGEST_TITLE:
        row.title = row.title[:LONGEST_TITLE]
        row.problems.append(Problem("title_cut", "title", "The title was cut at 500 characters."))
    if row.year is not None and row.year not in YEARS:
        row.problems.append(Problem("bad_year", "year", f"{row.year} is not a year; left out."))
        row.year = None
    for name, top in (("rating", 10), ("my_rating", 10)):
        value = getattr(row, name)
        if value is not None and not 0 < value <= top:
            setattr(row, name, None)
    if row.runtime_minutes is not None and not 0 < row.runtime_minutes < 100_000:  # noqa: PLR2004  (minutes; the column takes no more)
        row.runtime_minutes = None
    if row.minimum_age is None and run.source not in OWN_SOURCES:
        row.minimum_age = age_of(row.age_rating)
    if row.minimum_age is not None and not 0 <= row.minimum_age <= OLDEST:
        said = f"{row.minimum_age} is no age from 0 to {OLDEST}; left out."
        row.problems.append(Problem("bad_age", "minimum_age", said))
        row.minimum_age = None
    for scheme in _BARCODES if run.source not in OWN_SOURCES else ():
        value = row.external_ids.pop(scheme, None)
        if value and row.copies and not row.copies[0].barcode:
            row.copies[0].barcode = value


def draft_of(row: ItemRow, position: int) -> TitleDraft:
    """The catalogue's part of a row."""
    sort = row.sort_title or default_sort_title(row.title, row.languages[:1])
    return TitleDraft(
        position=position,
        title_id=uuid7(),
        is_new=True,
        kind=row.kind,
        title=row.title,
        title_key=title_key(row.title),
        sort_key=sort_key(sort),
        slug=make_slug(row.title, row.year),
        sort_title=sort,
        original_title=row.original_title,
        synopsis=row.synopsis,
        year=row.year,
        released_on=row.released_on,
        runtime_minutes=row.runtime_minutes,
        age_rating=row.age_rating,
        minimum_age=row.minimum_age,
        rating=None if row.rating is None else round(row.rating * 10),
        details=row.details,
        ids={id_scheme(row.kind, scheme): value for scheme, value in row.external_ids.items()},
        credits=_credits(row),
        terms=_terms(row),
        seasons=[SeasonDraft(s.number, s.title, s.expected_episodes) for s in row.seasons],
        episodes=_episodes(row),
        added_at=midnight(row.added_on),
    )


def _credits(row: ItemRow) -> list[CreditDraft]:
    made = []
    seen: set[tuple[str, str, str | None]] = set()
    for credit in row.credits:
        key = WORDS.fold(credit.name)
        mark = (key, credit.job, credit.character)
        if key and mark not in seen:
            seen.add(mark)
            made.append(CreditDraft(credit.name, key, credit.job, credit.character))
    return made


def _terms(row: ItemRow) -> list[tuple[str, str, str]]:
    made: dict[tuple[str, str], str] = {}
    for scheme, names in (
        ("genre", row.genres),
        ("tag", row.tags),
        ("mood", row.moods),
        ("theme", row.themes),
        ("language", row.languages),
        ("country", row.countries),
    ):
        for name in names:
            made.setdefault((scheme, WORDS.slug(name)), name)
    return [(scheme, slug, name) for (scheme, slug), name in made.items()]


def _episodes(row: ItemRow) -> list[EpisodeDraft]:
    made = [
        EpisodeDraft(e.season, e.number, e.title, e.synopsis, e.aired_on, e.runtime_minutes)
        for season in row.seasons
        for e in season.episodes
    ]
    if row.season is not None and row.episode is not None:
        made.append(EpisodeDraft(row.season, row.episode, row.episode_title))
    return made


def label_of(row: ItemRow | RowFailure) -> str:
    """A row in words."""
    if isinstance(row, RowFailure):
        return ""
    place = ""
    if row.season is not None:
        place = f" S{row.season:02d}" + (f"E{row.episode:02d}" if row.episode is not None else "")
    return f"{row.title}{place}" + (f" ({row.year})" if row.year else "")


def jsonable(value: Any) -> Any:  # noqa: ANN401  (any cell)
    """A cell as JSON takes it."""
    return value if isinstance(value, str | int | float | bool | None) else str(value)
