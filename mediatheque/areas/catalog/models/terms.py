"""Vocabularies: genres, tags, moods, themes, languages, countries."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Term(SpaceOwned, Base):
    """A word of a vocabulary. Languages are ISO 639-1 codes, countries ISO 3166-1 alpha-2."""

    __tablename__ = "catalog_terms"
    __table_args__ = (
        CheckConstraint(
            "scheme IN ('genre', 'tag', 'mood', 'theme', 'language', 'country')", name="scheme"
        ),
        UniqueConstraint("space_id", "scheme", "slug"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    scheme: Mapped[str]
    slug: Mapped[str]
    name: Mapped[str]
    import_id: Mapped[UUID | None]


class TitleTerm(SpaceOwned, Base):
    """A work has a term. A join table, because array operators are not leakproof."""

    __tablename__ = "catalog_title_terms"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "term_id"],
            ["catalog_terms.space_id", "catalog_terms.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            ondelete="CASCADE",
        ),
        Index("ix_catalog_title_terms_title_id", "space_id", "title_id", "term_id"),
    )

    term_id: Mapped[UUID] = mapped_column(primary_key=True)
    title_id: Mapped[UUID] = mapped_column(primary_key=True)
    import_id: Mapped[UUID | None]
