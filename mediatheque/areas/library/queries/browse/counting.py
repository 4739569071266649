"""Facet counts from an inventory: the same as the tables would give."""

from __future__ import annotations

from heapq import heappush, heapreplace
from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.queries.browse.counts import MOST, is_filtered
from mediatheque.areas.library.queries.browse.inventory import (
    FACETS,
    ITEMS,
    is_about_items,
    union,
)
from mediatheque.areas.library.schemas.cards import Facets
from mediatheque.kit.bitsets import Mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.library.queries.browse.inventory import Inventory, Item, Values
    from mediatheque.areas.library.schemas.filters import TitleFilter

EFFORT: Final = 400
"""About how many nanoseconds it takes to go through the values of a work."""
Count = tuple[int, str, str]
"""Works (negative, so that the most come first), value, label."""


def count_facets(stock: Inventory, wanted: TitleFilter, seen: int, hits: Mask) -> Facets:
    """The counts of every facet; ``hits`` are the works that pass all filters."""
    has_items = is_about_items(wanted)
    plain = [
        facet
        for facet in FACETS
        if not is_filtered(wanted, facet) and not (has_items and facet in ITEMS)
    ]
    found = _count(stock, hits, plain)
    for facet in FACETS:
        if facet in plain:
            continue
        mask = hits
        if is_filtered(wanted, facet):
            mask = Mask(stock.select(wanted, seen, without=facet), stock.size)
        if facet in ITEMS and is_about_items(wanted, facet):
            found[facet] = _items(stock, wanted, mask, facet)
        else:
            found |= _count(stock, mask, [facet])
    found["decade"].sort(key=lambda one: -int(one[1]))
    return Facets.model_validate(
        {
            facet: [
                {"value": value, "label": label, "count": -fewer} for fewer, value, label in one
            ]
            for facet, one in found.items()
        }
    )


def _count(stock: Inventory, mask: Mask, facets: Sequence[str]) -> dict[str, list[Count]]:
    """Counts value by value, or through the values of each work if that is less work."""
    found: dict[str, list[Count]] = {}
    tags = [facet for facet in facets if facet == "tag"]
    others = [facet for facet in facets if facet != "tag"]
    for group, values in ((tags, stock.tags), (others, stock.others)):
        if sum(stock.effort[facet] for facet in group) < mask.count * EFFORT:
            found |= {facet: _most(stock, facet, mask) for facet in group}
        elif group:
            found |= _through_works(values, mask, group)
    return found


def _through_works(values: Values, mask: Mask, facets: Sequence[str]) -> dict[str, list[Count]]:
    found: dict[str, list[Count]] = {facet: [] for facet in FACETS}
    names = values.names
    for code, count in values.count(mask).items():
        facet, value, label = names[code]
        found[facet].append((-count, value, label))
    return {facet: sorted(found[facet])[:MOST] for facet in facets}


def _most(stock: Inventory, facet: str, mask: Mask) -> list[Count]:
    """The most frequent values; one that is rarer in the space than those found is not counted."""
    counts: list[Count] = []
    best: list[int] = []
    for value, label, members in stock.ranked(facet):
        if len(best) == MOST and members.count < best[0]:
            break
        count = members.within(mask)
        if not count:
            continue
        counts.append((-count, value, label))
        if len(best) < MOST:
            heappush(best, count)
        elif count > best[0]:
            heapreplace(best, count)
    return sorted(counts)[:MOST]


def _items(stock: Inventory, wanted: TitleFilter, mask: Mask, facet: str) -> list[Count]:
    """Works per format, resolution or library of one of their items that pass the filters."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in stock.items_of(wanted, facet):
        groups.setdefault(item.as_facet(facet), []).append(item)
    counts = (
        (-(union(one.members for one in items) & mask.bits).bit_count(), value, label)
        for (value, label), items in groups.items()
        if value
    )
    return sorted(one for one in counts if one[0])[:MOST]
