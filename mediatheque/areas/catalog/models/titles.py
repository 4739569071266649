"""Works, and the ids other catalogues know them by."""

from __future__ import annotations

from datetime import date, datetime
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

KINDS = ("movie", "series", "album", "book", "game", "comic", "other")
STATUSES = ("draft", "in_review", "scheduled", "published", "archived")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Title(SpaceOwned, Base):
    """A work.

    ``sort_key`` is the folded sort title (collation C, so that a keyset cursor agrees with it),
    ``title_key`` the folded title without spaces, by which imports match. ``rating`` is the
    public average in tenths (0–100). ``age_rating`` is what a board printed, ``minimum_age`` the
    age in years that profiles go by; null is unknown. ``edited_fields`` are
    those a person changed by hand: imports leave them alone. ``import_id`` is the import that
    made the row, for its undo.
    """

    __tablename__ = "catalog_titles"
    __table_args__ = (
        CheckConstraint(_one_of("kind", KINDS), name="kind"),
        CheckConstraint(_one_of("status", STATUSES), name="status"),
        CheckConstraint("minimum_age BETWEEN 0 AND 21", name="minimum_age"),
        UniqueConstraint("space_id", "slug"),
        ForeignKeyConstraint(
            ["space_id", "poster_id"],
            ["files_files.space_id", "files_files.id"],
            ondelete="SET NULL (poster_id)",
        ),
        Index("ix_catalog_titles_match", "space_id", "title_key", "kind", "year"),
        Index("ix_catalog_titles_sort_key", "space_id", "sort_key", "id"),
        Index("ix_catalog_titles_kind_sort_key", "space_id", "kind", "sort_key", "id"),
        Index("ix_catalog_titles_year", "space_id", "year", "id"),
        Index("ix_catalog_titles_created_at", "space_id", "created_at", "id"),
        Index("ix_catalog_titles_rating", "space_id", "rating", "id"),
        Index("ix_catalog_titles_popularity", "space_id", "popularity", "id"),
        Index(
            "ix_catalog_titles_due", "available_from", postgresql_where=text("status = 'scheduled'")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="published")
    title: Mapped[str]
    original_title: Mapped[str | None]
    sort_title: Mapped[str]
    sort_key: Mapped[str] = mapped_column(TEXT(collation="C"))
    title_key: Mapped[str]
    synopsis: Mapped[str | None]
    year: Mapped[int | None] = mapped_column(SmallInteger)
    released_on: Mapped[date | None]
    runtime_minutes: Mapped[int | None]
    age_rating: Mapped[str | None]
    minimum_age: Mapped[int | None] = mapped_column(SmallInteger)
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    popularity: Mapped[int] = mapped_column(server_default="0")
    details: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    poster_id: Mapped[UUID | None]
    available_from: Mapped[datetime | None]
    available_until: Mapped[datetime | None]
    edited_fields: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    edited_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    added_by: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ExternalId(SpaceOwned, Base):
    """An id in another catalogue (``imdb``, ``tmdb``, ``isbn13``, ``upc`` …): strong identity."""

    __tablename__ = "catalog_external_ids"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        Index("ix_catalog_external_ids_title_id", "space_id", "title_id"),
    )

    scheme: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    title_id: Mapped[UUID]
    import_id: Mapped[UUID | None]
