"""Seasons and episodes of series."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, SmallInteger, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Season(SpaceOwned, Base):
    """A season; number 0 holds the specials."""

    __tablename__ = "catalog_seasons"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("space_id", "title_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    title_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str | None]
    expected_episodes: Mapped[int | None] = mapped_column(SmallInteger)
    import_id: Mapped[UUID | None]


class Episode(SpaceOwned, Base):
    """An episode, by its series, season number and number."""

    __tablename__ = "catalog_episodes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "title_id", "season"],
            ["catalog_seasons.space_id", "catalog_seasons.title_id", "catalog_seasons.number"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        UniqueConstraint("space_id", "title_id", "season", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    title_id: Mapped[UUID]
    season: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str | None]
    synopsis: Mapped[str | None]
    aired_on: Mapped[date | None]
    runtime_minutes: Mapped[int | None]
    import_id: Mapped[UUID | None]
