"""Where rows of sources went: what makes an import idempotent."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Origin(SpaceOwned, Base):
    """A source's row key → the work and, if the row is an owned item, the copy it became.

    ``key`` is the source's own row key or a hash of the identifying cells. ``ordinal`` counts
    the copies of the row from 1; a row that owns nothing has the one entry 0. A copy has at
    most one key of each source. ``digest`` tells whether the row has changed since.
    """

    __tablename__ = "library_origins"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "copy_id"],
            ["library_copies.space_id", "library_copies.id"],
            ondelete="CASCADE",
        ),
        Index("ix_library_origins_title_id", "space_id", "title_id"),
        Index("ix_library_origins_copy_id", "space_id", "copy_id"),
    )

    source: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    title_id: Mapped[UUID]
    copy_id: Mapped[UUID | None]
    digest: Mapped[str]
    import_id: Mapped[UUID | None]
