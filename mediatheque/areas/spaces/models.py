"""Spaces, who is a member of them, and who is invited."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned
from mediatheque.core.permissions import ROLES

_ROLE = "role IN ({})".format(", ".join(f"'{role}'" for role in ROLES))


class SpaceRow(Base):
    """The tenant: a household, an archive, a channel."""

    __tablename__ = "spaces_spaces"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    archived_at: Mapped[datetime | None]


class Membership(SpaceOwned, Base):
    """A user's role in a space."""

    __tablename__ = "spaces_memberships"
    __table_args__ = (
        CheckConstraint(_ROLE, name="role"),
        UniqueConstraint("space_id", "user_id"),
        Index("ix_spaces_memberships_user_id", "user_id"),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Invitation(SpaceOwned, Base):
    """A link that makes whoever holds it a member, once. Stored as the token's hash."""

    __tablename__ = "spaces_invitations"
    __table_args__ = (
        CheckConstraint(_ROLE, name="role"),
        Index("uq_spaces_invitations_token_hash", "token_hash", unique=True),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    email: Mapped[str | None]
    role: Mapped[str]
    token_hash: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    claimed_by: Mapped[UUID | None]
    claimed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
