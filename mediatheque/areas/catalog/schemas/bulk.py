"""Changing many works at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from mediatheque.areas.catalog.schemas.details import Kind, Status
from mediatheque.areas.catalog.schemas.texts import Line, Name
from mediatheque.areas.catalog.schemas.titles import Aged, Minutes, Words, Year
from mediatheque.kit.wire import Input, Wire

MOST = 5000
SHOWN = 100

Missing = Literal[
    "year", "synopsis", "poster", "runtime_minutes", "released_on", "genres", "tags", "credits"
]
Values = Annotated[list[Name], Field(max_length=100)]


class BulkFilter(Input):
    """Works by what the catalogue knows of them; several values of a field mean any of them."""

    kind: list[Kind] = Field([])
    status: list[Status] = Field([])
    genre: Values = Field([])
    tag: Values = Field([])
    language: Values = Field([])
    country: Values = Field([])
    person: Values = Field([], description="Ids or addresses.")
    year_from: Year | None = None
    year_to: Year | None = None
    q: Line = Field("", description="How the title begins.")
    missing: list[Missing] = Field([], description="Fields that are empty; several mean all.")


class BulkSet(Aged):
    """Fields to set on every work; null empties one, what is not sent stays."""

    kind: Kind = "other"
    status: Status = "published"
    year: Year | None = None
    released_on: date | None = None
    runtime_minutes: Minutes | None = None
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None


class BulkEdit(Input):
    """Which works (``ids`` or ``filter``, not both), and what to change in them."""

    ids: list[UUID] | None = Field(None, min_length=1, max_length=MOST)
    filter: BulkFilter | None = None
    set: BulkSet = Field(default_factory=BulkSet)
    add_tags: Words = Field([])
    remove_tags: Words = Field([])
    add_genres: Words = Field([])
    remove_genres: Words = Field([])


class BulkSides(Wire):
    """A field before and after."""

    before: Any
    after: Any


class BulkChange(Wire):
    """A work that changes."""

    id: UUID
    title: str
    changes: dict[str, BulkSides]


class BulkOutcome(Wire):
    """How many works change, and the first hundred of them."""

    count: int
    changes: list[BulkChange]
