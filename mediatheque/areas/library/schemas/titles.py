"""Everything about a work in one place."""

from __future__ import annotations

from mediatheque.areas.catalog.schemas.reads import TitleCore
from mediatheque.areas.library.schemas.annotations import MarkRead, NoteRead, RatingsRead
from mediatheque.areas.library.schemas.cards import Owned
from mediatheque.areas.library.schemas.copies import EditionRead


class TitleRead(TitleCore, Owned):
    """A work with its credits, editions, copies, notes and ratings."""

    editions: list[EditionRead]
    notes: list[NoteRead]
    my_rating: float | None
    ratings: RatingsRead
    my_mark: MarkRead | None
