"""Genres as channels and programmes keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def folded_genres(genres: Iterable[str]) -> list[str]:
    """Genres by what they are looked up by, each once; what folds to nothing is left out."""
    return list(dict.fromkeys(word for one in genres if (word := fold(one))))
