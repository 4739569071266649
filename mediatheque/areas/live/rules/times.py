"""Times of guides: as XMLTV writes them, with named zones, and on wall clocks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

LONGEST: Final = timedelta(days=7)
"""A programme that claims to be longer has a damaged end."""
EARLIEST: Final = 1950
LATEST: Final = 2200
USUAL: Final = timedelta(minutes=30)
"""What the last programme of a channel lasts when nothing says it."""

# Hours from UTC. Of letters that mean several zones the one that television guides use; an IANA
# name or an offset says it without doubt.
_LETTERS: Final[dict[str, float]] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1,
    "CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3, "SAST": 2,
    "MSK": 3, "TRT": 3, "GST": 4, "PKT": 5, "IST": 5.5, "ICT": 7, "WIB": 7,
    "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "NST": -3.5, "NDT": -2.5, "BRT": -3, "ART": -3, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
_FORM: Final = re.compile(
    r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ]?(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?)?)?)?"
    r"\s*([+-]\d{2}:?\d{2}|[+-]\d{1,2}|[A-Za-z][A-Za-z0-9_/+-]*)?\Z"
)


class BadTimeError(ValueError):
    """What stands there is no time; the message says why."""


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The zone of an offset (``+0200``), of usual letters (``CEST``), or of an IANA name."""
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        if hours > 15 or minutes > 59:  # noqa: PLR2004  (the clock)
            raise BadTimeError(f"There is no offset “{name}”.")
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if name[0] == "-" else offset)
    known = _LETTERS.get(name.upper())
    if known is not None:
        return timezone(timedelta(hours=known)) if known else UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadTimeError(f"The time zone “{name}” is not known.") from error


def parse_time(given: str, default: tzinfo = UTC, after: datetime | None = None) -> datetime:
    """Read ``YYYYMMDDhhmmss ±hhmm``, its shorter forms, ISO 8601, and named zones, as UTC.

    A time without a zone is on the wall clock of ``default``. When clocks go back, an hour comes
    twice: ``after``, the time of the entry before, tells the second from the first.
    """
    try:  # nearly all: fourteen digits and an offset
        if given[14] == " " and given[15] in "+-" and len(given) == 20:  # noqa: PLR2004  (as many characters as it has)
            found = datetime.fromisoformat(f"{given[:8]}T{given[8:14]}{given[15:]}")
            return _plausible(found.astimezone(UTC), given)
    except (ValueError, IndexError):
        pass
    matched = _FORM.match(given.strip())
    if matched is None:
        raise BadTimeError(f"“{given[:40]}” is no time; write YYYYMMDDhhmmss ±hhmm.")
    *parts, named = matched.groups()
    year, month, day, hour, minute, second = (int(part) if part else None for part in parts)
    try:
        wall = datetime(  # noqa: DTZ001  (the zone follows)
            year or 0, month or 1, day or 1, hour or 0, minute or 0, min(second or 0, 59)
        )
    except ValueError as error:
        raise BadTimeError(f"There is no time “{given[:40]}”: {error}.") from error
    place = zone(named) if named else default
    found = wall.replace(tzinfo=place).astimezone(UTC)
    if after is not None and found <= after:
        again = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
        found = again if again > after else found
    return _plausible(found, given)


def _plausible(found: datetime, given: str) -> datetime:
    if not EARLIEST <= found.year <= LATEST:
        raise BadTimeError(f"“{given[:40]}” is not a year that television has.")
    return found


def write_time(at: datetime) -> str:
    """Write a time as XMLTV has it, in UTC: ``20260301201500 +0000``."""
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S} +0000"
