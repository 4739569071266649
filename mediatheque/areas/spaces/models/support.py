"""Visits of the house's owner to a space that is not theirs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class SupportSession(SpaceOwned, Base):
    """The house's owner helps in a space, for a reason and for some hours at most."""

    __tablename__ = "spaces_support_sessions"
    __table_args__ = (
        CheckConstraint("expires_at <= started_at + interval '8 hours'", name="expires_at"),
        Index(
            "uq_spaces_support_sessions_open",
            *("user_id", "space_id"),
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    role: Mapped[str]
    reason: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
