"""The spine's tables and the bases of all others."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Identity,
    Index,
    MetaData,
    Text,
    func,
    text,
)
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


class ProfileOwned(SpaceOwned):
    """A table whose rows are a person's, under one of their profiles or as they are."""

    user_id: Mapped[UUID]
    profile_id: Mapped[UUID | None]


OUTCOMES = ("succeeded", "refused", "failed")
"""What became of it: done, refused (4xx), or broken by a fault of ours (5xx)."""


class JournalEntry(Base):
    """One event of the journal: audit trail, activity feed, live-update cursor.

    ``space_id`` is null for what belongs to no space (accounts). News is what ``succeeded``;
    requests that did not are noted beside it. Rows are added and never changed, but for their
    seal, ``hash``, and for what a person's erasure takes: then ``digest`` and ``said_digest``
    stand for what is gone, and the salt that could prove what it was is gone too (``core.seals``).
    """

    __tablename__ = "core_journal"
    __table_args__ = (
        Index("ix_core_journal_space_id_position", "space_id", "position"),
        Index("ix_core_journal_ref", "space_id", "ref_kind", "ref_id", "position"),
        Index("ix_core_journal_actor", "space_id", "actor_id", "position"),
        Index(
            "ix_core_journal_outcome",
            "space_id",
            "position",
            postgresql_where=text("outcome <> 'succeeded'"),
        ),
        CheckConstraint(
            "outcome IN ({})".format(", ".join(f"'{one}'" for one in OUTCOMES)), name="outcome"
        ),
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
    user_agent: Mapped[str] = mapped_column(server_default="")
    outcome: Mapped[str] = mapped_column(server_default="succeeded")
    salt: Mapped[UUID | None] = mapped_column(server_default=func.gen_random_uuid())
    digest: Mapped[bytes | None]
    said_key: Mapped[bytes | None]
    said_digest: Mapped[bytes | None]
    hash: Mapped[bytes | None]


class Seal(Base):
    """How far the journal of a space (or, without one, of the house) is sealed.

    ``count`` rows were ever sealed, the newest at ``position`` with ``hash``. Of these the first
    ``removed`` are gone by retention; the last of them had ``anchor_position`` and ``anchor_hash``.
    """

    __tablename__ = "core_seals"
    __table_args__ = (
        Index(
            "uq_core_seals_space_id", "space_id", unique=True, postgresql_nulls_not_distinct=True
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    space_id: Mapped[UUID | None]
    count: Mapped[int] = mapped_column(BigInteger, server_default="0")
    position: Mapped[int] = mapped_column(BigInteger, server_default="0")
    hash: Mapped[bytes]
    sealed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    removed: Mapped[int] = mapped_column(BigInteger, server_default="0")
    anchor_position: Mapped[int] = mapped_column(BigInteger, server_default="0")
    anchor_hash: Mapped[bytes]
    anchored_at: Mapped[datetime | None]


class SpaceVersion(SpaceOwned, Base):
    """Counts the writes of a space: the key of cached answers and of their ETags."""

    __tablename__ = "core_versions"

    version: Mapped[int] = mapped_column(BigInteger, server_default="0")
