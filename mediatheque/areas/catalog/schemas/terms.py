"""Vocabularies on the wire."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.catalog.schemas.reads import TermLink
from mediatheque.kit.wire import Filter

Scheme = Literal["genre", "tag", "mood", "theme", "language", "country"]


class TermRead(TermLink):
    """A word with how many works have it."""

    id: UUID
    scheme: Scheme
    titles_count: int


class TermFilter(Filter):
    """Words of one vocabulary, the most used first; ``q`` is how one of their words begins."""

    scheme: Scheme
    q: Annotated[str, Field(max_length=100)] = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 200
