"""What people are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, ProfileOwned


class Notice(ProfileOwned, Base):
    """Something one member is told, once. ``key`` keeps the same news from being told twice.

    ``url`` is an address within the application, ``ref_kind`` and ``ref_id`` what it is about.
    """

    __tablename__ = "notifications_notices"
    __table_args__ = (
        Index(
            "uq_notifications_notices_key",
            "space_id",
            "user_id",
            "key",
            unique=True,
            postgresql_where=text("key IS NOT NULL"),
        ),
        Index("ix_notifications_notices_user_id", "space_id", "user_id", "id"),
        Index(
            "ix_notifications_notices_unread",
            "space_id",
            "user_id",
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    kind: Mapped[str]
    key: Mapped[str | None]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(server_default="")
    url: Mapped[str | None]
    ref_kind: Mapped[str | None]
    ref_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    read_at: Mapped[datetime | None]
