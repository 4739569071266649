"""The outbox: letters on their way, or waiting for somebody to pass them on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class Letter(Base):
    """A letter: what it says is made of its template and ``data`` when it is sent or looked at.

    ``data`` may hold a secret (a link that opens something). It is emptied when the letter is
    sent, and at ``expires_at``, when that secret is worth nothing any more. States: ``waiting``
    (a job will try), ``held`` (the house has no mail server: the owner passes it on), ``sent``
    (a mail server has taken it over), ``failed`` (none did).
    """

    __tablename__ = "accounts_letters"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'held', 'sent', 'failed')", name="state"),
        Index("ix_accounts_letters_user_id", "user_id"),
        Index("ix_accounts_letters_state", "state", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="SET NULL")
    )
    template: Mapped[str]
    receiver: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="en")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    state: Mapped[str] = mapped_column(server_default="waiting")
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    next_try_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
