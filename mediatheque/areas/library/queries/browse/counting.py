"""Facet counts from an inventory: the same as the tables would give."""

from __future__ import annotations

from heapq import heappush, heapreplace
from typing import TYPE_CHECKING

from mediatheque.areas.library.queries.browse.counts import MOST, is_filtered
from mediatheque.areas.library.queries.browse.inventory import (
    FACETS,
    ITEMS,
    is_about_items,
    union,
)
from mediatheque.areas.library.schemas.cards import Facets

if TYPE_CHECKING:
    from pyroaring import BitMap

    from mediatheque.areas.library.queries.browse.inventory import Inventory, Item
    from mediatheque.areas.library.schemas.filters import TitleFilter

Count = tuple[int, str, str]
"""Works (negative, so that the most come first), value, label."""


def count_facets(stock: Inventory, wanted: TitleFilter, seen: BitMap, hits: BitMap) -> Facets:
    """The counts of every facet; ``hits`` are the works that pass all filters."""
    found: dict[str, list[Count]] = {}
    for facet in FACETS:
        works = hits
        if is_filtered(wanted, facet):
            works = stock.select(wanted, seen, without=facet)
        if facet in ITEMS and is_about_items(wanted, facet):
            found[facet] = _items(stock, wanted, works, facet)
        else:
            found[facet] = _most(stock, facet, works)
    found["decade"].sort(key=lambda one: -int(one[1]))
    return Facets.model_validate(
        {
            facet: [
                {"value": value, "label": label, "count": -fewer} for fewer, value, label in one
            ]
            for facet, one in found.items()
        }
    )


def _most(stock: Inventory, facet: str, works: BitMap) -> list[Count]:
    """The most frequent values; one that is rarer in the space than those found is not counted."""
    counts: list[Count] = []
    best: list[int] = []
    for value, label, members in stock.ranked.get(facet, ()):
        if len(best) == MOST and len(members) < best[0]:
            break
        count = members.intersection_cardinality(works)
        if not count:
            continue
        counts.append((-count, value, label))
        if len(best) < MOST:
            heappush(best, count)
        elif count > best[0]:
            heapreplace(best, count)
    return sorted(counts)[:MOST]


def _items(stock: Inventory, wanted: TitleFilter, works: BitMap, facet: str) -> list[Count]:
    """Works per format, resolution or library of one of their items that pass the filters."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in stock.items_of(wanted, facet):
        groups.setdefault(item.as_facet(facet), []).append(item)
    counts = (
        (-union(one.works for one in items).intersection_cardinality(works), value, label)
        for (value, label), items in groups.items()
        if value
    )
    return sorted(one for one in counts if one[0])[:MOST]
