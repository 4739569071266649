"""What somebody typed, as the index is asked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.search.rules.documents import codes
from mediatheque.areas.search.rules.words import (
    ARTICLES,
    SMALL,
    is_spellable,
    joins_of,
    key_of,
    mark_of,
    near_keys,
    quoted,
    words_of,
)
from mediatheque.kit.text import fold, has_cjk

if TYPE_CHECKING:
    from uuid import UUID

MOST_WORDS: Final = 12
SHORTEST_BEGINNING: Final = 3
SHORTEST_CODE: Final = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A question cut into words.

    ``words`` must all be found, small ones are left out; the last may be the beginning of one if
    ``is_open``. ``joined`` are other writings: neighbours as one word. ``key`` is the whole as one
    word, ``code`` as a bar code or an id.
    """

    text: str
    words: tuple[str, ...]
    is_open: bool
    joined: tuple[tuple[str, ...], ...]
    code: tuple[str, ...]
    key: str

    def values(self, space_id: UUID) -> dict[str, Any]:
        """The parameters of the functions that answer it."""
        mark = mark_of(space_id)
        slips = [
            (at, key)
            for at, word in enumerate(self.words, 1)
            if is_spellable(word)
            for key in near_keys(space_id, word)
        ]
        return {
            "asked": [quoted(word) for word in self.words],
            "is_open": self.is_open,
            "joined": " | ".join(_all(mark, words) for words in self.joined if words) or None,
            "code": " | ".join(f"'{mark}={quoted(form)}'" for form in self.code) or None,
            "key": self.key,
            "places": [at for at, _ in slips],
            "nears": [key for _, key in slips],
        }


def read_question(text: str, *, shortest: int = SHORTEST_BEGINNING) -> Question:
    """Cut a question; ``shortest`` is from how many letters on a last word may be a beginning."""
    text = " ".join(text.replace("\0", "").split())
    words = words_of(text)
    plain = fold(text).split()
    wanted = [word for word in words if word not in SMALL]
    # The last word typed may be on the way to a longer one, also when it is small so far.
    last = words[-1] if words else ""
    is_open = bool(wanted) and wanted[-1] == last and len(last) >= shortest and not has_cjk(last)
    chosen = tuple(dict.fromkeys(wanted[:MOST_WORDS]))
    return Question(
        text=text,
        words=chosen,
        is_open=is_open and bool(chosen) and chosen[-1] == last,
        joined=tuple(_joined(plain)) if not has_cjk(text) else (),
        code=tuple(sorted(codes(text))) if _may_be_code(text) else (),
        key=key_of(text),
    )


def _joined(plain: list[str]) -> list[tuple[str, ...]]:
    """The question with neighbours written as one: each pair, and all words."""
    if len(plain) > 1 and plain[0] in ARTICLES:
        plain = plain[1:]
    if not 1 < len(plain) <= MOST_WORDS // 2:
        return []
    joins = joins_of(plain)
    if len(plain) == 2:  # noqa: PLR2004  (two words join in one way only)
        return [(join,) for join in joins]
    return [
        tuple(word for word in (*plain[:at], a + b, *plain[at + 2 :]) if word not in SMALL)
        for at, (a, b) in enumerate(pairwise(plain))
    ] + [(joins[-1],)]


def _may_be_code(text: str) -> bool:
    return (
        len(text) >= SHORTEST_CODE
        and any(char.isdigit() for char in text)
        and " " not in (text.strip("0123456789 -X"))
    )


def _all(mark: str, words: tuple[str, ...]) -> str:
    return "(" + " & ".join(f"'{mark}{quoted(word)}'" for word in words) + ")"
