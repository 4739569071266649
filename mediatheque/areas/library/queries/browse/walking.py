"""Pages of an inventory: the same orders and places as the tables' indexes give."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.library.queries.browse.pages import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.library.queries.browse.inventory import Inventory, Ordering
    from mediatheque.areas.library.queries.browse.pages import Place
    from mediatheque.kit.bitsets import Mask

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_WALK: Final = 8
"""Few works are gathered and sorted; among many, the order is walked until enough are found."""


def walk(stock: Inventory, sort: str, mask: Mask, place: Place | None) -> Iterator[int]:
    """The works of a list in an order, after a place."""
    is_falling = ORDERS[sort].is_descending
    name = sort.removeprefix("-")
    if name == "title":
        return _by_title(stock, mask, place, is_falling=is_falling)
    return _by_value(stock, stock.orders[name], mask, place, is_falling=is_falling)


def _by_title(
    stock: Inventory, mask: Mask, place: Place | None, *, is_falling: bool
) -> Iterator[int]:
    if place is None:
        return mask.falling() if is_falling else mask.rising()
    key = place.value.encode()
    low = bisect_left(stock.keys, key)
    same = range(low, bisect_right(stock.keys, key, low))
    if is_falling:
        return mask.falling(low + bisect_left(same, place.id.bytes, key=stock.id_bytes))
    return mask.rising(low + bisect_right(same, place.id.bytes, key=stock.id_bytes))


def _by_value(
    stock: Inventory, order: Ordering, mask: Mask, place: Place | None, *, is_falling: bool
) -> Iterator[int]:
    """Works with a value, then those without one."""
    filled, empty = (0, order.filled), (order.filled, stock.size)
    if place is not None:
        at = _find(stock, order, place, is_falling=is_falling)
        if place.value is None:
            filled, empty = (0, 0), (order.filled, at) if is_falling else (at, stock.size)
        else:
            filled = (0, at) if is_falling else (at, order.filled)
    few = mask.count**2 <= _WALK * stock.size
    for first, last in (filled, empty):
        if few:
            members = [one for one in mask.rising() if first <= order.ranks[one] < last]
            yield from sorted(members, key=order.ranks.__getitem__, reverse=is_falling)
        else:
            steps = range(last - 1, first - 1, -1) if is_falling else range(first, last)
            yield from mask.among(map(order.works.__getitem__, steps))


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


def first(numbers: Iterator[int], count: int) -> list[int]:
    """The first few."""
    return list(islice(numbers, count))
