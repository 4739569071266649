"""Words of the vocabularies: genres, tags, moods, themes, languages, countries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMES: Final = {
    "genres": "genre",
    "tags": "tag",
    "moods": "mood",
    "themes": "theme",
    "languages": "language",
    "countries": "country",
}
"""Field of a work → scheme of the vocabulary."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Word:
    """A term as it is looked up (``slug``) and shown (``name``)."""

    scheme: str
    slug: str
    name: str


class BadWordError(ValueError):
    """The word does not have its vocabulary's form; the message says which form that is."""


def clean_language(value: str) -> str:
    """An ISO 639 code: ``de`` also from ``DE`` and from ``de-AT`` (BCP 47)."""
    code = re.split(r"[-_]", value.strip().lower())[0]
    if not _LANGUAGE.fullmatch(code):
        raise BadWordError("A language is an ISO 639 code, such as “de”.")
    return code


def clean_country(value: str) -> str:
    """An ISO 3166-1 alpha-2 code in capitals."""
    code = value.strip().upper()
    if not _COUNTRY.fullmatch(code):
        raise BadWordError("A country is an ISO 3166-1 code of two letters, such as “DE”.")
    return code


def words_of(scheme: str, names: Iterable[str]) -> list[Word]:
    """The terms meant by names, each once, in the order given."""
    found: dict[str, Word] = {}
    for name in names:
        shown = " ".join(name.split())
        if shown:
            found.setdefault(slugify(shown), Word(scheme, slugify(shown), shown))
    return list(found.values())
