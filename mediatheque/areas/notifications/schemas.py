"""Notices on the wire."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from mediatheque.kit.paging import Cursor
from mediatheque.kit.wire import Filter, Input, Wire


class NoticeFilter(Filter):
    """Which notices."""

    is_unread: bool = Field(default=False, description="Only those not seen yet.")
    cursor: Cursor | None = None
    limit: int = Field(30, ge=1, le=100)


class NoticeRead(Wire):
    """Something you are told."""

    id: UUID
    kind: str = Field(description="What it is about: `live.reminder`, `live.reminder_moved` …")
    title: str
    body: str
    url: str | None = Field(description="An address within the application.")
    created_at: datetime
    read_at: datetime | None


class NoticeCount(Wire):
    """How many notices wait."""

    unread: int


class NoticesSeen(Input):
    """Which notices were seen."""

    ids: list[UUID] | None = Field(None, max_length=500, description="Null: all of them.")
