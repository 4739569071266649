"""A work as lists show it, and what a list counts beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.kit.paging import Feed
from mediatheque.kit.wire import Wire

Kind = Literal["movie", "series", "album", "book", "game", "comic", "other"]
Status = Literal["draft", "in_review", "scheduled", "published", "archived"]


class ImageSources(Wire):
    """Addresses of a picture's variants: 150, 600 and 1200 px on the long side."""

    small: str
    medium: str
    large: str


class ImageRead(Wire):
    """A picture with what a page needs before it is loaded."""

    id: UUID
    width: int | None
    height: int | None
    blurhash: str | None
    dominant_color: str | None
    sources: ImageSources


class TitleBrief(Wire):
    """A work in one line."""

    id: UUID
    slug: str
    kind: Kind
    title: str
    year: int | None
    poster: ImageRead | None


class TitleCard(TitleBrief):
    """A work as a tile or a table row."""

    people: str = Field(description="Director, author or artist; several joined by commas.")
    rating: float | None = Field(description="Public rating, 0 to 10.")
    status: Status
    copies_count: int
    formats: list[str] = Field(description="Formats of its editions.")
    is_on_loan: bool
    created_at: datetime


class FacetCount(Wire):
    """A value of a facet, and how many works of the list have it."""

    value: str
    label: str
    count: int


class Facets(Wire):
    """Counts for each filter.

    A facet's own filter is left out of its counts, so that they say what choosing one more
    value would add; all other filters apply. At most 100 values each, the most frequent first.
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
