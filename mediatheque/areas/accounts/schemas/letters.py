"""Wire shapes of letters."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.kit.paging import Cursor
from mediatheque.kit.wire import Filter, Wire

LetterState = Literal["waiting", "held", "sent", "failed"]


class LetterFilter(Filter):
    """Which letters of the outbox to show."""

    state: LetterState | None = None
    cursor: Cursor | None = None
    limit: int = Field(50, ge=1, le=200)


class LetterSummary(Wire):
    """A letter without what it says."""

    id: UUID
    template: Template
    receiver: str
    locale: str
    state: LetterState = Field(
        description="`waiting`: it will be tried; `held`: there is no mail server, pass it on; "
        "`sent`: a mail server has taken it over; `failed`: none did."
    )
    attempts: int
    error: str | None = Field(description="What the mail server said last.")
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None
    expires_at: datetime | None = Field(description="When its link ends.")


class LetterRead(LetterSummary):
    """A letter as its receiver would read it.

    Texts are null when it has been sent, when its link has ended, and where a mail server
    carries the letters: then they are none of the owner's business.
    """

    subject: str | None
    text: str | None
    html: str | None


class PostRead(Wire):
    """How this house sends letters."""

    is_sending: bool = Field(description="Whether there is a mail server.")
    sender: str
    waiting: int
    held: int
    failed: int
