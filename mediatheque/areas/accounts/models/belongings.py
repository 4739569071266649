"""Archives of what the house knows about somebody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class DataExport(Base):
    """An archive that somebody asked for. ``done`` of ``total`` parts are written.

    ``key`` is where it lies in the store, until ``expires_at``.
    """

    __tablename__ = "accounts_exports"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'ready', 'failed', 'expired')", name="state"
        ),
        Index(
            "uq_accounts_exports_open",
            "user_id",
            unique=True,
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
        Index("ix_accounts_exports_user_id", "user_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(server_default="queued")
    done: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    total: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    key: Mapped[str] = mapped_column(server_default="")
    size: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
