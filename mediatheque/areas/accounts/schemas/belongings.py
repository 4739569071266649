"""Wire shapes of one's own data."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.accounts.schemas.people import Password, SecretInput
from mediatheque.kit.wire import Wire


class DataExportRead(Wire):
    """An archive of everything the house knows about somebody."""

    id: UUID
    state: Literal["queued", "running", "ready", "failed", "expired"]
    done: int = Field(description="Parts that are written, of `total`.")
    total: int
    size: int = Field(description="Bytes of the archive, when it is ready.")
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None = Field(description="When it is deleted.")


class ErasureRequest(SecretInput):
    """The present password, so that nobody else does it."""

    password: Password
