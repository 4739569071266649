"""Near duplicates, merges, and the addresses that merged works leave behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Alias(SpaceOwned, Base):
    """An old slug or id that now means another work."""

    __tablename__ = "catalog_aliases"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        Index("ix_catalog_aliases_title_id", "space_id", "title_id"),
    )

    alias: Mapped[str] = mapped_column(primary_key=True)
    title_id: Mapped[UUID]
    merge_id: Mapped[UUID | None]


class Duplicate(SpaceOwned, Base):
    """Two works that may be one. ``left_id`` is the older work.

    ``evidence`` is ``{source: {"score": 0–100, "reasons": [words]}}``, where a source is whoever
    noticed (``title``, ``barcode``); ``score`` is the highest of them.
    """

    __tablename__ = "catalog_duplicates"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'merged', 'dismissed')", name="state"),
        UniqueConstraint("space_id", "left_id", "right_id"),
        ForeignKeyConstraint(
            ["space_id", "left_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "right_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        Index("ix_catalog_duplicates_score", "space_id", "state", "score", "id"),
        Index("ix_catalog_duplicates_right_id", "space_id", "right_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    left_id: Mapped[UUID]
    right_id: Mapped[UUID]
    score: Mapped[int] = mapped_column(SmallInteger)
    evidence: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    state: Mapped[str] = mapped_column(server_default="open")
    found_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Merge(SpaceOwned, Base):
    """A merge that was done; ``snapshot`` holds all that its undo needs."""

    __tablename__ = "catalog_merges"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    kept_id: Mapped[UUID]
    gone_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(server_default="")
    snapshot: Mapped[dict[str, Any]]
    merged_by: Mapped[UUID | None]
    merged_at: Mapped[datetime] = mapped_column(server_default=func.now())
    undone_at: Mapped[datetime | None]
