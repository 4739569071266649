"""The values of each work: the way back from the sets of works of an inventory."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyroaring import BitMap


@dataclass(frozen=True, slots=True)
class ForwardIndex:
    """Which values each work has. Among few works that is sooner counted than each value's set."""

    starts: array[int]
    """Where the values of each work begin in ``values``, and behind the last one its end."""
    values: array[int]
    """Places in the list of values, of one work after the other."""

    @classmethod
    def of(cls, sets: Sequence[BitMap], size: int) -> ForwardIndex:
        """From the works of each value; ``size`` is the number of all works."""
        found: list[list[int]] = [[] for _ in range(size)]
        for place, works in enumerate(sets):
            for work in works:
                found[work].append(place)
        ends = accumulate(map(len, found), initial=0)
        return cls(array("I", ends), array("I", chain.from_iterable(found)))

    def tally(self, works: Iterable[int]) -> Counter[int]:
        """How many of the works have each value."""
        starts, values = self.starts, self.values
        return Counter(
            chain.from_iterable([values[starts[one] : starts[one + 1]] for one in works])
        )

    @property
    def weight(self) -> int:
        """How many bytes it takes."""
        return self.starts.itemsize * (len(self.starts) + len(self.values))
