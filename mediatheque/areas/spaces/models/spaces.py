"""Spaces, who is a member of them, and who is invited."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned

_BUILT_IN = (
    *("owner", "manager", "catalog_editor", "editor", "author"),
    *("moderator", "support", "member", "viewer"),
)
CUSTOM = "CASE WHEN role = ANY (ARRAY[{}]) THEN NULL::text ELSE role END".format(
    ", ".join(f"'{role}'::text" for role in _BUILT_IN)
)
"""A role that is none of the built-in ones is one of the space's own, which must exist."""


def of_role() -> ForeignKeyConstraint:
    """The key from a table with ``custom_role``: a role in use cannot be deleted."""
    return ForeignKeyConstraint(
        ["space_id", "custom_role"], ["spaces_roles.space_id", "spaces_roles.slug"]
    )


class SpaceRow(Base):
    """The tenant: a household, an archive, a channel.

    ``time_zone`` (IANA) is the clock by which its days begin, ``second_factor_policy`` says of
    whom a second factor is asked, ``support_role`` up to which role the house's owner may help
    here, quotas how much there may be (null: no limit).
    """

    __tablename__ = "spaces_spaces"
    __table_args__ = (
        CheckConstraint(
            "second_factor_policy IN ('optional', 'administrators')", name="second_factor_policy"
        ),
        CheckConstraint(
            "support_role IN ('support', 'viewer', 'member', 'catalog_editor', 'manager')",
            name="support_role",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="en")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    second_factor_policy: Mapped[str] = mapped_column(server_default="optional")
    support_role: Mapped[str] = mapped_column(server_default="support")
    max_members: Mapped[int | None]
    max_titles: Mapped[int | None]
    max_storage: Mapped[int | None] = mapped_column(BigInteger)
    """Bytes."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    archived_at: Mapped[datetime | None]


class Membership(SpaceOwned, Base):
    """A user's role in a space: a built-in one, or the slug of one of its own."""

    __tablename__ = "spaces_memberships"
    __table_args__ = (
        of_role(),
        UniqueConstraint("space_id", "user_id"),
        Index("ix_spaces_memberships_user_id", "user_id"),
        Index(
            "ix_spaces_memberships_custom_role",
            "space_id",
            "custom_role",
            postgresql_where=text("custom_role IS NOT NULL"),
        ),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    role: Mapped[str]
    custom_role: Mapped[str | None] = mapped_column(Computed(CUSTOM, persisted=True))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Invitation(SpaceOwned, Base):
    """A link that makes whoever holds it a member, once. Stored as the token's hash."""

    __tablename__ = "spaces_invitations"
    __table_args__ = (Index("uq_spaces_invitations_token_hash", "token_hash", unique=True),)

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
