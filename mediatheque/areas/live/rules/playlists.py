"""What a playlist may change of a channel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

STREAM: Final = "stream_url"


def merged(
    now: Mapping[str, Any],
    said: Mapping[str, Any],
    before: Mapping[str, Any],
    edited: Collection[str],
    mode: str = "add",
) -> dict[str, Any]:
    """What of a channel becomes otherwise: what is empty, and what the playlist itself said.

    ``before`` is what it said last. What people changed by hand stays, and what others brought,
    unless ``mode`` is ``overwrite``; ``fill`` only fills what is empty. What a playlist says no
    more stays. How a stream is played goes with the stream.
    """
    found = {}
    for name, value in said.items():
        current = now[name]
        if current == value or name in edited:
            continue
        is_own = current == before.get(name)
        if not current or mode == "overwrite" or (mode != "fill" and is_own):
            found[name] = value
    if found.get(STREAM, now[STREAM]) != said.get(STREAM):
        found.pop("stream_options", None)
    return found


def guide_shift(options: Mapping[str, Any]) -> timedelta:
    """By how much a stream is behind what guides say of its channel (``tvg-shift``, in hours)."""
    return timedelta(hours=float(options.get("guide_shift") or 0))


def genres_of(groups: Iterable[str]) -> list[str]:
    """The genres that a playlist's groups are."""
    return sorted({word for one in groups if (word := fold(one)[:60].strip())})
