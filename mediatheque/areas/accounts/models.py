"""Users and their credentials. They belong to the house, not to a space."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class User(Base):
    """A person who can sign in. ``email`` is kept as typed and unique without case."""

    __tablename__ = "accounts_users"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    locale: Mapped[str] = mapped_column(server_default="en")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    is_instance_owner: Mapped[bool] = mapped_column(server_default=text("false"))
    verified_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


Index("uq_accounts_users_email", func.lower(User.email), unique=True)


class Credential(Base):
    """An opaque token, stored only as its SHA-256 in hex and looked up on every request."""

    __tablename__ = "accounts_credentials"
    __table_args__ = (
        CheckConstraint("audience IN ('app', 'admin')", name="audience"),
        CheckConstraint("kind IN ('session', 'device', 'api_key', 'setup')", name="kind"),
        Index("uq_accounts_credentials_token_hash", "token_hash", unique=True),
        Index("ix_accounts_credentials_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="CASCADE")
    )
    audience: Mapped[str] = mapped_column(server_default="app")
    kind: Mapped[str]
    token_hash: Mapped[str]
    prefix: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    scopes: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT))
    ip: Mapped[str] = mapped_column(server_default="")
    user_agent: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
