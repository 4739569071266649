"""What is searched: a document for each findable thing, and the words that occur in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned

# A small list of pending entries: each search reads it whole.
GIN: dict[str, Any] = {
    "postgresql_using": "gin",
    "postgresql_with": {"gin_pending_list_limit": 256},
}


class SearchDocument(SpaceOwned, Base):
    """Something that can be found, as its area declared it.

    ``name`` is the folded label, ``key`` the same without leading article and spaces. ``words``
    are lexemes of folded text, each behind the space's mark (the last figures of its id), so that
    a look-up meets one space's entries only: plain ones of the label (weight A) and of other
    names (B), ``@word`` of people (C), ``#word`` of vocabularies (D), ``=code`` of bar codes and
    ids.
    ``facets`` are ``facet|value|label``. ``weight`` is the popularity: the higher the earlier.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        Index("ix_search_documents_words", "words", **GIN),
        Index(
            "ix_search_documents_key",
            "space_id",
            "key",
            postgresql_include=["weight", "ref_kind", "ref_id"],
        ),
        Index(
            "ix_search_documents_letter",
            "space_id",
            text('"left"(key, 1)'),
            text("weight DESC"),
        ),
        Index(
            "ix_search_documents_letters",
            "space_id",
            text('"left"(key, 2)'),
            text("weight DESC"),
        ),
    )

    ref_kind: Mapped[str] = mapped_column(primary_key=True)
    ref_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    label: Mapped[str]
    name: Mapped[str] = mapped_column(TEXT(collation="C"))
    key: Mapped[str] = mapped_column(TEXT(collation="C"))
    words: Mapped[Any] = mapped_column(TSVECTOR)
    facets: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}")
    weight: Mapped[int] = mapped_column(server_default="0")
    indexed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SearchWord(SpaceOwned, Base):
    """A word that occurs in a space, to correct what is typed.

    ``near`` are hashes of the word and of its forms with one letter left out, salted with the
    space: two words share one when they are one slip apart (Garbe's symmetric deletes).
    """

    __tablename__ = "search_words"
    __table_args__ = (
        Index("ix_search_words_near", "near", **GIN),
        Index(
            "ix_search_words_word",
            "space_id",
            "word",
            postgresql_ops={"word": "gin_trgm_ops"},
            **GIN,
        ),
    )

    word: Mapped[str] = mapped_column(TEXT(collation="C"), primary_key=True)
    near: Mapped[list[int]] = mapped_column(ARRAY(Integer))
