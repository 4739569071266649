"""From what a board of classification said to the age from which a work is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mediatheque.areas.catalog.rules.refusals import AboveLimitError

if TYPE_CHECKING:
    from mediatheque.core.context import ActiveProfile

OLDEST: Final = 21
"""No board asks for more; a larger number is a year or a section of a law."""

_WORDS: Final = {
    0: "g u uc tp e all allages atp l btl al ohnealtersbeschraenkung ohnealtersbeschrankung "
    "touspublics everyone universal general tvy tvg kids children suitableforall",
    3: "ec earlychildhood",
    8: "pg tvpg parentalguidance",
    13: "t teen",
    17: "r tvma mature restricted",
    18: "nc17 x xxx ao adult adults adultsonly erwachsene keinejugendfreigabe spio r18 18a",
}
_BY_WORD: Final = {word: age for age, words in _WORDS.items() for word in words.split()}
_NUMBER: Final = re.compile(r"\d+")
_FOLDED: Final = str.maketrans("äöü", "aou")


def age_of(certification: str | None) -> int | None:
    """The age in years that a certificate names or stands for; None where it tells none.

    Reads ``FSK 16``, ``PEGI 12``, ``16+``, ``TV-14``, ``PG-13``, ``9-12`` (its start), and the
    letters of MPA, BBFC, ESRB, FSK and CNC. A letter that boards use differently counts as the
    stricter of them (``M``: 17). Explanations behind the certificate are passed over.
    """
    text = (certification or "").strip().lower().translate(_FOLDED).removeprefix("rated ")
    letters = "".join(one for one in text if one.isalnum())
    if letters in _BY_WORD:
        return _BY_WORD[letters]
    number = _NUMBER.search(text.partition("(")[0] or text)
    if number and int(number[0]) <= OLDEST:
        return 18 if "nc" in text[: number.start()] else int(number[0])
    if letters == "m":
        return 17
    first = re.split(r"[\s(:,;/]", text, maxsplit=1)[0]
    plain = "".join(one for one in first if one.isalnum())
    return _BY_WORD.get(plain) if plain and plain != letters else None


def suits(profile: ActiveProfile | None, age: int | None) -> bool:
    """Whether a profile sees works for an age (None: nobody knows); the rule of ``suitable``."""
    if profile is None or profile.maturity_limit is None:
        return True
    return profile.shows_unknown if age is None else age <= profile.maturity_limit


def check_age(profile: ActiveProfile | None, age: int | None) -> None:
    """Refuse to make a work that whoever makes it would not see."""
    if not suits(profile, age):
        raise AboveLimitError(field="minimum_age")
