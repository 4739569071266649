"""Wire shapes of the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from mediatheque.areas.audit.rules import clean_ref
from mediatheque.areas.audit.schemas.activity import ActivityActor, Kind
from mediatheque.core.seals import SHORTEST_DAYS
from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor
from mediatheque.kit.wire import Filter, Input, Wire

Outcome = Literal["succeeded", "refused", "failed"]


class TrailConditions(Filter):
    """Which entries: everything that is given must hold."""

    actor: UUID | None = Field(None, description="Id of the user who acted.")
    action: list[Kind] = Field(
        default_factory=list,
        max_length=50,
        description="Kinds of events, `spaces.member_removed`, or whole areas, `spaces`.",
    )
    object: Annotated[str, StringConstraints(max_length=200), AfterValidator(clean_ref)] | None = (
        Field(None, description="What it is about: `title`, or `title:<id>`.")
    )
    outcome: list[Outcome] = Field(
        default_factory=list, max_length=3, description="What became of it."
    )
    since: AwareDatetime | None = Field(None, alias="from", description="Not before.")
    until: AwareDatetime | None = Field(None, alias="to", description="Before.")
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = Field(
        None,
        description="Occurs in the name of who acted or of what it is about, in the action, the "
        "address or the request's id.",
    )


class TrailFilter(TrailConditions):
    """A part of the audit trail."""

    cursor: Cursor | None = None
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


class EntryObject(Wire):
    """What it is about; a request has no id."""

    kind: str
    id: UUID | None
    label: str


class EntryRead(Wire):
    """One entry of the audit trail."""

    id: str = Field(description="Its position in the journal.")
    at: datetime
    actor: ActivityActor
    action: str
    label: str = Field(description="What the actor did, in words.")
    object: EntryObject
    outcome: Outcome
    before: dict[str, Any] | None = Field(description="What changed, as it was.")
    after: dict[str, Any] | None = Field(description="What changed, as it is.")
    request_id: str
    ip: str
    user_agent: str
    hash: str | None = Field(description="Its seal, SHA-256 in hex; null until it is sealed.")


class SealRead(Wire):
    """How far the journal is sealed."""

    sealed: int = Field(description="Entries that were ever sealed.")
    waiting: int = Field(description="Entries that the next run seals, within a minute.")
    removed: int = Field(description="Sealed entries that retention removed.")
    removed_at: datetime | None = None
    position: int = Field(description="The newest sealed entry.")
    hash: str = Field(
        description="Its SHA-256 in hex. Keep it elsewhere with `sealed`: "
        "`mediatheque audit verify --head <sealed>:<hash>` then finds what nobody could find "
        "within the database."
    )
    sealed_at: datetime | None = Field(None, description="When it was sealed; null: never yet.")


class RetentionRead(Wire):
    """How long the journal of the space is kept."""

    keep_days: int | None = Field(description="Null: always.")
    shortest_days: int = SHORTEST_DAYS


class RetentionUpdate(Input):
    """How long to keep the journal."""

    keep_days: int | None = Field(
        ge=SHORTEST_DAYS,
        le=36_500,
        description="Entries older than so many days are removed each night; null: none.",
    )
