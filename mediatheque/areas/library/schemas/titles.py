"""Everything about a work in one place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from mediatheque.areas.library.schemas.annotations import MarkRead, NoteRead, RatingsRead
from mediatheque.areas.library.schemas.cards import TitleCard
from mediatheque.areas.library.schemas.copies import EditionRead, MemberBrief
from mediatheque.kit.wire import Wire


class TermBrief(Wire):
    """A word of a vocabulary."""

    id: UUID
    slug: str
    name: str


class CreditPerson(Wire):
    """Somebody with credits."""

    id: UUID
    slug: str
    name: str


class CreditRead(Wire):
    """A person's part in a work."""

    person: CreditPerson
    job: str
    character: str | None
    position: int


class SeasonRead(Wire):
    """A season with how much of it is known."""

    id: UUID
    number: int
    title: str | None
    expected_episodes: int | None
    episodes_count: int
    is_complete: bool = Field(description="As many episodes as expected, where that is known.")


class TitleRead(TitleCard):
    """A work with its credits, editions, copies, notes and ratings."""

    original_title: str | None
    sort_title: str
    synopsis: str | None
    released_on: date | None
    runtime_minutes: int | None
    age_rating: str | None
    languages: list[TermBrief]
    countries: list[TermBrief]
    genres: list[TermBrief]
    tags: list[TermBrief]
    moods: list[TermBrief]
    themes: list[TermBrief]
    external_ids: dict[str, str]
    credits: list[CreditRead]
    details: dict[str, Any]
    seasons: list[SeasonRead]
    editions: list[EditionRead]
    notes: list[NoteRead]
    my_rating: float | None
    ratings: RatingsRead
    my_mark: MarkRead | None
    available_from: datetime | None
    available_until: datetime | None
    added_by: MemberBrief | None
    updated_at: datetime
    revision: int
    can_edit: bool
    can_delete: bool
