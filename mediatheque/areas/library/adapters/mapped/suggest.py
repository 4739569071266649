"""Suggesting what the columns of an unknown table mean, by their names and by what is in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.adapters.mapped.targets import ALIASES, STATUS_OF
from mediatheque.areas.library.adapters.vocabulary.formats import read_format
from mediatheque.areas.library.adapters.vocabulary.words import read_kind
from mediatheque.kit.figures import read_minutes, read_number
from mediatheque.kit.identifiers import is_damaged, read_barcode, read_imdb_id, read_isbn
from mediatheque.kit.tabular import normal_name, unwrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Suggestion = tuple[str, str | None, float]

_SURE: Final = 1.0
_PART: Final = 0.6
_MOSTLY: Final = 0.8
_SHORTEST: Final = 4
_UPC_LENGTH: Final = 12
_OFTEN: Final = 0.5
_TELLS_NOTHING: Final = frozenset({
    "date", "name", "number", "index", "category", "version", "place", "state", "medium", "count",
    "shelf", "stars", "classification", "length", "type", "list", "lists", "group", "system",
})  # fmt: skip
"""Aliases that mean something alone, but not as a part of a longer name."""
_SPOILS: Final = frozenset({
    "id", "ids", "key", "role", "roles", "sort", "lf", "positions", "lending", "count", "url",
    "link", "cover", "image", "path", "wording", "size", "weight", "height",
})  # fmt: skip
"""Words that make a longer name mean something else than its parts."""
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")


def suggest_mapping(
    header: Sequence[str], sample_rows: Sequence[Sequence[str]]
) -> list[Suggestion]:
    """Suggest a meaning for every column: ``(header, target or None, confidence from 0 to 1)``.

    A target is given once, to the column that is surest of it; credits, tags and genres may be
    several columns. What is in the cells decides where the name says nothing, and corrects it
    where it cannot be true.
    """
    found = [_of_column(name, _cells(sample_rows, place)) for place, name in enumerate(header)]
    best: dict[str, int] = {}
    for place, (target, confidence) in enumerate(found):
        if target and (target not in best or confidence > found[best[target]][1]):
            best[target] = place
    return [
        (name, target, confidence)
        if target and (best[target] == place or target in _MANY)
        else (name, None, 0.0)
        for place, (name, (target, confidence)) in enumerate(zip(header, found, strict=True))
    ]


_MANY: Final = frozenset(
    {"author", "actor", "artist", "writer", "genres", "tags", "isbn", "barcode"}
)


def _of_column(name: str, cells: list[str]) -> tuple[str | None, float]:
    by_name, confidence = _by_name(name)
    by_content = _by_content(cells)
    if by_content and by_content != by_name and by_name not in _FITS.get(by_content, ()):
        return by_content, 0.9
    if by_name == "actor" and cells and _share(cells, _is_figure) == 1:
        return "my_rating", _PART
    if by_name in _MUST and cells and not _share(cells, _MUST[by_name]):
        return None, 0.0
    return by_name, confidence


def _by_name(name: str) -> tuple[str | None, float]:
    key = normal_name(name)
    if key in ALIASES:
        return ALIASES[key], _SURE
    words = [normal_name(word) for word in _WORDS.findall(name)]
    if not _SPOILS.isdisjoint(words) or key.endswith("lf"):
        return None, 0.0
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            part = "".join(words[start : start + size])
            if len(part) > _SHORTEST and part in ALIASES and part not in _TELLS_NOTHING:
                return ALIASES[part], _PART
    return None, 0.0


def _by_content(cells: list[str]) -> str | None:
    for target, test, share in _CONTENT:
        if len(cells) > 1 and _share(cells, test) >= share:
            return target
    return None


def _share(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [text for row in rows if len(row) > place and (text := unwrap(row[place]))]


def _is_number(text: str) -> bool:
    return any(mark.isdigit() for mark in text)


def _is_figure(text: str) -> bool:
    return read_number(text) is not None


def _is_link_to_imdb(text: str) -> bool:
    return read_imdb_id(text) is not None


def _is_isbn(text: str) -> bool:
    return read_isbn(text) is not None


def _is_barcode(text: str) -> bool:
    digits = text.isdecimal() and len(text) >= _UPC_LENGTH and read_barcode(text) is not None
    return digits or is_damaged(text)


def _is_format(text: str) -> bool:
    return read_format(text).known and read_kind(text) is None


def _is_status(text: str) -> bool:
    return normal_name(text) in STATUS_OF


_CONTENT: Final = (
    ("imdb_id", _is_link_to_imdb, _MOSTLY),
    ("isbn", _is_isbn, _MOSTLY),
    ("barcode", _is_barcode, _MOSTLY),
    ("status", _is_status, _OFTEN),
)
_FITS: Final = {"isbn": ("barcode", "key"), "barcode": ("isbn",), "imdb_id": ("key",)}
_MUST: Final[dict[str | None, Callable[[str], object]]] = {
    "year": _is_number,
    "released_on": _is_number,
    "added_on": _is_number,
    "finished_on": _is_number,
    "rating": _is_number,
    "pages": _is_number,
    "runtime_minutes": read_minutes,
    "price": _is_number,
    "format": _is_format,
    "kind": read_kind,
}
