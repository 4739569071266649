"""The inventory of a space: which works have what, in memory, so that counting is cheap.

Facet counts over a hundred thousand works cost PostgreSQL a tenth of a second and more, however
they are asked; as intersections of compressed bitmaps (Roaring, Lemire et al. 2018) all of them
cost half a millisecond. An inventory is a copy as of one version of the space and is thrown away
when the space has moved on. It holds nothing but numbers and names of terms; what is shown of a
work is always read from the tables.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final
from uuid import UUID

from pyroaring import BitMap

from mediatheque.areas.library.queries.browse.forward import ForwardIndex
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mediatheque.areas.library.schemas.filters import TitleFilter
    from mediatheque.core.context import ReadContext

TERMS: Final = ("genre", "tag", "mood", "theme", "language", "country")
ITEMS: Final = ("format", "resolution", "library")
FACETS: Final = ("kind", *TERMS, "decade", *ITEMS)
RANGES: Final = ("year", "rating")
TENTHS: Final = 10
WIDE: Final = 64
"""With more values than these a facet has an index of each work's values."""


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

    def sets(self) -> Iterable[tuple[int, BitMap]]:
        """Every value, upwards, with the works that have it."""
        start = 0
        while start < self.filled:
            value = self.value_at(start)
            end = bisect_right(range(self.filled), value, start, key=self.value_at)
            yield value, BitMap(self.works[start:end])
            start = end


@dataclass(slots=True)
class Item:
    """The works of which a library holds a copy of a format and resolution."""

    library_id: str
    library: str
    name: str
    format: str
    resolution: str
    works: BitMap

    def as_facet(self, facet: str) -> tuple[str, str]:
        """Its value and label in a facet."""
        if facet == "library":
            return self.library, self.name
        value = self.format if facet == "format" else self.resolution
        return value, value


@dataclass(slots=True)
class Range:
    """A property that is asked for by range: its values, upwards, and the works of each."""

    values: list[int]
    works: list[BitMap]

    def between(self, low: int | None, high: int | None) -> BitMap:
        """The works whose value lies between two, both included."""
        first = 0 if low is None else bisect_left(self.values, low)
        last = len(self.values) if high is None else bisect_right(self.values, high)
        return union(self.works[first:last])


@dataclass(slots=True)
class Inventory:
    """Works by number, in the order of their titles; their properties as sets of numbers."""

    PROPERTIES: ClassVar = frozenset(
        {*TERMS, "kind", "status", "age_rating", "minimum_age", "own", "item"}
    )

    version: int
    turns_at: float
    """When a window opens or closes next (seconds since 1970): the inventory's last moment."""
    size: int
    records: bytes
    """One record a work, its id first."""
    stride: int
    keys: list[bytes]
    """Sort keys in UTF-8, whose order by bytes is that of code points: the column's."""
    closed: BitMap
    lent: BitMap
    orders: dict[str, Ordering]
    own: dict[str, BitMap] = field(default_factory=dict)
    """Works that are not public, by who added them."""
    items: list[Item] = field(default_factory=list)
    sets: dict[str, dict[str, BitMap]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    ranked: dict[str, list[tuple[str, str, BitMap]]] = field(default_factory=dict)
    """The values of each property with their labels, the most frequent first."""
    forward: dict[str, ForwardIndex] = field(default_factory=dict)
    """The values of each work, as places in ``ranked``, of the facets with many."""
    ranges: dict[str, Range] = field(default_factory=dict)
    ids: list[bytes] = field(default_factory=list)
    """All ids in their order."""
    by_id: array[int] = field(default_factory=lambda: array("I"))
    """The works in that order."""
    every: BitMap = field(default_factory=BitMap)
    owned: BitMap = field(default_factory=BitMap)
    suited: dict[tuple[int, bool], BitMap] = field(default_factory=dict)
    """The works for an age, and whether those of an unknown one are among them."""
    weight: int = 0
    """About how many bytes it takes."""

    def settle(self) -> None:
        """Work out what follows from the rest, once all is in."""
        self.every = BitMap(range(self.size))
        self.owned = union(item.works for item in self.items)
        ids = [self.id_bytes(number) for number in range(self.size)]
        self.by_id = array("I", sorted(range(self.size), key=ids.__getitem__))
        self.ids = [ids[number] for number in self.by_id]
        for name in RANGES:
            found = list(self.orders[name].sets())
            self.ranges[name] = Range([value for value, _ in found], [one for _, one in found])
        self._sets_of_items()
        self._sets_of_decades()
        for name, known in self.sets.items():
            ranked = sorted(known.items(), key=lambda one: (-len(one[1]), one[0]))
            self.ranked[name] = [(value, self.labels[name, value], one) for value, one in ranked]
            if name in FACETS and len(ranked) > WIDE:
                self.forward[name] = ForwardIndex.of([one for _, one in ranked], self.size)
        self.weight = self._weigh()

    def _sets_of_items(self) -> None:
        for facet in ITEMS:
            found: dict[str, BitMap] = {}
            for item in self.items:
                value, label = item.as_facet(facet)
                if value:
                    found[value] = found.get(value, BitMap()) | item.works
                    self.labels[facet, value] = label
            self.sets[facet] = found

    def _sets_of_decades(self) -> None:
        years = self.ranges["year"]
        self.sets["decade"] = {
            str(start): years.between(start, start + 9)
            for start in {year - year % 10 for year in years.values}
        }
        self.labels |= {("decade", start): start for start in self.sets["decade"]}

    def _weigh(self) -> int:
        sets = [one for known in self.sets.values() for one in known.values()]
        sets += [item.works for item in self.items]
        sets += [one for found in self.ranges.values() for one in found.works]
        return (
            sum(_bytes(one) for one in sets)
            + sum(50 + len(key) for key in self.keys)
            + len(self.records)
            + self.size * (4 * 16 + 65)
            + sum(one.weight for one in self.forward.values())
        )

    def id_bytes(self, number: int) -> bytes:
        """The id of a work, as ids are ordered."""
        start = self.stride * number
        return self.records[start : start + 16]

    def title_id(self, number: int) -> UUID:
        """The id of a work."""
        return UUID(bytes=self.id_bytes(number))

    def numbered(self, ids: bytes) -> BitMap:
        """The works with these ids (16 bytes each); unknown ids are passed over."""
        found = []
        for at in range(0, len(ids), 16):
            wanted = ids[at : at + 16]
            place = bisect_left(self.ids, wanted)
            if place < self.size and self.ids[place] == wanted:
                found.append(self.by_id[place])
        return BitMap(found)

    def visible(self, ctx: ReadContext) -> BitMap:
        """The works that the actor may see: the rule of the catalogue's ``visible`` clause."""
        seen = self._public(ctx)
        profile = ctx.actor.profile
        if profile is None or profile.maturity_limit is None:
            return seen
        return seen & self._suitable(profile.maturity_limit, profile.shows_unknown)

    def _suitable(self, limit: int, shows_unknown: bool) -> BitMap:
        """The works for an age, worked out when first asked for."""
        found = self.suited.get((limit, shows_unknown))
        if found is None:
            ages = self.sets.get("minimum_age", {})
            found = union(works for age, works in ages.items() if int(age) <= limit)
            if shows_unknown:
                found |= self.every - union(ages.values())
            self.suited[limit, shows_unknown] = found
        return found

    def _public(self, ctx: ReadContext) -> BitMap:
        if ctx.may(Permission.CATALOG_DRAFT_READ):
            return self.every
        seen = self._available()
        if ctx.may(Permission.CATALOG_CREATE):
            seen |= self.own.get(str(ctx.actor.id), BitMap())
        return seen

    def _available(self) -> BitMap:
        return self._any("status", ["published"]) - self.closed

    def narrow(self, wanted: TitleFilter, seen: BitMap) -> BitMap:
        """What the filters that are no facet leave of the works."""
        if wanted.status:
            works = seen & self._any("status", wanted.status)
        else:
            works = seen - self._any("status", ["archived"])
        if wanted.age_rating:
            works &= self._any("age_rating", wanted.age_rating)
        rating = _tenths(wanted.rating_from), _tenths(wanted.rating_to)
        works = self._within(works, "rating", *rating)
        if wanted.available is not None:
            available = self._available()
            works = works & available if wanted.available else works - available
        if wanted.owned is not None:
            works = works & self.owned if wanted.owned else works - self.owned
        if wanted.on_loan is not None:
            works = works & self.lent if wanted.on_loan else works - self.lent
        return works

    def select(self, wanted: TitleFilter, works: BitMap, *, without: str = "") -> BitMap:
        """What the facets' filters leave of narrowed works, but for one facet's own filter."""
        if wanted.kind and without != "kind":
            works = works & self._any("kind", wanted.kind)
        for scheme in TERMS:
            if scheme != without and (words := getattr(wanted, scheme)):
                works = works & self._any(scheme, [slugify(word) for word in words])
        if without != "decade":
            works = self._within(works, "year", wanted.year_from, wanted.year_to)
        if is_about_items(wanted, without):
            works = works & union(item.works for item in self.items_of(wanted, without))
        return works

    def _within(self, works: BitMap, part: str, low: int | None, high: int | None) -> BitMap:
        if low is None and high is None:
            return works
        return works & self.ranges[part].between(low, high)

    def _any(self, part: str, values: Sequence[str]) -> BitMap:
        found = self.sets.get(part, {})
        return union(found[value] for value in set(values) if value in found)

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


def union(sets: Iterable[BitMap]) -> BitMap:
    """What any of the sets has; a set of its own."""
    return BitMap.union(BitMap(), *sets)


def is_about_items(wanted: TitleFilter, without: str = "") -> bool:
    """Whether a filter speaks of copies and their editions."""
    return any(facet != without and getattr(wanted, facet) for facet in ITEMS)


def _tenths(rating: float | None) -> int | None:
    return None if rating is None else round(rating * TENTHS)


def _bytes(works: BitMap) -> int:
    known = works.get_statistics()
    in_bits, in_runs = known["n_bytes_bitset_containers"], known["n_bytes_run_containers"]
    return 200 + known["n_bytes_array_containers"] + in_bits + in_runs
