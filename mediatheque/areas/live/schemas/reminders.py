"""Reminders on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.kit.wire import Input, Wire


class ReminderCreate(Input):
    """Tell me before a programme starts."""

    programme_id: UUID
    minutes_before: int = Field(10, ge=0, le=1440)


class ReminderRead(Wire):
    """A reminder; what it says of the programme is as it is now."""

    id: UUID
    programme_id: UUID | None = Field(description="Null: it is no longer in the schedule.")
    channel_id: UUID
    channel_name: str
    title: str
    start_at: datetime
    minutes_before: int
    notify_at: datetime
    state: Literal["waiting", "sent", "missed", "gone"]
