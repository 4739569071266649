"""A row that an area declared, as the index keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mediatheque.areas.search.rules.words import (
    chunks_of,
    joins_of,
    key_of,
    mark_of,
    quoted,
    spellable,
    words_of,
)
from mediatheque.kit.identifiers import read_barcode, read_isbn
from mediatheque.kit.text import compact, fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from mediatheque.kit.db import Row

MOST_PLACES: Final = 400
"""Where later words of a document stand no longer counts (PostgreSQL counts to 16,383)."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document ready for its table, and the words slips may be corrected to."""

    ref_kind: str
    ref_id: UUID
    kind: str
    label: str
    name: str
    key: str
    words: str
    facets: str
    weight: int
    spellable: frozenset[str]

    def cells(self) -> tuple[object, ...]:
        """The columns in the stage's order."""
        return (
            self.ref_kind,
            self.ref_id,
            self.kind,
            self.label,
            self.name,
            self.key,
            self.words,
            self.facets,
            self.weight,
        )


class _Lexemes:
    """Collects lexemes with their places: the text form of a tsvector."""

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._places: dict[str, dict[str, int]] = {}
        self._at = 0

    def add(self, weight: str, words: Iterable[str], field: str = "") -> None:
        for word in words:
            self._at = min(self._at + 1, MOST_PLACES)
            self._places.setdefault(field + word, {}).setdefault(weight, self._at)

    def __str__(self) -> str:
        return " ".join(
            f"'{self._mark}{quoted(lexeme)}':"
            + ",".join(f"{at}{weight}" for weight, at in places.items())
            for lexeme, places in self._places.items()
        )


def analyse(space_id: UUID, ref_kind: str, row: Row, more_codes: Iterable[str] = ()) -> Analysed:
    """Fold and cut what :class:`Documents` describes."""
    found = _Lexemes(mark_of(space_id))
    learnt = spellable([row["label"], *(row["also"] or ())])
    for weight, names in (("A", [row["label"]]), ("B", row["also"] or ())):
        for name in names:
            found.add(weight, words_of(name, singles=True))
            found.add(weight, joins_of(fold(name).split()))
            found.add(weight, chunks_of(name))
    for weight, field, texts in (("C", "@", row["people"]), ("D", "#", row["terms"])):
        for text in texts or ():
            words, near = _cut(text)
            found.add(weight, words, field)
            learnt |= near
    found.add("D", sorted({form for c in (*row["codes"], *more_codes) for form in codes(c)}), "=")
    return Analysed(
        ref_kind=ref_kind,
        ref_id=row["ref_id"],
        kind=row["kind"],
        label=row["label"],
        name=fold(row["label"]),
        key=key_of(row["label"]),
        words=str(found),
        facets=_array(row["facets"] or ()),
        weight=row["weight"] or 0,
        spellable=frozenset(learnt),
    )


@lru_cache(maxsize=16_384)
def _cut(text: str) -> tuple[list[str], set[str]]:
    """The words of a name that stands in many documents, and those of them to learn."""
    return words_of(text, singles=True), spellable([text])


def codes(code: str) -> set[str]:
    """The forms a bar code or id is asked for by: as written, and as its standard writes it."""
    forms = {compact(code), read_isbn(code), read_barcode(code)}
    return {form for form in forms if form}


def _array(values: Iterable[str]) -> str:
    escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in escaped) + "}"
