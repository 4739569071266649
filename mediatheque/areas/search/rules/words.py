"""Words as the index keeps them and as questions ask for them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from mediatheque.kit.text import bigrams, fold, has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

LONGEST_WORD: Final = 100
LONGEST_JOIN: Final = 40
ARTICLES: Final = frozenset({"the", "a", "an"})
# Small words of the languages that titles are in: a question that has others is not bound to
# them, so that "the wizard of oz" finds what stands as "Wizard of Oz, The".
SMALL: Final = frozenset(
    str.split(
        "the a an of and or in on to at for with from by is "
        "der die das ein eine und von im am zu le la les l un une de du des et en "
        "el los las y del il lo i gli e di o os as da do"
    )
)


def words_of(text: str, *, singles: bool = False) -> list[str]:
    """The words of a text, folded, in order; Chinese, Japanese and Korean as pairs of characters.

    ``singles`` adds their single characters, as an index needs.
    """
    found: list[str] = []
    for word in fold(text).split():
        if has_cjk(word):
            found += bigrams(word, singles=singles)
            found += "".join(" " if has_cjk(char) else char for char in word).split()
        else:
            found.append(word[:LONGEST_WORD])
    return found


def joins_of(words: Sequence[str]) -> list[str]:
    """What neighbours give when written as one, and all of them: "spiderman" of "Spider-Man"."""
    pairs = [a + b for a, b in pairwise(words)]
    whole = "".join(words)
    return [
        *(pair for pair in pairs if len(pair) <= LONGEST_JOIN),
        *([whole] if len(words) > 2 and len(whole) <= LONGEST_JOIN else []),  # noqa: PLR2004  (two are a pair already)
    ]


def chunks_of(text: str) -> list[str]:
    """What stands between blanks with more than one word in it, as one: "shield", "walle"."""
    parts = [fold(chunk).split() for chunk in text.split()]
    return ["".join(words) for words in parts if len(words) > 1]


def key_of(text: str) -> str:
    """A name as one word without its leading article, so that equal names are equal."""
    words = fold(text).split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return "".join(words)


def spellable(texts: Iterable[str]) -> set[str]:
    """The words that a slip may be corrected to: of letters, and what hyphens and dots join."""
    found: set[str] = set()
    for text in texts:
        found.update(fold(text).split(), chunks_of(text))
    return {word for word in found if is_spellable(word)}


def is_spellable(word: str) -> bool:
    """Whether slips are looked for: three letters or more, no figures, written in letters."""
    return 3 <= len(word) <= LONGEST_JOIN and word.isalpha() and not has_cjk(word)  # noqa: PLR2004  (said above)


def near_keys(space_id: UUID, word: str) -> list[int]:
    """Hashes of the word and of its forms without one letter, 32 bits with sign."""
    salt = crc32(space_id.bytes)
    forms = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    return [crc32(form.encode(), salt) - (1 << 31) for form in forms]


MARK_LENGTH: Final = 5


def mark_of(space_id: UUID) -> str:
    """What stands before every lexeme of a space; two spaces may share one, which only costs."""
    return str(space_id)[-MARK_LENGTH:]


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in the text form of a tsvector or a tsquery."""
    return lexeme.replace("\\", "\\\\").replace("'", "''")
