"""Bringing together what belongs together, in bounded memory.

Values are kept in memory up to a number; beyond it they go to files on disk, parted by a hash of
their key, and each file is grouped by itself (a Grace hash join's partitions). Order: as long as
all fits in memory, groups come in the order in which their keys were first seen.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from zlib import crc32

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedRandom

IN_MEMORY: Final = 100_000
_FILES: Final = 64


class Groups:
    """Collects values under keys; a value is anything JSON can hold. Use it in ``with``."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._limit = in_memory
        self._count = 0
        self._groups: dict[str, list[Any]] = {}
        self._files: list[BufferedRandom] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Put a value into a key's group."""
        self._groups.setdefault(key, []).append(value)
        self._count += 1
        if self._count >= self._limit:
            self._spill()

    def __iter__(self) -> Iterator[tuple[str, list[Any]]]:
        """Iterate the keys, each with its values in the order they came."""
        if not self._files:
            yield from self._groups.items()
            return
        self._spill()
        for file in self._files:
            file.seek(0)
            groups: dict[str, list[Any]] = {}
            for line in file:
                key, value = orjson.loads(line)
                groups.setdefault(key, []).append(value)
            yield from groups.items()

    def _spill(self) -> None:
        if not self._files:
            folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="groups-")))
            self._files = [
                self._open.enter_context((folder / str(number)).open("w+b"))
                for number in range(_FILES)
            ]
        for key, values in self._groups.items():
            file = self._files[crc32(key.encode()) % _FILES]
            for value in values:
                file.write(orjson.dumps([key, value], option=orjson.OPT_APPEND_NEWLINE))
        self._groups.clear()
        self._count = 0
