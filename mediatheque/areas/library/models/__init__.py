"""The library's tables."""

from mediatheque.areas.library.models.annotations import Mark, Note, Rating
from mediatheque.areas.library.models.copies import (
    CONDITIONS,
    FORMATS,
    RESOLUTIONS,
    Copy,
    Edition,
    Library,
    Loan,
)
from mediatheque.areas.library.models.origins import Origin

__all__ = [
    "CONDITIONS",
    "FORMATS",
    "RESOLUTIONS",
    "Copy",
    "Edition",
    "Library",
    "Loan",
    "Mark",
    "Note",
    "Origin",
    "Rating",
]
