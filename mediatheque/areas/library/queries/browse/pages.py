"""The page of a list of works by keyset: the index of the order is read from the cursor on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, literal, null, select, tuple_, union_all

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.library.queries.browse.conditions import conditions
from mediatheque.kit.paging import BadCursorError, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import InstrumentedAttribute

    from mediatheque.areas.library.queries.browse.conditions import Condition
    from mediatheque.areas.library.schemas.filters import TitleQuery
    from mediatheque.core.context import ReadContext


@dataclass(frozen=True, slots=True)
class Order:
    """A sort of the list: its column, its direction, and whether the column may be empty.

    Works without a value stand last in both directions; the id breaks ties.
    """

    column: InstrumentedAttribute[Any]
    is_descending: bool = False
    is_nullable: bool = False


ORDERS = {
    "title": Order(Title.sort_key),
    "-title": Order(Title.sort_key, is_descending=True),
    "year": Order(Title.year, is_nullable=True),
    "-year": Order(Title.year, is_descending=True, is_nullable=True),
    "added": Order(Title.created_at),
    "-added": Order(Title.created_at, is_descending=True),
    "rating": Order(Title.rating, is_nullable=True),
    "-rating": Order(Title.rating, is_descending=True, is_nullable=True),
    "popularity": Order(Title.popularity, is_descending=True),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the value and the id of its last work."""

    value: Any
    id: UUID


def read_place(sort: str, cursor: str | None) -> Place | None:
    """The place a cursor stands for; refuses one of another order."""
    keys = decode_cursor(cursor, 3)
    if keys is None:
        return None
    of_sort, value, given = keys
    try:
        if of_sort != sort:
            raise BadCursorError(field="cursor")
        return Place(_value(sort, value), UUID(given))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursorError(field="cursor") from error


def _value(sort: str, value: Any) -> Any:  # noqa: ANN401  (of the order's column)
    order = ORDERS[sort]
    if value is None and order.is_nullable:
        return None
    if order.column is Title.created_at:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    wished: type = str if order.column is Title.sort_key else int
    if not isinstance(value, wished) or isinstance(value, bool):
        raise TypeError(value)
    return value


def write_place(sort: str, value: Any, title_id: UUID) -> str:  # noqa: ANN401  (column's value)
    """The cursor after a work."""
    return encode_cursor(sort, value, title_id)


def page_of(ctx: ReadContext, wanted: TitleQuery) -> Select[*tuple[Any, ...]]:
    """Ids and order values of one work more than the page holds."""
    order = ORDERS[wanted.sort]
    place = read_place(wanted.sort, wanted.cursor)
    where = conditions(ctx, wanted)
    count = wanted.limit + 1
    if not order.is_nullable:
        return _filled(order, where, place, count)
    empty = _empty(order, where, place, count)
    if place is not None and place.value is None:
        return empty
    filled = _filled(order, [*where, order.column.is_not(None)], place, count)
    both = union_all(
        select(filled.subquery("filled"), literal(0).label("part")),
        select(empty.subquery("empty"), literal(1).label("part")),
    ).subquery("both")
    value = both.c.value.desc() if order.is_descending else both.c.value
    by_id = both.c.id.desc() if order.is_descending else both.c.id
    return select(both.c.id, both.c.value).order_by(both.c.part, value, by_id).limit(count)


def _filled(
    order: Order, where: list[Condition], place: Place | None, count: int
) -> Select[*tuple[Any, ...]]:
    """Works with a value, in index order."""
    column, by_id = order.column, Title.id
    if place is not None:
        here = tuple_(literal(place.value, column.type), literal(place.id, Title.id.type))
        there = tuple_(column, by_id)
        where = [*where, there < here if order.is_descending else there > here]
    sort = (column.desc(), by_id.desc()) if order.is_descending else (column, by_id)
    return select(Title.id, column.label("value")).where(and_(*where)).order_by(*sort).limit(count)


def _empty(
    order: Order, where: list[Condition], place: Place | None, count: int
) -> Select[*tuple[Any, ...]]:
    """Works without a value, by id."""
    where = [*where, order.column.is_(None)]
    if place is not None and place.value is None:
        where.append(Title.id < place.id if order.is_descending else Title.id > place.id)
    by_id = Title.id.desc() if order.is_descending else Title.id
    nothing = null().cast(order.column.type).label("value")
    return select(Title.id, nothing).where(and_(*where)).order_by(by_id).limit(count)
