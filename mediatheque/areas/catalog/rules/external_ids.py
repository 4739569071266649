"""Ids in other catalogues: their forms, checked where a scheme has one."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from stdnum import ean, isbn

SCHEME: Final = re.compile(r"[a-z][a-z0-9_]{1,31}")
LONGEST: Final = 200
_NUMBERS: Final = frozenset({"tmdb", "tmdb_tv", "tvdb", "mal", "igdb", "discogs"})
_IMDB: Final = re.compile(r"tt\d{7,10}")
_EANS: Final = frozenset({"upc", "ean", "ean13"})


class BadExternalIdError(ValueError):
    """The value is not of the scheme's form; the message says which form that is."""


def clean_id(scheme: str, value: str) -> str:
    """The one form of an external id; raises :class:`BadExternalIdError`.

    ISBN-10 becomes ISBN-13; IMDb ids of titles are ``tt`` and digits; TMDB, TVDB, MyAnimeList,
    IGDB and Discogs ids are numbers; MusicBrainz ids are UUIDs. Other schemes are free text.
    """
    value = value.strip()
    if not SCHEME.fullmatch(scheme):
        raise BadExternalIdError(
            "A scheme is 2 to 32 lower-case letters, digits and underscores, such as “imdb”."
        )
    if not value or len(value) > LONGEST or not value.isprintable():
        raise BadExternalIdError(f"An id has 1 to {LONGEST} printable characters.")
    if scheme in _NUMBERS:
        if not value.isascii() or not value.isdigit():
            raise BadExternalIdError("This catalogue's ids are numbers.")
        return value.lstrip("0") or "0"
    if scheme == "imdb":
        return _imdb(value)
    if scheme == "isbn13":
        return clean_isbn(value)
    if scheme in _EANS:
        return _ean(value)
    if scheme == "musicbrainz":
        return _uuid(value)
    return value


def clean_isbn(value: str) -> str:
    """An ISBN-13 without hyphens; an ISBN-10 is converted; a wrong check digit is refused."""
    number = isbn.compact(value)
    if not isbn.is_valid(number):
        raise BadExternalIdError("This is no valid ISBN: the check digit does not fit.")
    return str(isbn.to_isbn13(number)).replace("-", "")


def _imdb(value: str) -> str:
    found = value.lower()
    if found.isascii() and found.isdigit():
        found = f"tt{found:0>7}"
    if not _IMDB.fullmatch(found):
        raise BadExternalIdError("An IMDb id of a title is “tt” and seven digits or more.")
    return found


def _ean(value: str) -> str:
    number = ean.compact(value)
    if not ean.is_valid(number):
        raise BadExternalIdError("This is no valid bar code: the check digit does not fit.")
    return str(number)


def _uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError as error:
        raise BadExternalIdError("An id of MusicBrainz is a UUID.") from error
