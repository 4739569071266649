"""Wire shapes of sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import (
    Field,
)

from mediatheque.kit.wire import Input, Wire


class SessionInfo(Wire):
    """Where somebody is signed in."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime = Field(description="To within some minutes.")
    expires_at: datetime
    ip: str
    user_agent: str
    is_current: bool


class SessionFilter(Input):
    """Which of one's sessions to end."""

    keep_current: bool = True
