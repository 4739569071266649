"""The inventory of a space: which works have what, in memory, so that counting is cheap.

Facet counts over a hundred thousand works cost PostgreSQL a tenth of a second and more, however
they are asked; as intersections of bit sets they cost a millisecond. An inventory is a copy as
of one version of the space and is thrown away when the space has moved on. It holds nothing but
numbers and names of terms; what is shown of a work is always read from the tables.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Final
from uuid import UUID

from mediatheque.core.permissions import Permission
from mediatheque.kit.bitsets import Members, pack
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mediatheque.areas.library.schemas.filters import TitleFilter
    from mediatheque.core.context import ReadContext
    from mediatheque.kit.bitsets import Mask

TERMS: Final = ("genre", "tag", "mood", "theme", "language", "country")
ITEMS: Final = ("format", "resolution", "library")
FACETS: Final = ("kind", *TERMS, "decade", *ITEMS)
RANGES: Final = ("year", "rating")
TENTHS: Final = 10
EVER: Final = 10_000
"""Beyond any year and any rating."""


@dataclass(slots=True)
class Ordering:
    """The works in the order of a column, those without a value last; ties by id."""

    works: array[int]
    ranks: array[int]
    """The place of each work in ``works``."""
    values: array[int]
    """The value of each work, and ``base`` besides; anything where there is none."""
    base: int
    filled: int
    """How many works have a value."""

    def value_at(self, place: int) -> int:
        """The value of the work at a place of the order."""
        return self.values[self.works[place]] - self.base

    def upto(self, size: int) -> tuple[list[int], list[int]]:
        """Every value, and for each the works that have it or a lower one, as bits."""
        values: list[int] = []
        sets: list[int] = []
        packed = bytearray((size + 7) // 8)
        for place in range(self.filled):
            work = self.works[place]
            value = self.values[work]
            if not values or value != values[-1]:
                if values:
                    sets.append(int.from_bytes(packed, "little"))
                values.append(value)
            packed[work >> 3] |= 1 << (work & 7)
        if values:
            sets.append(int.from_bytes(packed, "little"))
        return [value - self.base for value in values], sets


@dataclass(slots=True)
class Values:
    """The values of each work in some facets, by code."""

    names: list[tuple[str, str, str]] = field(default_factory=list)
    """Facet, value and label of each code."""
    of: list[tuple[int, ...]] = field(default_factory=list)
    """The codes of each work."""

    def count(self, works: Mask) -> Counter[int]:
        """How many of the works have each value, by code."""
        return Counter(chain.from_iterable(works.pick(self.of)))


@dataclass(slots=True)
class Item:
    """The works of which a library holds a copy of a format and resolution."""

    library_id: str
    library: str
    name: str
    format: str
    resolution: str
    members: Members

    def as_facet(self, facet: str) -> tuple[str, str]:
        """Its value and label in a facet."""
        if facet == "library":
            return self.library, self.name
        value = self.format if facet == "format" else self.resolution
        return value, value


@dataclass(slots=True)
class Inventory:
    """Works by number, in the order of their titles; their properties as sets of numbers."""

    PROPERTIES: ClassVar = frozenset({*TERMS, "kind", "status", "age_rating", "own", "item"})

    version: int
    turns_at: float
    """When a window opens or closes next (seconds since 1970): the inventory's last moment."""
    size: int
    records: bytes
    """One record a work, its id first."""
    stride: int
    keys: list[bytes]
    """Sort keys in UTF-8, whose order by bytes is that of code points: the column's."""
    closed: int
    lent: int
    orders: dict[str, Ordering]
    own: dict[str, int] = field(default_factory=dict)
    """Works that are not public, by who added them."""
    items: list[Item] = field(default_factory=list)
    tags: Values = field(default_factory=Values)
    others: Values = field(default_factory=Values)
    """All facets but the tags, of which there are the most values by far."""
    sets: dict[str, dict[str, Members]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    values: dict[str, list[int]] = field(default_factory=dict)
    upto: dict[str, list[int]] = field(default_factory=dict)
    """For each of the values of a property asked for by range: the works up to it."""
    _ranked: dict[str, tuple[tuple[str, str, Members], ...]] = field(default_factory=dict)
    effort: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FACETS, 0))
    """About how many nanoseconds it takes to count the works of all values of a property."""
    ids: list[bytes] = field(default_factory=list)
    """All ids in their order."""
    by_id: array[int] = field(default_factory=lambda: array("I"))
    """The works in that order."""
    every: int = 0
    owned: int = 0
    weight: int = 0
    """About how many bytes it takes."""

    def settle(self) -> None:
        """Work out what follows from the rest, once all is in."""
        self.every = (1 << self.size) - 1
        ids = [self.id_bytes(number) for number in range(self.size)]
        self.by_id = array("I", sorted(range(self.size), key=ids.__getitem__))
        self.ids = [ids[number] for number in self.by_id]
        self.owned = union(item.members for item in self.items)
        for name in RANGES:
            self.values[name], self.upto[name] = self.orders[name].upto(self.size)
        self._sets_of_items()
        self._sets_of_decades()
        for name, known in self.sets.items():
            ranked = sorted(known.items(), key=lambda one: (-one[1].count, one[0]))
            self._ranked[name] = tuple(
                (value, self.labels[name, value], members) for value, members in ranked
            )
            self.effort[name] = sum(members.effort for members in known.values())
        self.tags = self._values(["tag"])
        self.others = self._values([facet for facet in FACETS if facet != "tag"])
        self.weight = self._weigh()

    def _sets_of_items(self) -> None:
        for facet in ITEMS:
            found: dict[str, int] = {}
            for item in self.items:
                value, label = item.as_facet(facet)
                if value:
                    found[value] = found.get(value, 0) | item.members.bits
                    self.labels[facet, value] = label
            self.sets[facet] = {value: Members.of(bits, self.size) for value, bits in found.items()}

    def _sets_of_decades(self) -> None:
        self.sets["decade"] = {}
        for start in sorted({year - year % 10 for year in self.values["year"]}):
            bits = self.range("year", start, start + 9)
            self.sets["decade"][str(start)] = Members.of(bits, self.size)
            self.labels["decade", str(start)] = str(start)

    def _values(self, facets: Sequence[str]) -> Values:
        made = Values()
        of: list[list[int]] = [[] for _ in range(self.size)]
        for facet in facets:
            for value, label, members in self.ranked(facet):
                code = len(made.names)
                made.names.append((facet, value, label))
                for work in members.listed():
                    of[work].append(code)
        made.of = [tuple(codes) for codes in of]
        return made

    def _weigh(self) -> int:
        sets = [members for known in self.sets.values() for members in known.values()]
        sets += [item.members for item in self.items]
        return (
            sum(members.weight for members in sets)
            + sum(len(found) for found in self.upto.values()) * self.size // 7
            + sum(50 + len(key) for key in self.keys)
            + sum(50 + 8 * len(codes) for codes in (*self.tags.of, *self.others.of))
            + len(self.records)
            + self.size * (4 * 14 + 57)
        )

    def ranked(self, name: str) -> tuple[tuple[str, str, Members], ...]:
        """The values of a property with their labels, the most frequent first."""
        return self._ranked.get(name, ())

    def id_bytes(self, number: int) -> bytes:
        """The id of a work, as ids are ordered."""
        start = self.stride * number
        return self.records[start : start + 16]

    def title_id(self, number: int) -> UUID:
        """The id of a work."""
        return UUID(bytes=self.id_bytes(number))

    def numbered(self, ids: bytes) -> int:
        """The works with these ids (16 bytes each), as bits; unknown ids are passed over."""
        found = []
        for at in range(0, len(ids), 16):
            wanted = ids[at : at + 16]
            place = bisect_left(self.ids, wanted)
            if place < self.size and self.ids[place] == wanted:
                found.append(self.by_id[place])
        return pack(found, self.size)

    def visible(self, ctx: ReadContext) -> int:
        """The works that the actor may see: the rule of the catalogue's ``visible`` clause."""
        if ctx.may(Permission.CATALOG_DRAFT_READ):
            return self.every
        seen = self._any("status", ["published"]) & ~self.closed
        if ctx.may(Permission.CATALOG_CREATE):
            seen |= self.own.get(str(ctx.actor.id), 0)
        return seen

    def select(self, wanted: TitleFilter, seen: int, *, without: str = "") -> int:
        """The works that pass the filters, as bits; ``without`` leaves one facet's out."""
        bits = seen
        if wanted.status:
            bits &= self._any("status", wanted.status)
        else:
            bits &= ~self._any("status", ["archived"])
        if wanted.kind and without != "kind":
            bits &= self._any("kind", wanted.kind)
        for scheme in TERMS:
            if scheme != without and (words := getattr(wanted, scheme)):
                bits &= self._any(scheme, [slugify(word) for word in words])
        if wanted.age_rating:
            bits &= self._any("age_rating", wanted.age_rating)
        if without != "decade":
            bits = self._between(bits, "year", wanted.year_from, wanted.year_to)
        bits = self._between(bits, "rating", _tenths(wanted.rating_from), _tenths(wanted.rating_to))
        if is_about_items(wanted, without):
            found = self.items_of(wanted, without)
            bits &= union(item.members for item in found)
        if wanted.owned is not None:
            bits &= self.owned if wanted.owned else ~self.owned
        if wanted.on_loan is not None:
            bits &= self.lent if wanted.on_loan else ~self.lent
        return bits

    def _any(self, part: str, values: Sequence[str]) -> int:
        found = self.sets.get(part, {})
        return union(found[value] for value in set(values) if value in found)

    def _between(self, bits: int, part: str, low: int | None, high: int | None) -> int:
        if low is None and high is None:
            return bits
        low, high = -EVER if low is None else low, EVER if high is None else high
        return bits & self.range(part, low, high)

    def range(self, part: str, low: int, high: int) -> int:
        """The works whose year or rating lies between two values, both included."""
        values, upto = self.values[part], self.upto[part]
        last = bisect_right(values, high)
        first = bisect_left(values, low)
        if last <= first:
            return 0
        return upto[last - 1] & ~upto[first - 1] if first else upto[last - 1]

    def items_of(self, wanted: TitleFilter, without: str = "") -> list[Item]:
        """The kinds of items that the filters ask for, all at once."""
        libraries = {*wanted.library, *(str(parse_id(one)) for one in wanted.library)}
        return [
            item
            for item in self.items
            if (without == "format" or not wanted.format or item.format in wanted.format)
            and (
                without == "resolution"
                or not wanted.resolution
                or item.resolution in wanted.resolution
            )
            and (
                without == "library"
                or not wanted.library
                or item.library in libraries
                or item.library_id in libraries
            )
        ]


def union(sets: Iterable[Members]) -> int:
    """What any of the sets has, as bits."""
    bits = 0
    for members in sets:
        bits |= members.bits
    return bits


def is_about_items(wanted: TitleFilter, without: str = "") -> bool:
    """Whether a filter speaks of copies and their editions."""
    return any(facet != without and getattr(wanted, facet) for facet in ITEMS)


def _tenths(rating: float | None) -> int | None:
    return None if rating is None else round(rating * TENTHS)
