"""The time, in UTC, from one place that a test can stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> datetime:
        """Give the time, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the time, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FrozenClock:
    """A clock that stands until it is moved."""

    at: datetime

    def __post_init__(self) -> None:
        self.at = as_utc(self.at)

    def now(self) -> datetime:
        """Give the time it was set to, in UTC."""
        return self.at

    def set(self, at: datetime) -> None:
        """Set the clock; a time without a zone is refused with ValueError."""
        self.at = as_utc(at)

    def advance(self, by: timedelta | float) -> datetime:
        """Move on by a span, or by seconds, and give the new time."""
        self.at += by if isinstance(by, timedelta) else timedelta(seconds=by)
        return self.at


_system: Clock = SystemClock()
_current: Clock = _system


def utc_now() -> datetime:
    """Give the time of the current clock, aware, in UTC."""
    return _current.now()


def as_utc(at: datetime) -> datetime:
    """Give the same moment in UTC; a time without a zone is refused with ValueError."""
    if at.tzinfo is None:
        raise ValueError("A time without a time zone names no moment.")
    return at.astimezone(UTC)


def use_clock(clock: Clock | None = None) -> None:
    """Put another clock in the whole process, or the machine's back."""
    global _current  # noqa: PLW0603  one clock a process is the point
    _current = clock or _system


@contextmanager
def frozen(at: datetime) -> Iterator[FrozenClock]:
    """Stop the process's clock at `at` for a block; the clock given can be moved."""
    before = _current
    clock = FrozenClock(at)
    use_clock(clock)
    try:
        yield clock
    finally:
        use_clock(before)
