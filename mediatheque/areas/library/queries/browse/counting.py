"""Facet counts from an inventory: the same as the tables would give."""

from __future__ import annotations

from heapq import heappush, heapreplace
from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.queries.browse.counts import MOST, is_filtered
from mediatheque.areas.library.queries.browse.inventory import (
    ITEMS,
    TERMS,
    is_about_items,
    union,
)
from mediatheque.areas.library.schemas.cards import Facets
from mediatheque.kit.bitsets import Mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.library.queries.browse.inventory import Inventory, Item
    from mediatheque.areas.library.schemas.filters import TitleFilter

EFFORT: Final = 350
"""About how many nanoseconds it takes to go through the terms of a work."""
Count = tuple[int, str, str]
"""Works (negative, so that the most come first), value, label."""


def count_facets(stock: Inventory, wanted: TitleFilter, seen: int, hits: Mask) -> Facets:
    """The counts of every facet; ``hits`` are the works that pass all filters."""

    def mask(facet: str) -> Mask:
        if not is_filtered(wanted, facet):
            return hits
        return Mask(stock.select(wanted, seen, without=facet), stock.size)

    free = [name for name in TERMS if not is_filtered(wanted, name)]
    found = _terms(stock, hits, free)
    for name in TERMS:
        if name not in free:
            found |= _terms(stock, mask(name), [name])
    found["kind"] = _most(stock, "kind", mask("kind"))
    found["decade"] = _decades(stock, mask("decade"))
    for facet in ITEMS:
        found[facet] = _items(stock, wanted, mask(facet), facet)
    return Facets.model_validate(
        {
            facet: [
                {"value": value, "label": label, "count": -fewer} for fewer, value, label in one
            ]
            for facet, one in found.items()
        }
    )


def _terms(stock: Inventory, mask: Mask, schemes: Sequence[str]) -> dict[str, list[Count]]:
    """Counts of terms: term by term, or through the terms of each work if that is less work."""
    if sum(stock.effort[scheme] for scheme in schemes) < mask.count * EFFORT:
        return {scheme: _most(stock, scheme, mask) for scheme in schemes}
    found: dict[str, list[Count]] = {scheme: [] for scheme in TERMS}
    names = stock.words.names
    for code, count in stock.words.count(mask).items():
        scheme, slug, label = names[code]
        found[scheme].append((-count, slug, label))
    return {scheme: sorted(found[scheme])[:MOST] for scheme in schemes}


def _most(stock: Inventory, name: str, mask: Mask) -> list[Count]:
    """The most frequent values; one that is rarer in the space than those found is not counted."""
    counts: list[Count] = []
    best: list[int] = []
    for value, label, members in stock.ranked(name):
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


def _decades(stock: Inventory, mask: Mask) -> list[Count]:
    starts = sorted({year - year % 10 for year in stock.values["year"]}, reverse=True)
    counts = (
        (-(stock.range("year", start, start + 9) & mask.bits).bit_count(), str(start), str(start))
        for start in starts
    )
    return [one for one in counts if one[0]][:MOST]


def _items(stock: Inventory, wanted: TitleFilter, mask: Mask, facet: str) -> list[Count]:
    sets = stock.by_item[facet]
    if is_about_items(wanted, facet):
        groups: dict[tuple[str, str], list[Item]] = {}
        for item in stock.items_of(wanted, facet):
            groups.setdefault(item.as_facet(facet), []).append(item)
        sets = {key: union(one.members for one in items) for key, items in groups.items()}
    counts = (
        (-(bits & mask.bits).bit_count(), value, label)
        for (value, label), bits in sets.items()
        if value
    )
    return sorted(one for one in counts if one[0])[:MOST]
