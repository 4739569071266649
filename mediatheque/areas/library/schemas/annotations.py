"""Notes, ratings and marks on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.catalog.schemas.reads import MemberLink
from mediatheque.kit.wire import Input, Prose, Wire

Body = Annotated[Prose, Field(min_length=1, max_length=20_000)]
MarkStatus = Literal["wanted", "started", "finished"]


class NoteRead(Wire):
    """A member's note on a work; a private one is shown to its author only."""

    id: UUID
    title_id: UUID
    body: str
    is_shared: bool
    author: MemberLink | None
    created_at: datetime
    edited_at: datetime | None
    can_edit: bool
    can_delete: bool


class NoteCreate(Input):
    """A note, private unless shared."""

    body: Body
    is_shared: bool = False


class NoteUpdate(Input):
    """What is to change of a note."""

    body: Body | None = None
    is_shared: bool | None = None


class RatingsRead(Wire):
    """What members gave a work, from 0.5 to 10."""

    average: float | None
    count: int


class RatingSet(Input):
    """A member's rating, in halves."""

    rating: Annotated[float, Field(ge=0.5, le=10, multiple_of=0.5)]


class RatingRead(Wire):
    """One's own rating beside everybody's."""

    my_rating: float | None
    ratings: RatingsRead


class MarkSet(Input):
    """What one did with a work."""

    status: MarkStatus
    finished_on: date | None = None


class MarkRead(Wire):
    """What one did with a work; ``times`` counts how often it was finished."""

    status: MarkStatus
    finished_on: date | None
    times: int = 0
