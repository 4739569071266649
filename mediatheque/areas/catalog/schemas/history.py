"""What happened to a work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor
from mediatheque.kit.wire import Filter, Wire


class HistoryActor(Wire):
    """Who did it; jobs and the house itself have no id."""

    kind: str
    id: UUID | None
    name: str


class HistoryRef(Wire):
    """What it was done to."""

    kind: str
    id: UUID | None
    label: str
    slug: str | None


class HistoryEntry(Wire):
    """One event of the journal. ``before`` and ``after`` hold what changed of this work."""

    id: int
    at: datetime
    actor: HistoryActor
    kind: str
    label: str = Field(description="In words, such as “changed Metropolis”.")
    ref: HistoryRef
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class HistoryFilter(Filter):
    """A part of the history, the newest first."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
