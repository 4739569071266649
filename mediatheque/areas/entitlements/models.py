"""Packages, and who has them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Package(SpaceOwned, Base):
    """What can be had together: some channels, later some titles. What is in none is for all."""

    __tablename__ = "entitlements_packages"
    __table_args__ = (
        Index("uq_entitlements_packages_name", "space_id", text("lower(name)"), unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    archived_at: Mapped[datetime | None]


class Entitlement(SpaceOwned, Base):
    """A member has a package, up to and without ``expires_at``, until it is taken back."""

    __tablename__ = "entitlements_entitlements"
    __table_args__ = (
        CheckConstraint("kind IN ('package', 'grant', 'promo')", name="kind"),
        CheckConstraint("expires_at > starts_at", name="times"),
        ForeignKeyConstraint(
            ["space_id", "package_id"],
            ["entitlements_packages.space_id", "entitlements_packages.id"],
            ondelete="CASCADE",
        ),
        Index("ix_entitlements_entitlements_user_id", "space_id", "user_id", "package_id"),
        Index("ix_entitlements_entitlements_package_id", "space_id", "package_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    package_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(server_default="grant")
    note: Mapped[str] = mapped_column(server_default="")
    starts_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime | None]
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime] = mapped_column(server_default=func.now())
    revoked_at: Mapped[datetime | None]
