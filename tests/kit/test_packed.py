from __future__ import annotations

from struct import pack

from mediatheque.kit.packed import numbers, unpack


def test_numbers_come_big_endian() -> None:
    assert list(numbers(pack(">3I", 1, 2, 70_000))) == [1, 2, 70_000]
    assert list(unpack("q", pack(">2q", 1, -(2**40)))) == [1, -(2**40)]
    assert list(numbers(None)) == []
