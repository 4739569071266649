"""What a playlist says, between the reader of its format and the import."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

FIELDS: Final = (
    "name",
    "number",
    "guide_key",
    "language",
    "country",
    "logo_url",
    "groups",
    "stream_url",
    "stream_options",
)
"""What a playlist says of a channel: columns of ``live_channels``."""

NAME_LENGTH: Final = 120
WORD_LENGTH: Final = 60
KEY_LENGTH: Final = 200
ADDRESS_LENGTH: Final = 2_000


@dataclass(slots=True)
class Entry:
    """A channel of a playlist.

    ``seq`` counts the file's entries from 1. ``key`` names it within its playlist; ``former`` are
    keys that it may have had when the playlist held other entries. ``names`` are all its names,
    ``notes`` what was left out or repaired: field and sentence.
    """

    seq: int
    line: int
    key: str
    said: dict[str, Any]
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.said["name"])


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that does not go in, and why. ``is_fault`` tells damaged from left out."""

    seq: int
    line: int
    reason: str
    message: str
    label: str = ""
    is_fault: bool = True


@dataclass(slots=True)
class Outline:
    """A playlist at first sight.

    ``keys`` are the hashes of all that its entries may be called, in order, eight bytes each;
    ``repeated`` those that several entries have. ``guides`` are the addresses of guides that it
    names.
    """

    total: int = 0
    keys: array[int] = field(default_factory=lambda: array("Q"))
    repeated: frozenset[int] = frozenset()
    guides: tuple[str, ...] = ()

    def has(self, key: str) -> bool:
        """Whether an entry may be called so."""
        found = key_hash(key)
        at = bisect_left(self.keys, found)
        return at < len(self.keys) and self.keys[at] == found

    def repeats(self, key: str) -> bool:
        """Whether several entries are called so."""
        return key_hash(key) in self.repeated


def key_hash(key: str) -> int:
    """64 bits that stand for a key."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest())
