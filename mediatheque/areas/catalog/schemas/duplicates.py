"""Near duplicates and merges on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.catalog.schemas.details import Kind
from mediatheque.areas.catalog.schemas.reads import MemberLink, TitleCore
from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor, Feed
from mediatheque.kit.wire import Filter, Input, Wire

Side = Literal["left", "right"]
MergeField = Literal[
    "kind",
    "title",
    "original_title",
    "sort_title",
    "synopsis",
    "year",
    "released_on",
    "runtime_minutes",
    "age_rating",
    "minimum_age",
    "rating",
    "status",
    "poster",
    "available_from",
    "available_until",
    "details",
]


class DuplicateFilter(Filter):
    """Pairs, the likeliest first."""

    state: Literal["open", "dismissed"] = "open"
    min_score: Annotated[int, Field(ge=0, le=100)] = 0
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT


class DuplicateRead(Wire):
    """Two works that may be one; ``left`` is the older."""

    id: UUID
    score: int = Field(description="0 to 100.")
    reasons: list[str]
    found_at: datetime
    left: TitleCore
    right: TitleCore


class DuplicateFeed(Feed[DuplicateRead]):
    """Pairs with their number."""

    total: int


class MergeChoice(Input):
    """Which work stays, and whose value each field gets.

    A field that is not named keeps the value of the work that stays, or is filled from the other
    where that is empty. Words, credits, ids, seasons and episodes of both are kept.
    """

    keep: Side
    fields: dict[MergeField, Side] = Field({})


class MergeDone(Wire):
    """A merge and the work that stays."""

    merge_id: UUID
    title: TitleCore


class MergeRead(Wire):
    """A merge that was done; it can be undone once, while the kept work stands."""

    id: UUID
    about: Literal["title", "person"] = Field(
        description="A merge of works is undone by `/merges`, one of people by `/people/merges`."
    )
    label: str
    kept_id: UUID
    kept_slug: str | None
    kept_kind: Kind | None
    gone_id: UUID
    gone_title: str
    merged_by: MemberLink | None
    merged_at: datetime
    undone_at: datetime | None
    can_undo: bool


class MergeFilter(Filter):
    """Merges, the newest first."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
