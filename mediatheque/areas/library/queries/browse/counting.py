"""Facet counts from an inventory: the same as the tables would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

BLOCK: Final = 128
"""So many values are counted at a time."""

FEW: Final = 2
"""Up to so many works for each value of a facet, the works' values are counted, not the sets."""

Count = tuple[int, str, str]
"""Works (negative, so that the most come first), value, label."""


def count_facets(stock: Inventory, wanted: TitleFilter, works: BitMap, hits: BitMap) -> Facets:
    """The counts of every facet.

    ``works`` are those that the filters of no facet leave, ``hits`` those that pass all filters.
    """
    found: dict[str, list[Count]] = {}
    for facet in FACETS:
        left = hits
        if is_filtered(wanted, facet):
            left = stock.select(wanted, works, without=facet)
        if facet in ITEMS and is_about_items(wanted, facet):
            found[facet] = _items(stock, wanted, left, facet)
        else:
            found[facet] = _most(stock, facet, left)
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
    ranked = stock.ranked.get(facet, [])
    index = stock.forward.get(facet)
    if index is not None and len(works) <= FEW * len(ranked):
        tally = index.tally(works).items()
        return sorted([(-count, *ranked[place][:2]) for place, count in tally])[:MOST]
    most: list[Count] = []
    for start in range(0, len(ranked), BLOCK):
        block = ranked[start : start + BLOCK]
        if len(most) == MOST and len(block[0][2]) < -most[-1][0]:
            break
        counts = map(works.intersection_cardinality, [members for *_, members in block])
        found = zip(counts, block, strict=True)
        most += [(-count, value, label) for count, (value, label, _) in found if count]
        most = sorted(most)[:MOST]
    return most


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
