"""The people of a household who share one account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base


class Profile(Base):
    """Whom a session is for at the moment: what is shown, in which languages, behind which PIN.

    ``maturity_limit`` is the age up to which works are shown (null: all); ``shows_unknown`` whether
    those whose age nobody knows are among them. ``pin_failures`` counts wrong PINs since the last
    right one; until ``pin_locked_until`` none is tried.
    """

    __tablename__ = "accounts_profiles"
    __table_args__ = (
        CheckConstraint("maturity_limit IN (0, 6, 12, 16, 18)", name="maturity_limit"),
        CheckConstraint("NOT is_kids OR maturity_limit IS NOT NULL", name="kids_limit"),
        UniqueConstraint("user_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    name: Mapped[str]
    avatar: Mapped[str]
    is_kids: Mapped[bool] = mapped_column(server_default=text("false"))
    maturity_limit: Mapped[int | None] = mapped_column(SmallInteger)
    shows_unknown: Mapped[bool] = mapped_column(server_default=text("true"))
    languages: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    genres: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    pin_hash: Mapped[str | None]
    pin_failures: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    pin_locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


Index("uq_accounts_profiles_name", Profile.user_id, func.lower(Profile.name), unique=True)
