"""Second factors and what is asked of somebody on the way in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class Totp(Base):
    """The secret that a user's authenticator shares (RFC 6238), encrypted.

    It counts once it is confirmed. ``last_step`` is the latest time step whose code was taken:
    no code of that step or an older one is taken again.
    """

    __tablename__ = "accounts_totps"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[str]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    confirmed_at: Mapped[datetime | None]


class BackupCode(Base):
    """A code on paper that works once: what finds it and its hash (``rules.factors.PaperCode``)."""

    __tablename__ = "accounts_backup_codes"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="CASCADE"), primary_key=True
    )
    selector: Mapped[str] = mapped_column(primary_key=True)
    code_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A public key of an authenticator (WebAuthn level 3); ids and keys in base64url."""

    __tablename__ = "accounts_passkeys"
    __table_args__ = (
        Index("uq_accounts_passkeys_credential", "credential", unique=True),
        Index("ix_accounts_passkeys_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    credential: Mapped[str]
    public_key: Mapped[str]
    sign_count: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    transports: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    name: Mapped[str]
    is_backed_up: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_used_at: Mapped[datetime | None]


class Challenge(Base):
    """A question that somebody has some minutes to answer, once. Its token is kept as a hash.

    Purposes: ``second_factor`` (the password was right, ``user_id`` says whose), ``passkey`` (sign
    in with a passkey alone, nobody knows yet whose), ``enrolment`` (a new passkey).
    """

    __tablename__ = "accounts_challenges"
    __table_args__ = (
        CheckConstraint("audience IN ('app', 'admin')", name="audience"),
        CheckConstraint("purpose IN ('second_factor', 'passkey', 'enrolment')", name="purpose"),
        Index("uq_accounts_challenges_token_hash", "token_hash", unique=True),
        Index("ix_accounts_challenges_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    token_hash: Mapped[str]
    audience: Mapped[str] = mapped_column(server_default="app")
    purpose: Mapped[str]
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("accounts_users.id", ondelete="CASCADE")
    )
    nonce: Mapped[str] = mapped_column(server_default="")
    """What an authenticator signs, in base64url."""
    code_hash: Mapped[str | None]
    """Of the code that was sent by e-mail, if one was."""
    code_ends_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
