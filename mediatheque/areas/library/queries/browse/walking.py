"""Pages of an inventory: the same orders and places as the tables' indexes give."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.library.queries.browse.pages import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyroaring import BitMap

    from mediatheque.areas.library.queries.browse.inventory import Inventory, Ordering
    from mediatheque.areas.library.queries.browse.pages import Place

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_WALK: Final = 8
"""Few works are gathered and sorted; among many, the order is walked until enough are found."""


def walk(stock: Inventory, sort: str, works: BitMap, place: Place | None, count: int) -> list[int]:
    """The first works of a list in an order, after a place."""
    is_falling = ORDERS[sort].is_descending
    name = sort.removeprefix("-")
    if name == "title":
        found = _by_title(stock, works, place, is_falling=is_falling)
    else:
        found = _by_value(stock, stock.orders[name], works, place, is_falling=is_falling)
    return list(islice(found, count))


def _by_title(
    stock: Inventory, works: BitMap, place: Place | None, *, is_falling: bool
) -> Iterable[int]:
    """Numbers are in the order of titles."""
    at = stock.size if is_falling else 0
    if place is not None:
        key = place.value.encode()
        low = bisect_left(stock.keys, key)
        same = range(low, bisect_right(stock.keys, key, low))
        side = bisect_left if is_falling else bisect_right
        at = low + side(same, place.id.bytes, key=stock.id_bytes)
    return _falling(works, at) if is_falling else works.iter_equal_or_larger(at)


def _falling(works: BitMap, end: int) -> Iterator[int]:
    """The works below a number, downwards, some at a time."""
    rank = works.rank(end - 1) if end else 0
    while rank > 0:
        first = max(0, rank - 256)
        yield from reversed(works[first:rank].to_array())
        rank = first


def _by_value(
    stock: Inventory, order: Ordering, works: BitMap, place: Place | None, *, is_falling: bool
) -> Iterator[int]:
    """Works with a value, then those without one."""
    filled, empty = (0, order.filled), (order.filled, stock.size)
    if place is not None:
        at = _find(stock, order, place, is_falling=is_falling)
        if place.value is None:
            filled, empty = (0, 0), (order.filled, at) if is_falling else (at, stock.size)
        else:
            filled = (0, at) if is_falling else (at, order.filled)
    few = len(works) ** 2 <= _WALK * stock.size
    for first, last in (filled, empty):
        if few:
            members = [one for one in works if first <= order.ranks[one] < last]
            yield from sorted(members, key=order.ranks.__getitem__, reverse=is_falling)
        else:
            steps = range(last - 1, first - 1, -1) if is_falling else range(first, last)
            yield from (one for one in map(order.works.__getitem__, steps) if one in works)


def _find(stock: Inventory, order: Ordering, place: Place, *, is_falling: bool) -> int:
    """Where the place lies in the order: by its value, then by its id."""
    if place.value is None:
        low, high = order.filled, stock.size
    else:
        value = _number(place.value)
        by_value = range(order.filled)
        low = bisect_left(by_value, value, key=order.value_at)
        high = bisect_right(by_value, value, low, key=order.value_at)
    same = range(low, high)
    side = bisect_left if is_falling else bisect_right
    return low + side(same, place.id.bytes, key=lambda at: stock.id_bytes(order.works[at]))


def _number(value: int | datetime) -> int:
    """A column's value as the inventory has it: times in microseconds since 1970."""
    return (value - _EPOCH) // _MICROSECOND if isinstance(value, datetime) else value


def value_of(stock: Inventory, sort: str, work: int) -> Any:  # noqa: ANN401  (column's value)
    """A work's value in an order, as its column has it."""
    name = sort.removeprefix("-")
    if name == "title":
        return stock.keys[work].decode()
    order = stock.orders[name]
    if order.ranks[work] >= order.filled:
        return None
    value = order.values[work] - order.base
    return _EPOCH + value * _MICROSECOND if name == "added" else value
