"""People, and what they did in works."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned

JOBS = (
    "director",
    "writer",
    "actor",
    "author",
    "artist",
    "composer",
    "performer",
    "developer",
    "publisher",
    "illustrator",
    "creator",
    "producer",
    "editor",
    "translator",
    "narrator",
    "conductor",
    "cinematographer",
    "other",
)


class Person(SpaceOwned, Base):
    """Somebody (or a band, a studio) with credits. ``name_key`` is the folded name.

    Two people of one name are told apart by ``distinction`` (a year, a profession).
    """

    __tablename__ = "catalog_people"
    __table_args__ = (
        UniqueConstraint("space_id", "name_key", "distinction"),
        UniqueConstraint("space_id", "slug"),
        Index("ix_catalog_people_sort_key", "space_id", "sort_key", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(TEXT(collation="C"))
    name_key: Mapped[str] = mapped_column(TEXT(collation="C"))
    distinction: Mapped[str] = mapped_column(server_default="")
    import_id: Mapped[UUID | None]


class PersonAlias(SpaceOwned, Base):
    """Somebody who was merged away: their id, address and name now mean another person.

    So a link that was kept finds who stayed, and a file with the old name makes nobody new.
    """

    __tablename__ = "catalog_person_aliases"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "person_id"],
            ["catalog_people.space_id", "catalog_people.id"],
            ondelete="CASCADE",
        ),
        Index("ix_catalog_person_aliases_person_id", "space_id", "person_id"),
        Index("ix_catalog_person_aliases_slug", "space_id", "slug"),
        Index("ix_catalog_person_aliases_name_key", "space_id", "name_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(TEXT(collation="C"))
    person_id: Mapped[UUID]


class Credit(SpaceOwned, Base):
    """A person's part in a work, in the order of the credits."""

    __tablename__ = "catalog_credits"
    __table_args__ = (
        CheckConstraint("job IN ({})".format(", ".join(repr(job) for job in JOBS)), name="job"),
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "person_id"],
            ["catalog_people.space_id", "catalog_people.id"],
            ondelete="CASCADE",
        ),
        Index("ix_catalog_credits_person_id", "space_id", "person_id", "title_id"),
    )

    title_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    person_id: Mapped[UUID]
    job: Mapped[str]
    character: Mapped[str | None]
    import_id: Mapped[UUID | None]
