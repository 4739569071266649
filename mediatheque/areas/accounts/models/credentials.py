"""Opaque tokens: sessions, devices, keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class Credential(Base):
    """An opaque token, stored only as its SHA-256 in hex and looked up on every request.

    ``audience`` says which endpoints take it. Kinds: ``session`` (a browser's cookie),
    ``device`` (the access token of a television or program), ``refresh`` (what the next access
    token is bought with, once), ``api_key``, ``setup``. The tokens that follow one another on a
    device have one ``family``, which ends as a whole.
    """

    __tablename__ = "accounts_credentials"
    __table_args__ = (
        CheckConstraint("audience IN ('app', 'admin')", name="audience"),
        CheckConstraint(
            "kind IN ('session', 'device', 'refresh', 'api_key', 'setup')", name="kind"
        ),
        CheckConstraint("audience = 'app' OR kind = 'session'", name="admin_kind"),
        Index("uq_accounts_credentials_token_hash", "token_hash", unique=True),
        Index("ix_accounts_credentials_user_id", "user_id"),
        Index("ix_accounts_credentials_family", "family"),
        Index("ix_accounts_credentials_profile_id", "profile_id"),
        # A profile that is gone takes its sessions with it: without it they would see everything.
        ForeignKeyConstraint(
            ["user_id", "profile_id"],
            ["accounts_profiles.user_id", "accounts_profiles.id"],
            ondelete="CASCADE",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="CASCADE")
    )
    audience: Mapped[str] = mapped_column(server_default="app")
    kind: Mapped[str]
    token_hash: Mapped[str]
    family: Mapped[UUID | None]
    profile_id: Mapped[UUID | None]
    """Whom of the household it is for; null: the account itself."""
    prefix: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    scopes: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT))
    requests_per_minute: Mapped[int | None]
    ip: Mapped[str] = mapped_column(server_default="")
    user_agent: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    proven_at: Mapped[datetime | None]
    """When whoever is in the session last showed again who they are; null: when it began."""
    last_seen_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    """When it ends if it is not used before; each sighting of a session moves this on."""
    ends_at: Mapped[datetime | None]
    """When it ends however much it is used; null: never."""
    used_at: Mapped[datetime | None]
    """When a refresh token was exchanged. Shown once more, its family ends."""
    revoked_at: Mapped[datetime | None]


class DeviceCode(Base):
    """A device that waits for somebody to let it in (RFC 8628). Both codes are kept as hashes."""

    __tablename__ = "accounts_device_codes"
    __table_args__ = (
        CheckConstraint("decision IN ('approved', 'denied')", name="decision"),
        Index("uq_accounts_device_codes_device_hash", "device_hash", unique=True),
        Index("uq_accounts_device_codes_user_hash", "user_hash", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    device_hash: Mapped[str]
    user_hash: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    ip: Mapped[str] = mapped_column(server_default="")
    user_agent: Mapped[str] = mapped_column(server_default="")
    poll_seconds: Mapped[int]
    """Seconds between two questions of the device; grows when it asks too often."""
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="CASCADE")
    )
    decision: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    polled_at: Mapped[datetime | None]
    redeemed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
