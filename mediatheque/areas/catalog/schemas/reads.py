"""A work as it goes out: the catalogue's part, which the library's page builds on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from mediatheque.areas.catalog.schemas.details import Kind, Status
from mediatheque.areas.catalog.schemas.pictures import Picture
from mediatheque.areas.catalog.schemas.series import SeasonRead
from mediatheque.areas.catalog.schemas.titles import Job
from mediatheque.kit.wire import Wire


class TermLink(Wire):
    """A word of a vocabulary."""

    slug: str
    name: str


class PersonLink(Wire):
    """Somebody, with the address of their page."""

    id: UUID
    slug: str
    name: str


class CreditRead(Wire):
    """A part in a work, in the order of the credits."""

    person: PersonLink
    job: Job
    character: str | None
    position: int


class MemberLink(Wire):
    """Who added something."""

    id: UUID
    name: str


class TitleLine(Wire):
    """A work in one line."""

    id: UUID
    slug: str
    kind: Kind
    title: str
    year: int | None
    people: str = Field(description="Director, author or artist; several joined by commas.")
    poster: Picture | None
    rating: float | None = Field(description="Public rating, 0 to 10.")
    status: Status
    created_at: datetime


class TitleCore(TitleLine):
    """Everything the catalogue knows of a work."""

    original_title: str | None
    sort_title: str
    synopsis: str | None
    released_on: date | None
    runtime_minutes: int | None
    age_rating: str | None
    minimum_age: int | None = Field(description="Profiles with a lower limit don't see the work.")
    languages: list[str] = Field(description="ISO 639 codes.")
    countries: list[str] = Field(description="ISO 3166-1 codes.")
    genres: list[TermLink]
    tags: list[TermLink]
    moods: list[TermLink]
    themes: list[TermLink]
    external_ids: dict[str, str] = Field(description="Scheme → value.")
    credits: list[CreditRead]
    details: dict[str, Any] = Field(description="What works of this kind have besides.")
    seasons: list[SeasonRead]
    available_from: datetime | None
    available_until: datetime | None
    updated_at: datetime
    added_by: MemberLink | None
    can_edit: bool
    can_delete: bool
    revision: int = Field(description="Send it back with an edit, to notice another's.")
