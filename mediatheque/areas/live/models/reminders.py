"""Who wants to be told before something starts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, ProfileOwned


class Reminder(ProfileOwned, Base):
    """Tell somebody ``minutes_before`` a programme starts.

    ``title``, ``channel_id`` and ``start_at`` are what it was when it was last seen: they find a
    programme again that moved or was replaced, and say what to tell when it is gone.
    """

    __tablename__ = "live_reminders"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'missed', 'gone')", name="state"),
        CheckConstraint("minutes_before BETWEEN 0 AND 1440", name="minutes_before"),
        ForeignKeyConstraint(
            ["space_id", "programme_id"],
            ["live_programmes.space_id", "live_programmes.id"],
            ondelete="SET NULL (programme_id)",
        ),
        ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            ondelete="CASCADE",
        ),
        Index(
            "uq_live_reminders_programme",
            "space_id",
            "user_id",
            "profile_id",
            "programme_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("programme_id IS NOT NULL"),
        ),
        Index("ix_live_reminders_programme_id", "space_id", "programme_id"),
        Index("ix_live_reminders_user_id", "space_id", "user_id", "start_at"),
        Index("ix_live_reminders_due", "notify_at", postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    programme_id: Mapped[UUID | None]
    channel_id: Mapped[UUID]
    title: Mapped[str]
    start_at: Mapped[datetime]
    minutes_before: Mapped[int] = mapped_column(SmallInteger, server_default="10")
    notify_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default="waiting")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
