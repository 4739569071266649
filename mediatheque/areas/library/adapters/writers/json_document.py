"""Writing our own JSON as a stream: everything a row holds, nothing that is empty."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from mediatheque.areas.library.adapters.own.document import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mediatheque.areas.library.schemas.rows import ItemRow

CHUNK_BYTES: Final = 1 << 16
JSON_TAIL: Final = b"\n]}\n"
_OWN: Final = frozenset({"line", "raw", "problems"})
"""What belongs to the reading of a row, not to the work."""


def write_json(items: Iterable[ItemRow], total: int | None = None) -> Iterator[bytes]:
    """Yield the document in pieces of about 64 KiB, a title a line; ``total`` is for progress."""
    yield json_head(total)
    yield from json_titles(items, is_first=True)
    yield JSON_TAIL


def json_head(total: int | None = None) -> bytes:
    """Return what stands before the titles."""
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if total is not None:
        head["total"] = total
    return orjson.dumps(head)[:-1] + b',"titles":['


def json_titles(items: Iterable[ItemRow], *, is_first: bool) -> Iterator[bytes]:
    """Yield a stretch of titles in pieces; between two of them stands a comma."""
    buffer = bytearray()
    mark = b"\n" if is_first else b",\n"
    for item in items:
        buffer += mark + orjson.dumps(title_document(item))
        mark = b",\n"
        if len(buffer) > CHUNK_BYTES:
            yield bytes(buffer)
            buffer.clear()
    if buffer:
        yield bytes(buffer)


def title_document(item: ItemRow) -> dict[str, Any]:
    """Return a row as what JSON takes; empty fields are left out."""
    return {name: _plain(value) for name, value in _filled(item) if name not in _OWN}


def _filled(row: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a dataclass of rows.py
    for field in fields(row):
        value = getattr(row, field.name)
        if value is None or value is False or value in ("", [], {}):
            continue
        if field.name == "count" and value == 1:
            continue
        yield field.name, value


def _plain(value: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {name: _plain(inner) for name, inner in _filled(value)} if is_dataclass(value) else value
