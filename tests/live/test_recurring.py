"""Rules that recur: on the wall clock, over changes of the clock in both directions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediatheque.areas.live.rules.refusals import BadRecurrenceError, UnknownTimeZoneError
from mediatheque.areas.live.rules.templates import (
    Change,
    Recurring,
    at_wall,
    check_recurring,
    collisions,
    days_of,
    occurrences,
)

ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))
starts = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def daily(**more: object) -> Recurring:
    fields: dict[str, object] = {
        "rrule": "FREQ=DAILY",
        "starts_on": date(2026, 1, 1),
        "start_time": time(20, 15),
        "duration_minutes": 90,
        "time_zone": "Europe/Paris",
        **more,
    }
    return Recurring(**fields)  # type: ignore[arg-type]  # the fields are those of the class


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), clock=clocks, first=starts, minutes=st.integers(1, 2880))
def test_the_wall_clock_shows_the_same_all_year(
    zone: str, clock: time, first: date, minutes: int
) -> None:
    made = occurrences(
        daily(starts_on=first, start_time=clock, time_zone=zone, duration_minutes=minutes),
        {},
        first,
        first + timedelta(days=400),
    )
    assert [one.on for one in made] == [first + timedelta(days=n) for n in range(401)]
    there = ZoneInfo(zone)
    skipped = 0
    for one in made:
        assert one.stop_at - one.start_at == timedelta(minutes=minutes)
        wall = one.start_at.astimezone(there)
        if wall.replace(tzinfo=None) != datetime.combine(one.on, clock):
            skipped += 1
            assert wall.utcoffset() != (wall - timedelta(days=1)).utcoffset()
            assert timedelta() < wall.replace(tzinfo=None) - datetime.combine(one.on, clock)
        assert wall.fold == 0
    assert skipped <= 2, "a year skips a time at most once, or twice in 401 days"


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), clock=clocks, first=starts)
def test_days_are_23_24_or_25_hours_apart(zone: str, clock: time, first: date) -> None:
    made = occurrences(
        daily(starts_on=first, start_time=clock, time_zone=zone),
        {},
        first,
        first + timedelta(days=370),
    )
    for one, after in pairwise(made):
        apart = after.start_at - one.start_at
        assert timedelta(hours=23) <= apart <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        (
            "Europe/Paris",
            date(2026, 3, 28),
            time(20, 15),
            datetime(2026, 3, 28, 19, 15, tzinfo=UTC),
        ),
        (
            "Europe/Paris",
            date(2026, 3, 29),
            time(20, 15),
            datetime(2026, 3, 29, 18, 15, tzinfo=UTC),
        ),
        ("Europe/Paris", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (
            "Europe/Paris",
            date(2026, 10, 25),
            time(2, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        (
            "America/New_York",
            date(2026, 3, 8),
            time(2, 30),
            datetime(2026, 3, 8, 7, 30, tzinfo=UTC),
        ),
        (
            "America/New_York",
            date(2026, 11, 1),
            time(1, 30),
            datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        ),
        (
            "Australia/Lord_Howe",
            date(2026, 4, 5),
            time(1, 45),
            datetime(2026, 4, 4, 14, 45, tzinfo=UTC),
        ),
    ],
)
def test_times_that_are_not_or_are_twice(
    zone: str, day: date, clock: time, expected: datetime
) -> None:
    assert at_wall(day, clock, ZoneInfo(zone)) == expected


def test_days_of_rules() -> None:
    rule = daily(rrule="RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", starts_on=date(2026, 3, 2))
    assert [one.day for one in days_of(rule, date(2026, 3, 1), date(2026, 3, 31))] == [
        2, 6, 16, 20, 30,
    ]  # fmt: skip
    last = daily(rrule="FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1")
    assert days_of(last, date(2026, 3, 1), date(2026, 4, 30)) == [
        date(2026, 3, 27),
        date(2026, 4, 24),
    ]
    until = daily(rrule="FREQ=DAILY;UNTIL=20260103T000000Z")
    assert len(days_of(until, date(2025, 1, 1), date(2027, 1, 1))) == 3
    assert len(days_of(daily(until_on=date(2026, 1, 2)), date(2025, 1, 1), date(2027, 1, 1))) == 2
    assert len(days_of(daily(rrule="FREQ=DAILY;COUNT=5"), date(2025, 1, 1), date(2027, 1, 1))) == 5


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=3",
        "DAILY",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=5",
        "FREQ=DAILY;UNTIL=never",
        "DTSTART=20260101\nFREQ=DAILY",
    ],
)
def test_what_is_no_rule_of_days_is_refused(rule: str) -> None:
    with pytest.raises(BadRecurrenceError) as caught:
        check_recurring(daily(rrule=rule))
    assert caught.value.field == "rrule"


def test_an_unknown_place_is_refused() -> None:
    for name in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(UnknownTimeZoneError):
            check_recurring(daily(time_zone=name))


def test_overrides_and_collisions() -> None:
    moved = datetime(2026, 1, 2, 22, tzinfo=UTC)
    made = occurrences(
        daily(),
        {
            date(2026, 1, 1): Change(is_cancelled=True),
            date(2026, 1, 2): Change(start_at=moved, duration_minutes=30),
            date(2026, 1, 9): Change(is_cancelled=True),
        },
        date(2026, 1, 1),
        date(2026, 1, 3),
    )
    assert [one.is_cancelled for one in made] == [True, False, False]
    assert (made[1].start_at, made[1].stop_at) == (moved, moved + timedelta(minutes=30))
    other = {"start_at": moved - timedelta(hours=1), "stop_at": moved + timedelta(minutes=1)}
    assert [met for _, met in collisions(made[1:], [other])] == [[other], []]
    long = daily(duration_minutes=25 * 60)
    made = occurrences(long, {}, date(2026, 1, 1), date(2026, 1, 4))
    met = [bool(found) for _, found in collisions(made, [])]
    assert met == [False, True, False, True], "a template does not overlap itself"
