"""Answers kept in memory: the least recently used go first when they take too many bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


class Kept:
    """Bytes by key, at most ``most_bytes`` of them (keys not counted)."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.weight = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> bytes | None:
        """What is kept under a key; it counts as used now."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, value: bytes) -> None:
        """Keep something; what is larger than an eighth of the room is not kept."""
        if len(value) * 8 > self.most_bytes:
            return
        self.weight += len(value) - len(self._kept.pop(key, b""))
        self._kept[key] = value
        while self.weight > self.most_bytes:
            _, gone = self._kept.popitem(last=False)
            self.weight -= len(gone)
