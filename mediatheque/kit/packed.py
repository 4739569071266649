"""Numbers that PostgreSQL packed into one value: a hundred thousand rows without a row."""

from __future__ import annotations

import sys
from array import array


def numbers(packed: bytes | None) -> array[int]:
    """Big-endian 32-bit integers (``string_agg(int4send(n), '')``) as an array."""
    return unpack("I", packed or b"")


def unpack(code: str, packed: bytes) -> array[int]:
    """Big-endian integers of a type of the module ``array`` as an array."""
    found: array[int] = array(code)
    found.frombytes(packed)
    if sys.byteorder == "little":
        found.byteswap()
    return found
