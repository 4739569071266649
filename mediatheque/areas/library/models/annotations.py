"""What members say of works: ratings, notes, marks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


def _of_title() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["space_id", "title_id"],
        ["catalog_titles.space_id", "catalog_titles.id"],
        ondelete="CASCADE",
    )


class Rating(SpaceOwned, Base):
    """A member's rating of a work in tenths: 5–100 stands for 0.5–10."""

    __tablename__ = "library_ratings"
    __table_args__ = (
        CheckConstraint("value BETWEEN 1 AND 100", name="value"),
        _of_title(),
    )

    title_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(SmallInteger)
    edited_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]


class Note(SpaceOwned, Base):
    """A member's note on a work, private or shared with the space."""

    __tablename__ = "library_notes"
    __table_args__ = (_of_title(), Index("ix_library_notes_title_id", "space_id", "title_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    title_id: Mapped[UUID]
    user_id: Mapped[UUID]
    body: Mapped[str]
    is_shared: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    edited_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]


class Mark(SpaceOwned, Base):
    """What a member did with a work or an episode: wanted, started or finished it.

    ``season`` and ``episode`` are 0 for the work as a whole; ``times`` counts completions.
    """

    __tablename__ = "library_marks"
    __table_args__ = (
        CheckConstraint("status IN ('wanted', 'started', 'finished')", name="status"),
        _of_title(),
    )

    title_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    season: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default="0")
    episode: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default="0")
    status: Mapped[str]
    finished_on: Mapped[date | None]
    times: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    edited_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]
