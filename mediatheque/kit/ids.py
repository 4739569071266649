"""Identifiers: UUID version 7 (RFC 9562) and short codes that people type."""

import os
import secrets
import time
from array import array
from datetime import UTC, datetime
from threading import Lock
from typing import Final
from uuid import UUID

_COUNTER_BITS: Final = 42
_TAIL_BITS: Final = 32
# No 0, 1, I, L, O, U: nothing that is misread, and no accidental words.
_CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class _Sequence:
    """The last time and counter given out, so that ids of one process only grow.

    RFC 9562, section 6.2, method 1: the 12 bits of rand_a and the first 30 of rand_b are a counter
    that starts at a random place (its first bit 0) each millisecond and is raised by one for the
    next id in it; the last 32 bits are random for each id. A clock that goes back is ignored.

    Randomness is asked of the system for a thousand ids at once: each call lets other threads
    compute first, and one that makes ids in bulk would wait for its turn at every id.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.last_ms = 0
        self.counter = 0
        self.words = array("I")

    def next(self, now_ms: int) -> tuple[int, int, int]:
        """Give the milliseconds, the counter and the random tail for one more id."""
        with self.lock:
            if now_ms > self.last_ms:
                self.last_ms = now_ms
                self.counter = self._start()
            else:
                self.counter += 1
                if self.counter >> _COUNTER_BITS:  # used up: borrow from the next millisecond
                    self.last_ms += 1
                    self.counter = self._start()
            return self.last_ms, self.counter, self._word()

    def _start(self) -> int:
        return (self._word() << _TAIL_BITS | self._word()) >> (2 * _TAIL_BITS - _COUNTER_BITS + 1)

    def _word(self) -> int:
        if not self.words:
            self.words.frombytes(os.urandom(1024 * self.words.itemsize))
        return self.words.pop()


_sequence = _Sequence()


def _restart() -> None:
    """Forget the sequence in a forked child, so that it doesn't continue its parent's."""
    global _sequence  # noqa: PLW0603  the state of the process
    _sequence = _Sequence()


os.register_at_fork(after_in_child=_restart)


def uuid7() -> UUID:
    """Make a UUIDv7: sorts by time, and strictly upwards within this process, across threads."""
    milliseconds, counter, tail = _sequence.next(time.time_ns() // 1_000_000)
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76
    value |= (counter >> 30) << 64
    value |= 0b10 << 62
    value |= (counter & 0x3FFF_FFFF) << 32
    value |= tail
    return UUID(int=value)


def parse_id(text: str) -> UUID | None:
    """Read a UUID in its usual form (36 characters, any case), or None: "a slug, then"."""
    if len(text) != 36:  # noqa: PLR2004  UUID() takes braces, URNs and missing hyphens too
        return None
    try:
        parsed = UUID(text)
    except ValueError:
        return None
    return parsed if str(parsed) == text.lower() else None


def time_of(identifier: UUID) -> datetime:
    """Give the moment a UUIDv7 was made, to the millisecond; ValueError for another version."""
    if identifier.version != 7:  # noqa: PLR2004  the version is a number by definition
        raise ValueError("Only a UUID of version 7 carries its time.")
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)


def short_code(length: int = 8) -> str:
    """Make a random code for people to type: 4.9 bits a character, no look-alikes."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(length))
