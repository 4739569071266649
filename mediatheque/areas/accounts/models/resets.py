"""Links that arrive by letter and work once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class Ticket(Base):
    """A secret that lets its holder do one thing to one account, once. Kept as its SHA-256.

    Purposes: ``verify`` (the address is theirs), ``reset`` (choose a password), ``email`` (take
    over the new address in ``data``), ``link`` (tie the outside identity in ``data``).
    """

    __tablename__ = "accounts_tickets"
    __table_args__ = (
        CheckConstraint("purpose IN ('verify', 'reset', 'email', 'link')", name="purpose"),
        Index("uq_accounts_tickets_token_hash", "token_hash", unique=True),
        Index("ix_accounts_tickets_user_id", "user_id", "purpose"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    token_hash: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
