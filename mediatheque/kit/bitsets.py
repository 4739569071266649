"""Sets of small numbers as bits of one big integer: intersected and counted at memory speed."""

from __future__ import annotations

import re
import sys
from array import array
from itertools import accumulate, compress, count
from operator import add
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOT_ZERO: Final = re.compile(rb"[^\0]")
_BITS: Final = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
_FALLING: Final = tuple(tuple(reversed(bits)) for bits in _BITS)
_SPARSE: Final = 256
"""A set with fewer than one member in so many numbers is kept as a list of them."""
_SCARCE: Final = 12
"""A mask with fewer than one in so many numbers is walked, not run through."""
_HANDFUL: Final = 300
_YES: Final = ord("1")
_TRUTH: Final = bytes(1 if byte == _YES else 0 for byte in range(256))
T = TypeVar("T")


def pack(members: Iterable[int], size: int) -> int:
    """Numbers below ``size`` as bits; bit 0 is the number 0."""
    packed = bytearray((size + 7) // 8)
    for member in members:
        packed[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(packed, "little")


class Members:
    """A set of numbers below ``size``, kept as bits if it is dense and as a list if not."""

    __slots__ = ("_bits", "_list", "count", "size")

    def __init__(self, members: array[int], size: int) -> None:
        self.count = len(members)
        self.size = size
        is_dense = self.count * _SPARSE >= size
        self._bits: int | None = pack(members, size) if is_dense else None
        self._list: array[int] | None = None if is_dense else members

    @classmethod
    def of(cls, bits: int, size: int) -> Members:
        """The set that bits are."""
        return cls(array("i", Mask(bits, size).listed()), size)

    def listed(self) -> Iterable[int]:
        """Its members, upwards if it is dense."""
        return Mask(self.bits, self.size).listed() if self._list is None else self._list

    @property
    def bits(self) -> int:
        """The set as bits."""
        if self._list is not None:
            return pack(self._list, self.size)
        return self._bits or 0

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        return 4 * len(self._list) if self._list is not None else self.size // 7

    @property
    def effort(self) -> int:
        """About how many nanoseconds :meth:`within` takes."""
        return 300 + (25 * self.count if self._list is not None else self.size // 16)

    def within(self, mask: Mask) -> int:
        """How many members the mask has."""
        if self._list is None:
            return ((self._bits or 0) & mask.bits).bit_count()
        return bytes(map(mask.flags.__getitem__, self._list)).count(_YES)


class Mask:
    """Bits to test, count and walk through; its other forms are made when first asked for."""

    __slots__ = ("_bytes", "_flags", "bits", "size")

    def __init__(self, bits: int, size: int) -> None:
        self.bits = bits
        self.size = size
        self._bytes: bytes | None = None
        self._flags: bytes | None = None

    @property
    def count(self) -> int:
        """How many numbers it has."""
        return self.bits.bit_count()

    @property
    def packed(self) -> bytes:
        """Eight numbers a byte, the lowest bit first."""
        if self._bytes is None:
            self._bytes = self.bits.to_bytes((self.size + 7) // 8, "little")
        return self._bytes

    @property
    def flags(self) -> bytes:
        """One byte a number: ``1`` or ``0`` in ASCII."""
        if self._flags is None:
            self._flags = f"{self.bits:0{max(self.size, 1)}b}"[::-1].encode()
        return self._flags

    def listed(self) -> list[int]:
        """Its numbers, upwards, all at once."""
        if self.count < _HANDFUL:
            return list(self.rising())
        gaps = self.flags.split(b"1")
        gaps.pop()
        return list(map(add, accumulate(map(len, gaps)), count()))

    def pick(self, things: Sequence[T]) -> Iterator[T]:
        """Those of ``size`` things whose number it has."""
        if self.count * _SCARCE < self.size:
            return map(things.__getitem__, self.listed())
        return compress(things, self.flags.translate(_TRUTH))

    def rising(self, start: int = 0) -> Iterator[int]:
        """Its numbers from ``start`` on, upwards."""
        packed = self.packed
        first = start >> 3
        if start & 7 and first < len(packed):
            yield from (first * 8 + bit for bit in _BITS[packed[first]] if bit >= start & 7)
            first += 1
        for found in _NOT_ZERO.finditer(packed, first):
            base = found.start() * 8
            for bit in _BITS[packed[found.start()]]:
                yield base + bit

    def falling(self, stop: int | None = None) -> Iterator[int]:
        """Its numbers below ``stop``, downwards."""
        end = self.size if stop is None else stop
        last = end >> 3
        if end & 7:
            bits = _FALLING[self.packed[last]]
            yield from (last * 8 + bit for bit in bits if bit < end & 7)
        backwards = self.packed[:last][::-1]
        for found in _NOT_ZERO.finditer(backwards):
            place = last - 1 - found.start()
            for bit in _FALLING[self.packed[place]]:
                yield place * 8 + bit

    def among(self, numbers: Iterable[int]) -> Iterator[int]:
        """Those of ``numbers`` that it has, in their order."""
        packed = self.packed
        for number in numbers:
            if packed[number >> 3] >> (number & 7) & 1:
                yield number


def numbers(packed: bytes | None) -> array[int]:
    """Big-endian 32-bit integers (PostgreSQL's ``int4send``) as an array."""
    return unpack("i", packed or b"")


def unpack(code: str, packed: bytes) -> array[int]:
    """Big-endian integers of a type of the module ``array`` as an array."""
    found: array[int] = array(code)
    found.frombytes(packed)
    if sys.byteorder == "little":
        found.byteswap()
    return found
