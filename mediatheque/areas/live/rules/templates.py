"""What a template makes: days by a rule of RFC 5545, times on the wall clock of a place.

The rule gives days, never times: the start is the same time of the wall clock all year. A time
that a day does not have (clocks go forward) is read with the offset before the change, one that it
has twice (clocks go back) is the first, as RFC 5545, 3.3.5, says. The length is time that passes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from dateutil import rrule as recurrence  # type: ignore[import-untyped]  # it ships no types

from mediatheque.areas.live.rules.refusals import BadRecurrenceError, UnknownTimeZoneError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

AHEAD: Final = timedelta(days=14)
"""So far ahead entries are made."""
WORDS: Final = ("title", "sub_title", "description", "genres", "min_age", "icon_url", "title_id")
"""What a template says of each of its entries; an override may say it otherwise."""
_PARTS: Final = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST",
}  # fmt: skip
_LONGEST: Final = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """One occurrence that differs. ``words`` are those that are other than the template's."""

    is_cancelled: bool = False
    start_at: datetime | None = None
    duration_minutes: int | None = None
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recurring:
    """When a template has entries. ``until_on`` is the last day."""

    rrule: str
    starts_on: date
    start_time: time
    duration_minutes: int
    time_zone: str
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entry that a template makes for the day ``on``."""

    on: date
    start_at: datetime
    stop_at: datetime
    change: Change | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether it falls out."""
        return self.change is not None and self.change.is_cancelled


def check_recurring(given: Recurring) -> None:
    """Refuse a rule that gives no days, and a place that no clock is set by."""
    place(given.time_zone)
    _rule(given)


def place(name: str) -> ZoneInfo:
    """The IANA time zone of a name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownTimeZoneError(
            f"There is no time zone “{name[:60]}”. Write it like “Europe/Paris”.",
            field="time_zone",
        ) from error


def at_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A time of the wall clock in UTC."""
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone).astimezone(UTC)


def days_of(given: Recurring, first: date, last: date) -> list[date]:
    """The days that the rule gives from ``first`` to ``last``, both included."""
    last = min(last, given.until_on) if given.until_on else last
    if last < first:
        return []
    found = _rule(given).between(_midnight(first), _midnight(last), inc=True)
    return list(dict.fromkeys(one.date() for one in found))


def occurrences(
    given: Recurring, changes: Mapping[date, Change], first: date, last: date
) -> list[Occurrence]:
    """What the template gives for the days, cancelled ones too, in the order of the days."""
    zone = place(given.time_zone)
    made = []
    for day in days_of(given, first, last):
        change = changes.get(day)
        start = at_wall(day, given.start_time, zone)
        minutes = given.duration_minutes
        if change is not None:
            start = change.start_at.astimezone(UTC) if change.start_at else start
            minutes = change.duration_minutes or minutes
        made.append(Occurrence(day, start, start + timedelta(minutes=minutes), change))
    return made


def collisions(
    wanted: Iterable[Occurrence], taken: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Occurrence, list[Mapping[str, Any]]]]:
    """Each occurrence with the entries in its way; those before it that fit are in the way too."""
    there = list(taken)
    for one in sorted(wanted, key=lambda one: (one.start_at, one.on)):
        met = [x for x in there if x["start_at"] < one.stop_at and x["stop_at"] > one.start_at]
        if not met:
            there.append({"start_at": one.start_at, "stop_at": one.stop_at, "on": one.on})
        yield one, met


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _rule(given: Recurring) -> recurrence.rrule:
    parts = _parts(given.rrule)
    _check(parts)
    if until := parts.get("UNTIL"):
        parts["UNTIL"] = f"{until[:8]}T235959"
    said = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        return recurrence.rrulestr(said, dtstart=_midnight(given.starts_on), ignoretz=True)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise _bad("The rule is not one of RFC 5545.") from error


def _parts(said: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in said.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = piece.partition("=")
        if name not in _PARTS or not equals or not value or name in parts:
            raise _bad(f"“{piece[:40]}” is none of the rule's parts; days are, times are not.")
        parts[name] = value
    return parts


def _check(parts: Mapping[str, str]) -> None:
    """Refuse what is no rule of days, and what would be looked for in vain until the year 9999."""
    often = parts.get("FREQ")
    if often not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise _bad("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not (parts[name].isdecimal() and 1 <= int(parts[name]) <= _MOST):
            raise _bad(f"{name} is a number from 1 to {_MOST}.")
    if "UNTIL" in parts and not parts["UNTIL"][:8].isdecimal():
        raise _bad("UNTIL is a day: 20261231.")
    by = {name for name in parts if name.startswith("BY")}
    if often == "DAILY" and by and parts.get("INTERVAL", "1") != "1":
        raise _bad("Every so many days on certain days: write it with FREQ=WEEKLY.")
    if "BYSETPOS" in by and (often in {"DAILY", "WEEKLY"} or "BYDAY" not in by):
        raise _bad("BYSETPOS goes with BYDAY and FREQ=MONTHLY or FREQ=YEARLY.")
    if {"BYMONTH", "BYMONTHDAY"} <= by:
        try:
            months = [int(one) for one in parts["BYMONTH"].split(",")]
            days = [abs(int(one)) for one in parts["BYMONTHDAY"].split(",")]
        except ValueError as error:
            raise _bad("Months and their days are numbers.") from error
        if min(days) > max(_LONGEST.get(month, 31) for month in months):
            raise _bad("These months have no such day.")


def _bad(message: str) -> BadRecurrenceError:
    return BadRecurrenceError(message, field="rrule")
