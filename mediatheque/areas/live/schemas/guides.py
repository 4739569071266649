"""What a guide says, between the reader of its format and the import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

PAYLOAD: Final[dict[str, str]] = {
    "title": "text",
    "sub_title": "text",
    "description": "text",
    "language": "text",
    "season": "int",
    "episode": "int",
    "part": "int",
    "year": "smallint",
    "genres": "text[]",
    "min_age": "smallint",
    "is_new": "boolean",
    "is_premiere": "boolean",
    "is_last_chance": "boolean",
    "is_repeat": "boolean",
    "icon_url": "text",
    "source_key": "text",
    "detail": "jsonb",
}
"""What a guide says of a programme besides when it is: columns of ``live_programmes``."""

STAGED: Final[dict[str, str]] = {
    "seq": "int",
    "line": "int",
    "channel_id": "uuid",
    "start_at": "timestamptz",
    "stop_at": "timestamptz",
    "length": "int",
    "content_hash": "bigint",
    "note": "text",
    **PAYLOAD,
}
"""A programme on its way in. ``seq`` counts the file's programmes from 1, ``stop_at`` may be
missing, ``length`` is in seconds, ``note`` says what was repaired. ``title`` is null where the
hash is known: nothing changed."""

Cell = str | int | None
Row = tuple[Any, ...]


@dataclass(slots=True)
class ChannelSeen:
    """A channel of a guide: what it calls it, and where its programmes stand in the file."""

    key: str
    names: list[tuple[str, str]] = field(default_factory=list)
    """Language (may be empty) and name."""
    icons: list[dict[str, str]] = field(default_factory=list)
    urls: list[tuple[str, str]] = field(default_factory=list)
    line: int = 0
    programmes: int = 0
    first: int = 0
    last: int = 0

    @property
    def name(self) -> str:
        """The first name that is not a number; else the first; else the key."""
        given = [name for _, name in self.names]
        return next((one for one in given if not is_number(one)), given[0] if given else self.key)

    @property
    def number(self) -> str | None:
        """The first name that is a number, as it is typed on a remote control."""
        return next((name for _, name in self.names if is_number(name)), None)


def is_number(name: str) -> bool:
    """Whether a display name is a channel number: ``12``, ``12.1``, ``7-1``."""
    first, _, second = name.replace("-", ".").partition(".")
    return first.isdecimal() and len(first) <= 5 and (not second or second.isdecimal())  # noqa: PLR2004  (digits of a number on a remote control)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A programme that does not go in, and why."""

    seq: int
    line: int
    reason: str
    message: str
    label: str = ""


@dataclass(slots=True)
class Survey:
    """A guide at first sight: its channels in the file's order, and how many programmes."""

    channels: dict[str, ChannelSeen] = field(default_factory=dict)
    total: int = 0
