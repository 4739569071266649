"""A work as lists show it, and what a list counts beside it."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from mediatheque.areas.catalog.schemas.details import Kind
from mediatheque.areas.catalog.schemas.pictures import Picture
from mediatheque.areas.catalog.schemas.reads import TitleLine
from mediatheque.kit.paging import Feed
from mediatheque.kit.wire import Wire


class TitleBrief(Wire):
    """A work as others refer to it."""

    id: UUID
    slug: str
    kind: Kind
    title: str
    year: int | None
    poster: Picture | None


class Owned(Wire):
    """How much of a work is owned."""

    copies_count: int
    formats: list[str] = Field(description="Formats of the copies.")
    is_on_loan: bool = Field(description="Whether a copy is lent.")


class TitleCard(TitleLine, Owned):
    """A work as a tile or a table row."""


class FacetCount(Wire):
    """A value of a facet, and how many works of the list have it."""

    value: str
    label: str
    count: int


class Facets(Wire):
    """Counts for each filter.

    A facet's own filter is left out of its counts, so that they say what choosing one more
    value would add; all other filters apply. At most 50 values each, the most frequent first.
    """

    kind: list[FacetCount] = Field([])
    genre: list[FacetCount] = Field([])
    tag: list[FacetCount] = Field([])
    mood: list[FacetCount] = Field([])
    theme: list[FacetCount] = Field([])
    language: list[FacetCount] = Field([])
    country: list[FacetCount] = Field([])
    format: list[FacetCount] = Field([])
    resolution: list[FacetCount] = Field([])
    library: list[FacetCount] = Field([])
    decade: list[FacetCount] = Field([])


class TitleFeed(Feed[TitleCard]):
    """Works in the chosen order; with ``facets=true`` also the counts and the total."""

    total: int | None = None
    facets: Facets | None = None
    has_current_counts: bool = Field(
        default=True,
        description="False where total and facets are those of a few seconds ago: in a space of "
        "thousands of works, just after a write.",
    )
