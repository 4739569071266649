"""Numbers that identify works and releases: ISBN, EAN, UPC, IMDb and TMDB ids.

The check digits follow ISO 2108 (ISBN) and GS1 General Specifications (GTIN-8, -12, -13);
python-stdnum is the authority, plain digits take a short way that gives the same answers.
"""

from __future__ import annotations

import re
from typing import Final

from stdnum import ean, isbn

_SEPARATORS: Final = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u00a0\t")
_DAMAGED: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d{1,2}|\d{6,}[.,]0+")
_IMDB: Final = re.compile(r"(?:^|/)(tt\d{7,10})(?:$|[/?#])")
_TMDB: Final = re.compile(
    r"^(?:https?://(?:www\.)?themoviedb\.org)?/?(?:movie/|tv/)?(\d{1,10})(?:$|[-/?#])"
)
_ISBN13_LENGTH: Final = 13
_UPC_LENGTH: Final = 12
_BOOKLAND: Final = ("978", "979")
_MUSIC: Final = "9790"


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet turned this number into a measure: ``9.78031E+12``, ``85392118823.0``.

    Digits are lost, or a leading zero may be; such a value is never an id.
    """
    return _DAMAGED.fullmatch(text.strip()) is not None


def read_isbn(text: str) -> str | None:
    """Return the ISBN-13 of an ISBN of either length, or ``None`` where it is none.

    An ISBN-10 is converted, hyphens and blanks go, a wrong check digit is none.
    """
    number = text if text.isdecimal() else text.translate(_SEPARATORS)
    if len(number) == _ISBN13_LENGTH and number.isdecimal() and number.isascii():
        fits = number.startswith(_BOOKLAND) and not number.startswith(_MUSIC)
        return number if fits and _is_even13(number) else None
    number = number.upper()
    if not isbn.is_valid(number):
        return None
    return str(isbn.to_isbn13(number))


def read_barcode(text: str) -> str | None:
    """Return the one form of a trade item number, or ``None`` where it is none.

    GTIN-8, GTIN-12 (UPC-A) and GTIN-13 (EAN) with a right check digit. An EAN that begins with
    zero is the UPC-A inside it; a GTIN-14 that begins with zero is the EAN inside it.
    """
    number = text if text.isdecimal() else text.translate(_SEPARATORS)
    if len(number) == _ISBN13_LENGTH and number.isdecimal() and number.isascii():
        return number.removeprefix("0") if _is_even13(number) else None
    if len(number) == _ISBN13_LENGTH + 1 and number.startswith("0"):
        return read_barcode(number[1:])
    if not number.isascii() or not ean.is_valid(number):
        return None
    return str(number)


def is_isbn_barcode(number: str) -> bool:
    """Whether a bar code is a book's: 978 and 979, without the 979-0 of printed music."""
    return len(number) == _ISBN13_LENGTH and (
        number.startswith(_BOOKLAND) and not number.startswith(_MUSIC)
    )


def read_imdb_id(text: str) -> str | None:
    """Return the IMDb id of a title, alone or inside a link, or ``None``."""
    found = _IMDB.search(text.strip())
    return found[1] if found else None


def read_tmdb_id(text: str) -> str | None:
    """Return the TMDB number of a film or a series, alone or inside a link, or ``None``."""
    found = _TMDB.match(text.strip())
    return (found[1].lstrip("0") or None) if found else None


def _is_even13(number: str) -> bool:
    """Check thirteen ASCII digits: weights 1 and 3; the codes' offset 48 falls out modulo 10."""
    digits = number.encode()
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
