"""Wire shapes of the activity feed and of live news."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from mediatheque.areas.audit.rules import clean_ref
from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor
from mediatheque.kit.wire import Filter, Wire

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)?$", max_length=100)]


class ActivityFilter(Filter):
    """Which part of the activity to show."""

    actor: UUID | None = Field(None, description="Id of the user who acted.")
    kind: list[Kind] = Field(
        default_factory=list,
        max_length=50,
        description="Kinds of events, `catalog.title_created`, or whole areas, `catalog`.",
    )
    ref: Annotated[str, StringConstraints(max_length=200), AfterValidator(clean_ref)] | None = (
        Field(None, description="What it is about: `title`, or `title:<id>`.")
    )
    since: AwareDatetime | None = Field(None, alias="from", description="Not before.")
    until: AwareDatetime | None = Field(None, alias="to", description="Before.")
    cursor: Cursor | None = None
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


class ActivityActor(Wire):
    """Who acted. For a key, the user whose key it is."""

    kind: str
    id: UUID | None
    name: str


class ActivityRef(Wire):
    """What it was about."""

    kind: str
    id: UUID
    label: str


class LabelPart(Wire):
    """A piece of the words for an event."""

    text: str
    is_ref: bool = Field(description="Whether this is the name of what `ref` points at.")


class ActivityRead(Wire):
    """One thing that happened."""

    id: str = Field(description="Its position in the journal.")
    at: datetime
    actor: ActivityActor
    kind: str
    label: str = Field(description="What the actor did, in words: “added Metropolis”.")
    parts: list[LabelPart] = Field(description="The same words in pieces, to make the name a link.")
    ref: ActivityRef | None
    before: dict[str, Any] | None = Field(description="What changed, as it was.")
    after: dict[str, Any] | None = Field(description="What changed, as it is.")


class NewsRef(Wire):
    """What an event was about, by kind and id."""

    kind: str
    id: UUID | None


class News(Wire):
    """An event as listeners get it; ``kind`` and ``ref`` only if they may read the activity."""

    position: int
    area: str
    kind: str | None = None
    ref: NewsRef | None = None
