"""Channels, their genres, and what the last look at their streams found."""

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

STREAM_STATES = ("unknown", "up", "down")


class Channel(SpaceOwned, Base):
    """A channel.

    ``number`` is what is typed on a remote control (``12``, ``12.1``), ``position`` the order of
    lists. ``names`` maps BCP 47 languages to names, ``groups`` are playlist groups, ``guide_key``
    is the id by which guides and playlists know it (``tvg-id``). ``stream_url`` never leaves the
    server: clients get signed addresses. ``min_age`` in years. ``edited_fields`` are those a person
    changed by hand: imports leave them alone.
    """

    __tablename__ = "live_channels"
    __table_args__ = (
        CheckConstraint("min_age BETWEEN 0 AND 21", name="min_age"),
        UniqueConstraint("space_id", "slug"),
        ForeignKeyConstraint(
            ["space_id", "logo_id"],
            ["files_files.space_id", "files_files.id"],
            ondelete="SET NULL (logo_id)",
        ),
        ForeignKeyConstraint(
            ["space_id", "package_id"],
            ["entitlements_packages.space_id", "entitlements_packages.id"],
            ondelete="SET NULL (package_id)",
        ),
        Index("ix_live_channels_position", "space_id", "position", "id"),
        Index("ix_live_channels_guide_key", "space_id", "guide_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str]
    number: Mapped[str | None]
    position: Mapped[int] = mapped_column(server_default="0")
    name: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    guide_key: Mapped[str | None]
    language: Mapped[str | None]
    country: Mapped[str | None]
    logo_id: Mapped[UUID | None]
    logo_url: Mapped[str | None]
    website_url: Mapped[str | None]
    groups: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    stream_url: Mapped[str | None]
    stream_options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    package_id: Mapped[UUID | None]
    min_age: Mapped[int | None] = mapped_column(SmallInteger)
    is_hidden: Mapped[bool] = mapped_column(server_default=text("false"))
    edited_fields: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    edited_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ChannelGenre(SpaceOwned, Base):
    """A channel has a genre (a folded word: ``news``). A join table, as arrays reach no index."""

    __tablename__ = "live_channel_genres"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            ondelete="CASCADE",
        ),
        Index("ix_live_channel_genres_genre", "space_id", "genre", "channel_id"),
    )

    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    genre: Mapped[str] = mapped_column(primary_key=True)


class StreamCheck(SpaceOwned, Base):
    """What the last look at a channel's stream found. ``failures`` counts misses in a row."""

    __tablename__ = "live_stream_checks"
    __table_args__ = (
        CheckConstraint("state IN ('unknown', 'up', 'down')", name="state"),
        ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            ondelete="CASCADE",
        ),
    )

    channel_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(server_default="unknown")
    checked_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    http_status: Mapped[int | None] = mapped_column(SmallInteger)
    milliseconds: Mapped[int | None]
    content_type: Mapped[str | None]
    failures: Mapped[int] = mapped_column(server_default="0")
    message: Mapped[str] = mapped_column(server_default="")
