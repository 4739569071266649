"""Reading large JSON as a stream: the entries of a list, wherever it stands, one at a time.

Three shapes are read: a list, an object with a list under a known key, and JSON Lines. ijson
does the parsing; memory is that of the largest entry. Two of its ways are not used, since depth
and digits are the stranger's choice: its prefixes cost the square of the depth, and its exact
numbers (all but ``use_float``) break the interpreter at more than 4,300 digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import ijson

from mediatheque.kit.tabular.lines import ByteStream
from mediatheque.kit.unreadable import (
    EMPTY_FILE,
    ENCODING,
    JSON_DAMAGED,
    NOT_THIS_FORMAT,
    TOO_LARGE,
    UnreadableError,
)

MAX_ENTRY_EVENTS: Final = 500_000
MAX_DEPTH: Final = 64
_CHUNK: Final = 1 << 16
_BOM: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_STEP: Final = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}

Event = tuple[str, Any]


def stream_entries(stream: ByteStream, keys: Sequence[str]) -> Iterator[Any]:
    """Yield the entries of the list under one of ``keys``, of a bare list, or line by line.

    Numbers arrive as int and float; NUL characters are taken out. Raises
    :class:`UnreadableError`: ``empty_file``, ``json_damaged``, ``encoding``, ``too_large``,
    ``not_this_format`` for an object without any of the keys.
    """
    source = _Source(stream)
    try:
        yield from _entries(_events(source), source.head, frozenset(keys))
    except ijson.IncompleteJSONError as error:
        raise UnreadableError(JSON_DAMAGED, _complaint(error)) from error
    except ijson.JSONError as error:
        raise UnreadableError(JSON_DAMAGED, f"The JSON is damaged: {_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(ENCODING, "The JSON is not UTF-8. Save it as UTF-8.") from error
    except ValueError as error:
        raise UnreadableError(
            JSON_DAMAGED, "The JSON holds a number of too many digits."
        ) from error


def top_keys(head: bytes) -> list[str]:
    """Return the keys of the first object as far as this part of the file shows them."""
    found: list[str] = []
    depth = 0
    try:
        for event, value in _events(head.removeprefix(_BOM)):
            depth += _STEP.get(event, 0)
            if depth == 0 or depth > MAX_DEPTH:
                break
            if depth == 1 and event == "map_key":
                found.append(str(value))
    except (ijson.JSONError, UnicodeDecodeError):
        return found
    return found


def _events(source: bytes | _Source) -> Iterator[Event]:
    return iter(ijson.basic_parse(source, multiple_values=True, use_float=True))


def _entries(events: Iterator[Event], head: bytes, keys: frozenset[str]) -> Iterator[Any]:
    mark = head.lstrip()[:1]
    if mark == b"[":
        next(events)
        yield from _listed(events)
    elif mark != b"{":
        raise UnreadableError(
            JSON_DAMAGED, "The file is not JSON: it begins with neither a brace nor a bracket."
        )
    elif not keys.isdisjoint(top_keys(head)) or not _is_line(head):
        yield from _under_key(events, keys)
    else:
        while (first := next(events, None)) is not None:
            yield _value(first, events)


def _listed(events: Iterator[Event]) -> Iterator[Any]:
    """Yield the values up to the end of the list that was opened."""
    for first in events:
        if first[0] == "end_array":
            return
        yield _value(first, events)


def _under_key(events: Iterator[Event], keys: frozenset[str]) -> Iterator[Any]:
    """Yield the values of the list under the first of the keys; the rest is passed over."""
    next(events)
    for _, name in events:
        first = next(events, ("end_map", None))
        if name in keys and first[0] == "start_array":
            yield from _listed(events)
            return
        _skip(first, events)
    raise UnreadableError(
        NOT_THIS_FORMAT, f"The JSON holds no list under {' or '.join(sorted(keys))}."
    )


def _value(first: Event, events: Iterator[Event]) -> Any:  # noqa: ANN401 - JSON is any value
    """Build one value, bounded in depth and size."""
    builder = ijson.ObjectBuilder()
    builder.event(first[0], _tame(first[1]))
    depth = _STEP.get(first[0], 0)
    count = 0
    while depth:
        event, value = next(events)
        builder.event(event, _tame(value))
        depth += _STEP.get(event, 0)
        count += 1
        if count > MAX_ENTRY_EVENTS or depth > MAX_DEPTH:
            raise UnreadableError(TOO_LARGE, "One entry of the JSON is too large or too deep.")
    return builder.value


def _tame(value: Any) -> Any:  # noqa: ANN401 - the same
    """Return what a database takes as well: a text without NUL."""
    if isinstance(value, str) and "\0" in value:
        return value.replace("\0", "")
    return value


def _skip(first: Event, events: Iterator[Event]) -> None:
    depth = _STEP.get(first[0], 0)
    while depth > 0:
        depth += _STEP.get(next(events)[0], 0)


def _is_line(head: bytes) -> bool:
    """Whether the first line is a whole object, as in JSON Lines."""
    return head.lstrip().split(b"\n", 1)[0].rstrip().endswith(b"}")


def _complaint(error: Exception) -> str:
    if "overflow" in str(error):
        return "The JSON holds a number beyond 64 bits. Correct it and try again."
    return "The JSON is damaged or ends in the middle. Export it again."


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


class _Source:
    """A stream read ahead once, without its byte order mark."""

    def __init__(self, stream: ByteStream) -> None:
        head = b""
        while len(head) < _CHUNK and (more := stream.read(_CHUNK)):
            head += more
        if not head.strip():
            raise UnreadableError(EMPTY_FILE, "The file is empty.")
        if head.startswith(_WIDE):
            raise UnreadableError(ENCODING, "The JSON is UTF-16. Save it as UTF-8.")
        self.head = head.removeprefix(_BOM)
        self._unread = self.head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        if self._unread and size:
            head, self._unread = self._unread, b""
            return head
        return self._stream.read(size)
