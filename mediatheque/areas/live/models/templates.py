"""Programmes that recur."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Template(SpaceOwned, Base):
    """A rule that makes entries: ``rrule`` (RFC 5545) from ``starts_on`` at ``start_time``.

    The time is that of the wall clock in ``time_zone`` (IANA), so that it survives a change of the
    clock. ``made_until`` is the last day for which entries were made.
    """

    __tablename__ = "live_templates"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 1 AND 2880", name="duration_minutes"),
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
        Index("ix_live_templates_channel_id", "space_id", "channel_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    channel_id: Mapped[UUID]
    title: Mapped[str]
    sub_title: Mapped[str | None]
    description: Mapped[str | None]
    genres: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    min_age: Mapped[int | None] = mapped_column(SmallInteger)
    icon_url: Mapped[str | None]
    title_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any] | None]
    rrule: Mapped[str]
    starts_on: Mapped[date]
    until_on: Mapped[date | None]
    start_time: Mapped[time]
    duration_minutes: Mapped[int]
    time_zone: Mapped[str]
    is_enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    made_until: Mapped[date | None]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class TemplateOverride(SpaceOwned, Base):
    """One occurrence that differs: it falls out, moves, or has other words (``changes``).

    ``occurs_on`` is the day the rule gives, on the wall clock of the template.
    """

    __tablename__ = "live_template_overrides"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "template_id"],
            ["live_templates.space_id", "live_templates.id"],
            ondelete="CASCADE",
        ),
    )

    template_id: Mapped[UUID] = mapped_column(primary_key=True)
    occurs_on: Mapped[date] = mapped_column(primary_key=True)
    is_cancelled: Mapped[bool] = mapped_column(server_default=text("false"))
    start_at: Mapped[datetime | None]
    duration_minutes: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
