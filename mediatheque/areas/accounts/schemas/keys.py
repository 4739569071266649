"""Wire shapes of keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import (
    AwareDatetime,
    Field,
)

from mediatheque.areas.accounts.schemas.people import Line
from mediatheque.core.permissions import Permission
from mediatheque.kit.wire import Input, Wire


class ApiKeyCreate(Input):
    """A key for a program that acts in one's name."""

    name: Line
    scopes: list[Permission] | None = Field(
        None,
        min_length=1,
        description="Permissions of the key; null: whatever its owner may do, wherever.",
    )
    expires_at: AwareDatetime | None = Field(None, description="Null: when it is revoked.")
    requests_per_minute: int | None = Field(
        None, ge=1, le=100_000, description="A limit of its own; null: it counts as its owner."
    )


class ApiKeyRead(Wire):
    """A key without its secret."""

    id: UUID
    name: str
    prefix: str = Field(description="The beginning of the key, by which it is recognised.")
    scopes: list[str] | None
    requests_per_minute: int | None
    created_at: datetime
    last_used_at: datetime | None = Field(description="To within some minutes.")
    expires_at: datetime | None


class ApiKeyCreated(ApiKeyRead):
    """A new key: the only answer that shows it whole."""

    key: str = Field(description="Send it as `Authorization: Bearer …`.")
