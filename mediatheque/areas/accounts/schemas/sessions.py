"""Wire shapes of sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import (
    Field,
)

from mediatheque.kit.wire import Input, Wire


class SessionInfo(Wire):
    """Where somebody is signed in: a browser's session, or a device with its tokens."""

    id: UUID
    kind: Literal["browser", "device"]
    audience: Literal["app", "admin"]
    device: str = Field(description="What it is, e.g. `Firefox · Linux`; empty: unknown.")
    created_at: datetime
    last_seen_at: datetime = Field(description="To within some minutes.")
    expires_at: datetime
    ip: str
    user_agent: str
    is_current: bool


class SessionFilter(Input):
    """Which of one's sessions to end."""

    keep_current: bool = True
