"""People."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class User(Base):
    """A person who can sign in. ``email`` is kept as typed and unique without case.

    ``instance_role`` is what they may do to the house itself, through the admin audience; in
    spaces it gives them nothing.
    """

    __tablename__ = "accounts_users"
    __table_args__ = (
        CheckConstraint("instance_role IN ('owner', 'operator', 'auditor')", name="instance_role"),
        Index("ix_accounts_users_created_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    locale: Mapped[str] = mapped_column(server_default="en")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    instance_role: Mapped[str | None]
    is_instance_owner: Mapped[bool] = mapped_column(
        Computed("coalesce(instance_role = 'owner', false)", persisted=True)
    )
    verified_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    @property
    def is_verified(self) -> bool:
        """Whether somebody has shown that they read letters to the address."""
        return self.verified_at is not None

    @property
    def has_password(self) -> bool:
        """Without one, its user signs in elsewhere or by a passkey."""
        return self.password_hash is not None


Index("uq_accounts_users_email", func.lower(User.email), unique=True)
