"""Identities elsewhere by which people sign in here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class SignInLink(Base):
    """An identity at an issuer, tied to one account.

    ``issuer`` and ``subject`` together name it for ever (OpenID Connect Core, section 5.7); the
    address and the name are what it was called when it was last used.
    """

    __tablename__ = "accounts_links"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        Index("ix_accounts_links_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    provider: Mapped[str]
    issuer: Mapped[str]
    subject: Mapped[str]
    email: Mapped[str | None]
    name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_used_at: Mapped[datetime | None]
