"""Shelves, releases of works, and owned items."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned

FORMATS = (
    "dvd",
    "bluray",
    "uhd",
    "vhs",
    "laserdisc",
    "digital",
    "vinyl",
    "cd",
    "cassette",
    "sacd",
    "hardcover",
    "paperback",
    "ebook",
    "audiobook",
    "comic_issue",
    "cartridge",
    "disc",
    "boxed",
    "other",
)
RESOLUTIONS = ("sd", "hd", "full_hd", "uhd_4k")
CONDITIONS = ("mint", "near_mint", "very_good", "good", "fair", "poor")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Library(SpaceOwned, Base):
    """A shelf inside a space."""

    __tablename__ = "library_libraries"
    __table_args__ = (
        UniqueConstraint("space_id", "slug"),
        Index(
            "uq_library_libraries_default",
            "space_id",
            unique=True,
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="mixed")
    description: Mapped[str] = mapped_column(server_default="")
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    archived_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Edition(SpaceOwned, Base):
    """A release of a work. Absent properties are empty strings, so that the key is unique."""

    __tablename__ = "library_editions"
    __table_args__ = (
        CheckConstraint(_one_of("format", FORMATS), name="format"),
        CheckConstraint(_one_of("resolution", ("", *RESOLUTIONS)), name="resolution"),
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "cover_id"],
            ["files_files.space_id", "files_files.id"],
            ondelete="SET NULL (cover_id)",
        ),
        UniqueConstraint(
            "space_id",
            "title_id",
            "format",
            "resolution",
            "region",
            "name",
            "barcode",
            name="uq_library_editions_key",
        ),
        Index(
            "ix_library_editions_barcode",
            "space_id",
            "barcode",
            postgresql_where=text("barcode <> ''"),
        ),
        Index("ix_library_editions_format", "space_id", "format", "resolution", "title_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    title_id: Mapped[UUID]
    format: Mapped[str]
    resolution: Mapped[str] = mapped_column(server_default="")
    region: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    barcode: Mapped[str] = mapped_column(server_default="")
    publisher: Mapped[str | None]
    released_on: Mapped[date | None]
    cover_id: Mapped[UUID | None]
    added_by: Mapped[UUID | None]
    edited_at: Mapped[datetime | None]
    edited_fields: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    import_id: Mapped[UUID | None]


class Copy(SpaceOwned, Base):
    """One owned item of an edition. Prices are integer minor units with a currency."""

    __tablename__ = "library_copies"
    __table_args__ = (
        CheckConstraint(_one_of("condition", CONDITIONS), name="condition"),
        ForeignKeyConstraint(
            ["space_id", "edition_id"],
            ["library_editions.space_id", "library_editions.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "library_id"], ["library_libraries.space_id", "library_libraries.id"]
        ),
        Index("ix_library_copies_edition_id", "space_id", "edition_id"),
        Index("ix_library_copies_title_id", "space_id", "title_id", "library_id"),
        Index("ix_library_copies_library_id", "space_id", "library_id", "title_id"),
        Index("ix_library_copies_added_at", "space_id", "added_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    title_id: Mapped[UUID]
    edition_id: Mapped[UUID]
    library_id: Mapped[UUID]
    condition: Mapped[str | None]
    location: Mapped[str | None]
    price_cents: Mapped[int | None]
    currency: Mapped[str | None]
    bought_on: Mapped[date | None]
    signed: Mapped[bool] = mapped_column(server_default=text("false"))
    notes: Mapped[str | None]
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = mapped_column(server_default=func.now())
    edited_at: Mapped[datetime | None]
    edited_fields: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    import_id: Mapped[UUID | None]


class Loan(SpaceOwned, Base):
    """A copy lent to somebody; at most one loan of a copy is open."""

    __tablename__ = "library_loans"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "copy_id"],
            ["library_copies.space_id", "library_copies.id"],
            ondelete="CASCADE",
        ),
        Index(
            "uq_library_loans_open",
            "space_id",
            "copy_id",
            unique=True,
            postgresql_where=text("returned_on IS NULL"),
        ),
        Index("ix_library_loans_lent_on", "space_id", "lent_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    copy_id: Mapped[UUID]
    borrower: Mapped[str]
    lent_on: Mapped[date | None]
    due_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    note: Mapped[str | None]
    lent_by: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
