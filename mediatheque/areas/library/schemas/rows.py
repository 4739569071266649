"""The one shape in which every source of the library yields its rows.

Adapters turn a file into a stream of :class:`ItemRow` and :class:`RowFailure`; what happens
with them (matching, applying, reporting) is the same for all sources. Plain slotted
dataclasses, because an import makes hundreds of thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Problem:
    """Something in a row that was left out or repaired; the row itself goes in.

    ``code`` is stable (``damaged_barcode``, ``bad_date``, ``bad_number``, ``unknown_format`` …),
    ``field`` the source's column, ``message`` says what happened and what to do.
    """

    code: str
    field: str
    message: str


@dataclass(slots=True)
class RowFailure:
    """A row that cannot go in. ``line`` is 1-based in the source file (or the item's ordinal)."""

    line: int
    code: str
    message: str
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class CreditRow:
    """A person's part in a work; ``job`` is a value of the catalogue's job vocabulary."""

    name: str
    job: str
    character: str | None = None


@dataclass(slots=True)
class CopyRow:
    """One owned item with the edition it is a copy of. Prices are integer minor units.

    ``added_on`` is the item's own, where it differs from the row's.
    """

    format: str = "other"
    resolution: str | None = None
    edition: str | None = None
    region: str | None = None
    barcode: str | None = None
    publisher: str | None = None
    released_on: date | None = None
    condition: str | None = None
    location: str | None = None
    price_cents: int | None = None
    currency: str | None = None
    bought_on: date | None = None
    signed: bool = False
    notes: str | None = None
    loaned_to: str | None = None
    loaned_on: date | None = None
    count: int = 1
    library: str | None = None
    added_on: date | None = None


@dataclass(slots=True)
class MarkRow:
    """What the importing person did with the work: ``wanted``, ``started`` or ``finished``.

    ``season`` and ``episode`` say it of a part of the row's series; ``times`` counts how often it
    was finished, where the source counts instead of listing.
    """

    status: str
    on: date | None = None
    season: int | None = None
    episode: int | None = None
    times: int | None = None


@dataclass(slots=True)
class EpisodeRow:
    """An episode within a season of a series."""

    season: int
    number: int
    title: str | None = None
    aired_on: date | None = None
    runtime_minutes: int | None = None
    synopsis: str | None = None


@dataclass(slots=True)
class SeasonRow:
    """A season of a series with the episodes the source knows."""

    number: int
    title: str | None = None
    expected_episodes: int | None = None
    episodes: list[EpisodeRow] = field(default_factory=list)


@dataclass(slots=True)
class ItemRow:
    """One row of a source: a work, what is owned of it, and what its owner noted.

    Ratings are 0–10 (a half star of five is 1.0); ``added_on`` is when the source first had it.
    ``key`` is the source's own row key, ``None`` where the format has none (a content hash is
    taken then). ``season`` / ``episode`` say that the row is about that part of the series
    ``title``. ``external_ids`` holds only well-formed values: scheme → value.
    """

    line: int
    kind: str
    title: str
    key: str | None = None
    year: int | None = None
    original_title: str | None = None
    sort_title: str | None = None
    synopsis: str | None = None
    released_on: date | None = None
    runtime_minutes: int | None = None
    age_rating: str | None = None
    minimum_age: int | None = None
    season: int | None = None
    episode: int | None = None
    episode_title: str | None = None
    external_ids: dict[str, str] = field(default_factory=dict)
    credits: list[CreditRow] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    rating: float | None = None
    copies: list[CopyRow] = field(default_factory=list)
    my_rating: float | None = None
    marks: list[MarkRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    review: str | None = None
    seasons: list[SeasonRow] = field(default_factory=list)
    added_on: date | None = None
    problems: list[Problem] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
