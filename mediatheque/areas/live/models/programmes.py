"""The schedule: what is on when. Two entries of a channel cannot overlap."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Programme(SpaceOwned, Base):
    """One entry of a channel's schedule, from ``start_at`` up to and without ``stop_at``.

    What lists, filters and matching read has columns; all else a guide says about a programme
    (further languages, credits, images, reviews …) is in ``detail``, described in docs/xmltv.md.
    ``title``, ``sub_title`` and ``description`` are those of the first language, ``language``;
    ``season``, ``episode`` and ``part`` count from 1; ``genres`` are folded words; ``year`` is the
    work's. ``source_key`` is the provider's id (``dd_progid`` …), ``content_hash`` what the guide
    said, so that a refresh finds what is unchanged. ``import_id`` is the import that last wrote it.

    ``origin``: a ``guide``, by ``hand``, or a ``template``; what is by hand a guide does not move.
    ``match_how`` says who joined it to a work of the catalogue: the house (``auto``) or a person
    (``hand``, also for "none of them": then ``title_id`` is null); ``match_score`` is 0–100.

    The exclusion constraint is checked at the end of each statement, so that one statement may
    move a whole evening. A guide is asked for by ``start_at`` and ``stop_at`` through the B-tree:
    the range operator is not leakproof and reaches no index under a row policy.
    """

    __tablename__ = "live_programmes"
    __table_args__ = (
        CheckConstraint("stop_at > start_at", name="times"),
        CheckConstraint("origin IN ('guide', 'hand', 'template')", name="origin"),
        CheckConstraint("match_how IN ('auto', 'hand')", name="match_how"),
        ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="SET NULL (title_id)",
        ),
        ForeignKeyConstraint(
            ["space_id", "episode_id"],
            ["catalog_episodes.space_id", "catalog_episodes.id"],
            ondelete="SET NULL (episode_id)",
        ),
        ExcludeConstraint(
            ("space_id", "="),
            ("channel_id", "="),
            (text("tstzrange(start_at, stop_at)"), "&&"),
            name="ex_live_programmes_overlap",
            using="gist",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        Index(
            "ix_live_programmes_start_at",
            "space_id",
            "channel_id",
            "start_at",
            postgresql_include=["stop_at"],
        ),
        Index(
            "ix_live_programmes_title_id",
            "space_id",
            "title_id",
            "start_at",
            postgresql_where=text("title_id IS NOT NULL"),
        ),
        Index(
            "ix_live_programmes_episode_id",
            "space_id",
            "episode_id",
            postgresql_where=text("episode_id IS NOT NULL"),
        ),
        Index(
            "ix_live_programmes_template_id",
            "space_id",
            "template_id",
            "template_on",
            postgresql_where=text("template_id IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    channel_id: Mapped[UUID]
    start_at: Mapped[datetime]
    stop_at: Mapped[datetime]
    content_hash: Mapped[int] = mapped_column(BigInteger, server_default="0")
    title: Mapped[str]
    sub_title: Mapped[str | None]
    description: Mapped[str | None]
    language: Mapped[str | None]
    season: Mapped[int | None]
    episode: Mapped[int | None]
    part: Mapped[int | None]
    year: Mapped[int | None] = mapped_column(SmallInteger)
    genres: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    min_age: Mapped[int | None] = mapped_column(SmallInteger)
    is_new: Mapped[bool] = mapped_column(server_default=text("false"))
    is_premiere: Mapped[bool] = mapped_column(server_default=text("false"))
    is_last_chance: Mapped[bool] = mapped_column(server_default=text("false"))
    is_repeat: Mapped[bool] = mapped_column(server_default=text("false"))
    icon_url: Mapped[str | None]
    source_key: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None]
    origin: Mapped[str] = mapped_column(server_default="hand")
    source_id: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
    template_id: Mapped[UUID | None]
    template_on: Mapped[date | None]
    title_id: Mapped[UUID | None]
    episode_id: Mapped[UUID | None]
    match_score: Mapped[int | None] = mapped_column(SmallInteger)
    match_how: Mapped[str | None]
    matched_by: Mapped[UUID | None]
    edited_by: Mapped[UUID | None]
    edited_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Replaced(SpaceOwned, Base):
    """An entry as it was before an import changed or removed it: what its undo puts back.

    ``row`` is the whole entry (``to_jsonb``); ``is_removed`` tells removed from changed.
    """

    __tablename__ = "live_replaced"

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(primary_key=True)
    is_removed: Mapped[bool]
    row: Mapped[dict[str, Any]]
    replaced_at: Mapped[datetime] = mapped_column(server_default=func.now())
