"""Where guides and playlists come from, and which of their channels is which of ours."""

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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class GuideSource(SpaceOwned, Base):
    """A guide or playlist: fetched on a schedule when it has a ``url`` or ``path``, else handed in.

    ``path`` is below the folder of the setting ``import_folder``.

    ``time_zone`` (IANA) is for times that name none. ``unknown_channels``: ``create`` makes a
    channel of what matches none, ``leave`` waits for a person, ``auto`` creates as long as no
    channel of the space has a stream. ``etag`` and ``last_modified`` are those of the last answer
    (RFC 9110), ``file_key`` and ``filename`` the last file, for going through it again when the
    mapping changes. ``guide_urls`` are the guides that a playlist names, for adding them.
    """

    __tablename__ = "live_guide_sources"
    __table_args__ = (
        CheckConstraint("kind IN ('xmltv', 'm3u')", name="kind"),
        CheckConstraint("unknown_channels IN ('auto', 'create', 'leave')", name="unknown_channels"),
        CheckConstraint("interval_minutes >= 15", name="interval_minutes"),
        Index(
            "uq_live_guide_sources_hand",
            "space_id",
            "kind",
            unique=True,
            postgresql_where=text("is_hand"),
        ),
        Index(
            "ix_live_guide_sources_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    kind: Mapped[str] = mapped_column(server_default="xmltv")
    name: Mapped[str]
    is_hand: Mapped[bool] = mapped_column(server_default=text("false"))
    url: Mapped[str | None]
    path: Mapped[str | None]
    interval_minutes: Mapped[int | None]
    is_enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    unknown_channels: Mapped[str] = mapped_column(server_default="auto")
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    next_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    imported_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(server_default="0")
    message: Mapped[str] = mapped_column(server_default="")
    last_import_id: Mapped[UUID | None]
    file_key: Mapped[str | None]
    filename: Mapped[str | None]
    guide_urls: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SourceChannel(SpaceOwned, Base):
    """A channel of a source, by its ``key`` there, and which of ours it is.

    ``state``: ``mapped`` (``channel_id``), ``suggested`` (``suggested_id`` waits for a person),
    ``unknown``, ``ignored`` by a person. ``score`` 0–100 and ``reasons`` say how sure the match
    was; ``decided_by`` is null when the house decided. ``shift_minutes`` moves its times.
    ``said`` is what a playlist said of it last (``schemas.playlists.FIELDS``), in the import
    ``import_id``.
    """

    __tablename__ = "live_source_channels"
    __table_args__ = (
        CheckConstraint("state IN ('mapped', 'suggested', 'unknown', 'ignored')", name="state"),
        CheckConstraint("(state = 'mapped') = (channel_id IS NOT NULL)", name="mapped"),
        ForeignKeyConstraint(
            ["space_id", "source_id"],
            ["live_guide_sources.space_id", "live_guide_sources.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("space_id", "source_id", "channel_id"),
        Index("ix_live_source_channels_channel_id", "space_id", "channel_id"),
    )

    source_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(server_default="")
    names: Mapped[list[Any]] = mapped_column(server_default="[]")
    number: Mapped[str | None]
    icon_url: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    state: Mapped[str] = mapped_column(server_default="unknown")
    channel_id: Mapped[UUID | None]
    suggested_id: Mapped[UUID | None]
    score: Mapped[int | None] = mapped_column(SmallInteger)
    reasons: Mapped[list[Any]] = mapped_column(server_default="[]")
    shift_minutes: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    programmes: Mapped[int] = mapped_column(server_default="0")
    said: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    import_id: Mapped[UUID | None]
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
