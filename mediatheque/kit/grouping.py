"""Bringing together what belongs together, in bounded memory.

Values are kept in memory up to a number; beyond it they go to files on disk, parted by a hash of
their key, and each file is grouped by itself (a Grace hash join's partitions). Order: as long as
all fits in memory, groups come in the order in which their keys were first seen.
"""

from __future__ import annotations

import tempfile
from array import array
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from zlib import crc32

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedRandom

IN_MEMORY: Final = 50_000
_FILES: Final = 64
_PARTS: Final = 16
_TAB: Final = b"\t"
_END: Final = b"\n"


class _Shelf:
    """Values under keys, packed into one buffer: an object each would take several times more."""

    def __init__(self) -> None:
        self.count = 0
        self._data = bytearray()
        self._starts: dict[str, list[int]] = {}

    def add(self, key: str, packed: bytes) -> None:
        self._starts.setdefault(key, []).append(len(self._data))
        self._data += packed
        self._data += _END
        self.count += 1

    def packed(self) -> Iterator[tuple[str, list[bytes]]]:
        data = self._data
        for key, starts in self._starts.items():
            yield key, [bytes(data[start : data.index(_END, start)]) for start in starts]


class Groups:
    """Collects values under keys; a value is anything JSON can hold. Use it in ``with``."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._limit = in_memory
        self._shelf = _Shelf()
        self._files: list[BufferedRandom] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Put a value into a key's group."""
        self._shelf.add(key, orjson.dumps(value))
        if self._shelf.count >= self._limit:
            self._spill()

    def __iter__(self) -> Iterator[tuple[str, list[Any]]]:
        """Iterate the keys, each with its values in the order they came."""
        if self._files:
            self._spill()
        for shelf in map(_read_back, self._files) if self._files else (self._shelf,):
            for key, values in shelf.packed():
                yield key, [orjson.loads(value) for value in values]

    def _spill(self) -> None:
        if not self._files:
            folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="groups-")))
            self._files = [
                self._open.enter_context((folder / str(number)).open("w+b"))
                for number in range(_FILES)
            ]
        for key, values in self._shelf.packed():
            file = self._files[crc32(key.encode()) % _FILES]
            for value in values:
                file.write(orjson.dumps(key) + _TAB + value + _END)
        self._shelf = _Shelf()


def _read_back(file: BufferedRandom) -> _Shelf:
    file.seek(0)
    shelf = _Shelf()
    for line in file:
        key, _, value = line.rstrip(_END).partition(_TAB)
        shelf.add(orjson.loads(key), value)
    return shelf


def count_distinct(keys: Iterable[str]) -> int:
    """Count different keys by their hashes: 8 bytes a key, plus a sixteenth of them as a set."""
    hashes = array("q", (hash(key) for key in keys))
    return sum(
        len({number for number in hashes if number % _PARTS == part}) for part in range(_PARTS)
    )
