"""Which owned item a row means: one that is there, or a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mediatheque.areas.library.actions.imports.items import KEY
from mediatheque.areas.library.actions.imports.prepare import identity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from psycopg import AsyncConnection

    from mediatheque.areas.library.actions.imports.prepare import Prepared

SAID = ("condition", "location", "price_cents", "currency", "bought_on", "notes")

_ON_KEY = " AND ".join(f"e.{name} = s.{name}" for name in KEY)
_FIND_EDITIONS = f"""
    UPDATE stage_copies s SET edition_id = e.id
    FROM library_editions e
    WHERE s.copy_id IS NULL AND e.space_id = %(space)s AND e.title_id = s.title_id AND {_ON_KEY}
    RETURNING s.position, s.place, e.id, s.library_id, {", ".join(f"s.{name}" for name in SAID)}
"""  # noqa: S608  (the parts are constants of this file)
_UNCLAIMED = f"""
    SELECT c.edition_id, c.library_id, c.id, {", ".join(f"c.{name}" for name in SAID)}
    FROM (SELECT DISTINCT edition_id FROM stage_copies WHERE copy_id IS NULL) w
    CROSS JOIN LATERAL (
        SELECT * FROM library_copies c
        WHERE c.space_id = %(space)s AND c.edition_id = w.edition_id OFFSET 0) c
    WHERE (SELECT o.copy_id FROM library_origins o
           WHERE o.space_id = c.space_id AND o.copy_id = c.id AND o.source = %(source)s
           LIMIT 1) IS NULL
    ORDER BY c.id
"""  # noqa: S608  (the parts are constants of this file)
_OUTDATED = f"""
    SELECT c.edition_id, c.library_id, c.id, {", ".join(f"c.{name}" for name in SAID)},
           t.kind, t.title_key, t.year,
           e.format, nullif(e.resolution, ''), nullif(e.name, ''), nullif(e.region, ''),
           nullif(e.barcode, ''), b.name,
           (SELECT array_agg(o.key) FROM library_origins o
            WHERE o.space_id = c.space_id AND o.copy_id = c.id AND o.source = %(source)s),
           (SELECT bool_or(o.import_id IS NOT DISTINCT FROM %(import)s) FROM library_origins o
            WHERE o.space_id = c.space_id AND o.copy_id = c.id AND o.source = %(source)s)
    FROM unnest(%(editions)s::uuid[]) AS w (id)
    CROSS JOIN LATERAL (
        SELECT * FROM library_copies c
        WHERE c.space_id = %(space)s AND c.edition_id = w.id OFFSET 0) c
    JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id
    JOIN library_libraries b ON b.space_id = c.space_id AND b.id = c.library_id
    JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
    WHERE NOT EXISTS (SELECT 1 FROM stage_copies s WHERE s.copy_id = c.id)
    ORDER BY c.id
"""  # noqa: S608  (the parts are constants of this file)
_CLAIM = """
    UPDATE stage_copies s SET copy_id = u.copy_id
    FROM unnest(%(positions)s::int[], %(places)s::int[], %(copies)s::uuid[])
         AS u (position, place, copy_id)
    WHERE s.position = u.position AND s.place = u.place
"""
_MAKE_REST = "UPDATE stage_copies SET copy_id = new_id, is_new = true WHERE copy_id IS NULL"
_END = 3 + len(SAID)


class Free(NamedTuple):
    """An item that a row may claim; ``said`` are its :data:`SAID`."""

    library: UUID
    id: UUID
    said: tuple[Any, ...]


@dataclass(slots=True)
class Asked:
    """A row's item that is not known from an earlier import."""

    position: int
    place: int
    edition: UUID
    library: UUID
    said: tuple[Any, ...]
    is_anywhere: bool
    copy: UUID | None = None


async def claim(
    connection: AsyncConnection[Any], rows: Sequence[Prepared], values: dict[str, Any]
) -> None:
    """Give each staged item the one it means: a free one of its edition and library, or new.

    Free is what no row of this source has. So is what only rows have that cannot come again,
    because the work or the edition was changed since: the file that says it now means the same
    item. A row that names no library, in an import for none, means an item of any library. Of
    several the one that agrees in all that is said goes first, then the oldest.
    """
    by_position = {one.position: one for one in rows}
    found = await (await connection.execute(_FIND_EDITIONS, values)).fetchall()
    asked = [
        Asked(
            position,
            place,
            edition,
            library,
            tuple(said),
            values["anywhere"] and _has_no_library(by_position[position]),
        )
        for position, place, edition, library, *said in sorted(found, key=lambda row: row[:2])
    ]
    unclaimed = await (await connection.execute(_UNCLAIMED, values)).fetchall()
    _give(asked, unclaimed)
    rest = [one for one in asked if not one.copy and _may_be_renamed(by_position[one.position])]
    if rest:
        await _write(connection, [one for one in asked if one.copy])
        editions = list({one.edition for one in rest})
        outdated = await (
            await connection.execute(_OUTDATED, {**values, "editions": editions})
        ).fetchall()
        _give(rest, [row for row in outdated if _is_outdated(row)])
        await _write(connection, [one for one in rest if one.copy])
    else:
        await _write(connection, [one for one in asked if one.copy])
    await connection.execute(_MAKE_REST)


def _has_no_library(one: Prepared) -> bool:
    copies = one.row.copies  # type: ignore[union-attr]  # items only
    return all(copy.library is None for copy in copies)


def _may_be_renamed(one: Prepared) -> bool:
    """Whether the work was here before, and the row is known by its cells."""
    assert one.draft is not None  # noqa: S101  (rows here are matched)
    return not one.draft.is_new and not one.row.key  # type: ignore[union-attr]  # items only


def _is_outdated(row: Sequence[Any]) -> bool:
    """Whether no key of an item's origins is what its cells give today."""
    kind, title, year, *item, library, keys, is_here = row[_END:]
    if not keys or is_here:
        return False
    work = (kind, title, year, None, None)
    today = {identity_of(work, tuple(item), name) for name in (None, library)}
    return today.isdisjoint(key.partition(".")[0] for key in keys)


def _give(asked: Iterable[Asked], rows: Iterable[Sequence[Any]]) -> None:
    free: dict[UUID, list[Free]] = {}
    for row in rows:
        free.setdefault(row[0], []).append(Free(row[1], row[2], tuple(row[3:_END])))
    if not free:
        return
    waiting = [one for one in asked if one.edition in free]
    for fits in (_is_same, _is_there, _is_any):
        waiting = [one for one in waiting if not _take(one, free[one.edition], fits)]


def _take(one: Asked, free: list[Free], fits: Callable[[Asked, Free], bool]) -> bool:
    for place, item in enumerate(free):
        if fits(one, item):
            one.copy = free.pop(place).id
            return True
    return False


def _is_same(one: Asked, item: Free) -> bool:
    return item.said == one.said and (one.is_anywhere or item.library == one.library)


def _is_there(one: Asked, item: Free) -> bool:
    return item.library == one.library


def _is_any(one: Asked, _: Free) -> bool:
    return one.is_anywhere


async def _write(connection: AsyncConnection[Any], claims: Sequence[Asked]) -> None:
    if claims:
        await connection.execute(
            _CLAIM,
            {
                "positions": [one.position for one in claims],
                "places": [one.place for one in claims],
                "copies": [one.copy for one in claims],
            },
        )
