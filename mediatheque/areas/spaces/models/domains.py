"""Which names lead to a space, and which space a session is in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Domain(SpaceOwned, Base):
    """A host name that a space claims; it counts once it is verified, for one space only."""

    __tablename__ = "spaces_domains"
    __table_args__ = (
        Index("uq_spaces_domains_host", "space_id", "host", unique=True),
        Index(
            "uq_spaces_domains_verified",
            "host",
            unique=True,
            postgresql_where=text("verified_at IS NOT NULL"),
        ),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    host: Mapped[str]
    token: Mapped[str]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    verified_at: Mapped[datetime | None]


class ActiveSpace(SpaceOwned, Base):
    """The space that a session is in, when a request names none."""

    __tablename__ = "spaces_active"
    __table_args__ = (
        Index("uq_spaces_active_credential_id", "credential_id", unique=True),
        ForeignKeyConstraint(["space_id"], ["spaces_spaces.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["credential_id"], ["accounts_credentials.id"], ondelete="CASCADE"),
    )

    credential_id: Mapped[UUID] = mapped_column(primary_key=True)
