"""What arrives in bulk: works as an import has normalised and matched them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import orjson

from mediatheque.kit.db.staging import cells

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

Mode = Literal["add", "fill", "overwrite"]

FIELDS = {
    "title": "text",
    "original_title": "text",
    "sort_title": "text",
    "synopsis": "text",
    "year": "smallint",
    "released_on": "date",
    "runtime_minutes": "int",
    "age_rating": "text",
    "minimum_age": "smallint",
    "rating": "smallint",
}
"""Plain columns that a source can bring, with their types."""


@dataclass(slots=True)
class CreditDraft:
    """A credit; people are found or made by their folded name."""

    name: str
    name_key: str
    job: str
    character: str | None = None


@dataclass(slots=True)
class EpisodeDraft:
    """An episode of a series."""

    season: int
    number: int
    title: str | None = None
    synopsis: str | None = None
    aired_on: date | None = None
    runtime_minutes: int | None = None


@dataclass(slots=True)
class SeasonDraft:
    """A season of a series."""

    number: int
    title: str | None = None
    expected_episodes: int | None = None


@dataclass(slots=True)
class TitleDraft:
    """A new work, or what is to be added to one that exists (``is_new`` False).

    ``terms`` are ``(scheme, slug, name)``; ``rating`` is in tenths. ``position`` orders drafts.
    ``staged`` are the cells that matching does not decide, as :func:`stage` makes them.
    """

    position: int
    title_id: UUID
    is_new: bool
    kind: str
    title: str
    title_key: str
    sort_key: str
    slug: str
    sort_title: str | None = None
    original_title: str | None = None
    synopsis: str | None = None
    year: int | None = None
    released_on: date | None = None
    runtime_minutes: int | None = None
    age_rating: str | None = None
    minimum_age: int | None = None
    rating: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    credits: list[CreditDraft] = field(default_factory=list)
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    seasons: list[SeasonDraft] = field(default_factory=list)
    episodes: list[EpisodeDraft] = field(default_factory=list)
    added_at: datetime | None = None
    staged: str = ""


STAGED = {
    "slug": "text",
    "kind": "text",
    "title_key": "text",
    "sort_key": "text",
    **FIELDS,
    "details": "jsonb",
    "added_at": "timestamptz",
}
"""The columns that :func:`stage` makes cells of, in its order."""


def stage(draft: TitleDraft) -> TitleDraft:
    """Make :data:`STAGED` ready, which does not depend on what becomes of the draft; answers it."""
    draft.staged = cells(
        (
            draft.slug,
            draft.kind,
            draft.title_key,
            draft.sort_key,
            *(getattr(draft, name) for name in FIELDS),
            orjson.dumps(draft.details).decode() if draft.details else "{}",
            draft.added_at,
        )
    )
    return draft


@dataclass(slots=True)
class Intake:
    """What a batch did to works that existed.

    ``changes``: title → field → (before, after). ``extended``: titles that got new credits,
    terms, ids. ``grown``: titles that got new seasons or episodes.
    """

    changes: dict[UUID, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    extended: set[UUID] = field(default_factory=set)
    grown: set[UUID] = field(default_factory=set)
