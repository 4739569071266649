"""The spine's tables and the bases of all others."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Identity, Index, MetaData, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table. Times are UTC ``timestamptz``, strings ``text``."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy's declared form)
        str: Text,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


class SpaceOwned:
    """A table whose rows belong to a space.

    The migration gives each such table its row policy; keys between them are composite,
    ``(space_id, id)``, because foreign keys look past policies.
    """

    space_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class JournalEntry(Base):
    """One event of the journal: audit trail, activity feed, live-update cursor.

    ``space_id`` is null for what belongs to no space (accounts).
    """

    __tablename__ = "core_journal"
    __table_args__ = (
        Index("ix_core_journal_space_id_position", "space_id", "position"),
        Index("ix_core_journal_ref", "space_id", "ref_kind", "ref_id", "position"),
    )

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    space_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str]
    ref_kind: Mapped[str]
    ref_id: Mapped[UUID | None]
    label: Mapped[str] = mapped_column(server_default="")
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    request_id: Mapped[str] = mapped_column(server_default="")
    ip: Mapped[str] = mapped_column(server_default="")


class SpaceVersion(SpaceOwned, Base):
    """Counts the writes of a space: the key of cached answers and of their ETags."""

    __tablename__ = "core_versions"

    version: Mapped[int] = mapped_column(BigInteger, server_default="0")
