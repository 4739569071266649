"""Dates and years as people and programs write them. Nothing is guessed: 03/04/2020 is refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.DOTALL)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTS: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ,].*)?", re.DOTALL)
_NAMED: Final = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?P<m>[^\W\d_]{3,})\.?,?[ -](?P<y>\d{4})"),
    re.compile(
        r"(?:[^\W\d_]{3,9},? )?(?P<m>[^\W\d_]{3,})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? "
        r"(?:\d\d:\d\d(?::\d\d)? )?(?P<y>\d{4})"
    ),
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio",
            "feb february februar février febrero febbraio fév",
            "mar march märz mars marzo mär",
            "apr april avril abril aprile avr",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio juil",
            "aug august août agosto aoû",
            "sep sept september septembre septiembre settembre",
            "oct october oktober octobre octubre ottobre okt",
            "nov november novembre noviembre",
            "dec december dezember décembre diciembre dicembre dez déc",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR: Final = re.compile(r"(?<!\d)(1[0-9]{3}|20\d\d|21\d\d)(?!\d)")
_PLAIN_YEAR: Final = re.compile(r"-?\d{1,4}")
_EARLIEST: Final = -4000
_LATEST: Final = 2199
_MONTHS_A_YEAR: Final = 12


def read_date(text: str, *, day_first: bool | None = None) -> date | None:
    """Return the calendar day a text names, or ``None``; a time of day is left off.

    Read are ISO 8601 dates (also with slashes or dots, or without), day and month before the
    year, and names of months in five languages. Of ``03/04/2020`` ``day_first`` decides; where
    it is not given, only what can be meant one way is read (``31/04/2020`` is no date at all).
    """
    text = text.strip()
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _PARTS.fullmatch(text)
    if found:
        return _from_parts(int(found[1]), int(found[2]), int(found[3]), text, day_first)
    for form in _NAMED:
        found = form.fullmatch(text)
        if found:
            month = _MONTHS.get(found["m"].casefold())
            return _day(int(found["y"]), month, int(found["d"])) if month else None
    return None


def read_year(text: str) -> int | None:
    """Return the year a text names: ``1984``, ``c. 1984``, ``1984–86``, ``May 1984``, ``-700``.

    Years of four digits from 1000 to 2199 are found inside a text; a bare number may also be a
    year before, down to 4000 before our era (negative).
    """
    text = text.strip()
    if _PLAIN_YEAR.fullmatch(text):
        year = int(text)
        return year if year and _EARLIEST <= year <= _LATEST else None
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _from_parts(
    first: int, second: int, year: int, text: str, day_first: bool | None
) -> date | None:
    if first > _MONTHS_A_YEAR or "." in text[:3]:
        return _day(year, second, first)
    if second > _MONTHS_A_YEAR or first == second:
        return _day(year, first, second)
    if day_first is None:
        return None
    return _day(year, second, first) if day_first else _day(year, first, second)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
