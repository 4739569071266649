"""Imports, their rows, and remembered column mappings. Knows no domain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned

STATUSES = (
    "queued",
    "running",
    "paused",
    "needs_mapping",
    "failed",
    "succeeded",
    "cancelled",
    "undoing",
    "undone",
)
OUTCOMES = ("created", "updated", "removed", "skipped", "needs_review", "failed")
MODES = ("add", "fill", "overwrite")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Import(SpaceOwned, Base):
    """One import: a file, a source, how far it is and what became of its rows.

    ``position`` is the number of rows whose outcome is committed: a worker that takes over
    goes on behind it; what is loaded in bulk keeps more about that in ``checkpoint``.
    ``busy_seconds`` is the time spent working, for the rate.
    """

    __tablename__ = "exchange_imports"
    __table_args__ = (
        CheckConstraint(_one_of("status", STATUSES), name="status"),
        CheckConstraint(_one_of("mode", MODES), name="mode"),
        Index("ix_exchange_imports_created_at", "space_id", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    source: Mapped[str]
    filename: Mapped[str] = mapped_column(server_default="")
    file_key: Mapped[str] = mapped_column(server_default="")
    file_size: Mapped[int] = mapped_column(BigInteger, server_default="0")
    status: Mapped[str] = mapped_column(server_default="queued")
    mode: Mapped[str] = mapped_column(server_default="add")
    dry_run: Mapped[bool] = mapped_column(server_default=text("false"))
    options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    position: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int | None]
    created: Mapped[int] = mapped_column(server_default="0")
    updated: Mapped[int] = mapped_column(server_default="0")
    removed: Mapped[int] = mapped_column(server_default="0")
    skipped: Mapped[int] = mapped_column(server_default="0")
    needs_review: Mapped[int] = mapped_column(server_default="0")
    failed: Mapped[int] = mapped_column(server_default="0")
    busy_seconds: Mapped[float] = mapped_column(server_default="0")
    error: Mapped[dict[str, Any] | None]
    enrichment: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    checkpoint: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    kept: Mapped[list[Any]] = mapped_column(server_default="[]")
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class ImportRow(SpaceOwned, Base):
    """What became of one row. ``position`` counts rows from 1, ``line`` is the file's.

    ``item`` holds the normalised row while it waits for a decision or a retry, ``changes`` the
    fields it changed (or would), with both values.
    """

    __tablename__ = "exchange_rows"
    __table_args__ = (
        CheckConstraint(_one_of("outcome", OUTCOMES), name="outcome"),
        ForeignKeyConstraint(
            ["space_id", "import_id"],
            ["exchange_imports.space_id", "exchange_imports.id"],
            ondelete="CASCADE",
        ),
        Index(
            "ix_exchange_rows_outcome",
            "space_id",
            "import_id",
            "outcome",
            "position",
        ),
        Index(
            "ix_exchange_rows_review",
            "space_id",
            "import_id",
            "position",
            postgresql_where=text("outcome = 'needs_review'"),
        ),
    )

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    key: Mapped[str | None]
    outcome: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
    message: Mapped[str] = mapped_column(server_default="")
    label: Mapped[str] = mapped_column(server_default="")
    ref_kind: Mapped[str | None]
    ref_id: Mapped[UUID | None]
    raw: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    item: Mapped[dict[str, Any] | None]
    problems: Mapped[list[Any] | None]
    candidates: Mapped[list[Any] | None]
    changes: Mapped[dict[str, Any] | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class Mapping(SpaceOwned, Base):
    """A remembered column mapping, by the file's header."""

    __tablename__ = "exchange_mappings"

    signature: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict[str, Any]]
    used_at: Mapped[datetime] = mapped_column(server_default=func.now())
