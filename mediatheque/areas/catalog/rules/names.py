"""How works and people are named for matching, sorting and addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mediatheque.kit.text import fold, slugify, sort_title

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRAILING_ARTICLE = re.compile(r"^(.*\S), *(the|a|an)$", re.IGNORECASE | re.DOTALL)
_LEADING = ("the ", "a ", "an ")


def title_key(title: str) -> str:
    """What two writings of one title share: folded, no spaces, no English article at either end.

    ``The Matrix``, ``Matrix, The`` and ``the matrix`` have the key ``matrix``; a title that is
    nothing but an article keeps it.
    """
    plain = title
    if "," in title:
        found = _TRAILING_ARTICLE.match(title.strip())
        if found:
            plain = found[1]
    folded = fold(plain)
    for article in _LEADING:
        if folded.startswith(article):
            folded = folded[len(article) :]
            break
    return folded.replace(" ", "")


def sort_key(sort: str) -> str:
    """The folded sort title; ordered by code point (collation C)."""
    return fold(sort)


def default_sort_title(title: str, languages: Sequence[str] = ()) -> str:
    """The title without its leading article, in the work's first language."""
    return sort_title(title, languages)


def person_sort_key(name: str) -> str:
    """Family name first: ``Fritz Lang`` sorts under ``lang fritz``."""
    folded = fold(name)
    first, _, last = folded.rpartition(" ")
    return f"{last} {first}" if first else folded


def make_slug(title: str, year: int | None = None) -> str:
    """The wished public address of a work: its title and year."""
    base = slugify(title, limit=72)
    return f"{base}-{year}" if year else base
