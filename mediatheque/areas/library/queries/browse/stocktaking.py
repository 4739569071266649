"""Taking stock of a space: its works, their places in every order and their properties.

One statement packs everything into a few long values (numbers as bytes), so that 100,000 works
come as a few hundred rows. What follows from them is worked out beside the requests.
"""

from __future__ import annotations

import asyncio
from array import array
from typing import TYPE_CHECKING, Final

from pyroaring import BitMap
from sqlalchemy import text

from mediatheque.areas.library.queries.browse.inventory import Inventory, Item, Ordering
from mediatheque.kit.packed import numbers, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.core.context import ReadContext
    from mediatheque.kit.db import Row

BESIDE: Final = 5_000
"""From so many works on, working out what follows is left to a thread."""
STRIDE: Final = 56
"""Bytes of a work's record: its id, its place in each order, its values."""
WORDS: Final = STRIDE // 4
BASE: Final = 2**31
"""Added to values that may be negative, to send them as unsigned numbers."""

# ``n`` counts works in the order of their titles; everything else speaks of works by it.
_WORKS: Final = """
    WITH t AS MATERIALIZED (
        SELECT id, kind, status, year, rating, popularity, created_at, age_rating, minimum_age,
               sort_key, added_by, available_from, available_until,
               coalesce(available_from > :now, false)
                   OR coalesce(available_until <= :now, false) AS is_closed,
               (row_number() OVER (ORDER BY sort_key, id) - 1)::int AS n,
               row_number() OVER (ORDER BY year, id) - 1 AS by_year,
               row_number() OVER (ORDER BY rating, id) - 1 AS by_rating,
               row_number() OVER (ORDER BY created_at, id) - 1 AS by_added,
               row_number() OVER (ORDER BY popularity, id) - 1 AS by_popularity
        FROM catalog_titles WHERE space_id = :space)
"""
_NUMBERS: Final = "string_agg(int4send(n), ''::bytea)"
_RECORD: Final = f"""
    uuid_send(id) || int8send(by_year << 32 | by_rating) || int8send(by_added << 32 | by_popularity)
    || int8send((popularity + {BASE}) << 32 | coalesce(rating, 0))
    || int8send((coalesce(year, 0) + {BASE}) << 32)
    || int8send((extract(epoch FROM created_at) * 1000000)::bigint)
"""


def _select(part: str, data: str, rest: str, value: str = "''", label: str = "''") -> str:
    """A select of the one shape all parts have."""
    return (
        f"SELECT cast({part} AS text) AS part, {value} AS value, {label} AS label, {data} AS data "
        f"{rest}"
    )


def _column(part: str) -> str:
    """The works by the values of a column."""
    rest = f"FROM t WHERE {part} IS NOT NULL GROUP BY {part}"
    return _select(f"'{part}'", _NUMBERS, rest, f"{part}::text", f"{part}::text")


_PARTS: Final = (
    _select(
        "'version'",
        "NULL::bytea",
        "FROM (SELECT 1) one",
        "coalesce((SELECT version FROM core_versions WHERE space_id = :space), 0)::text",
        """coalesce((SELECT extract(epoch FROM least(
               min(available_from) FILTER (WHERE available_from > :now),
               min(available_until) FILTER (WHERE available_until > :now)))::text FROM t), '')""",
    ),
    _select(
        "'records'",
        f"string_agg({_RECORD}, ''::bytea ORDER BY n)",
        "FROM t",
        "concat_ws(' ', count(year), count(rating))",
    ),
    _select(
        "'keys'", r"string_agg(convert_to(sort_key, 'UTF8'), '\x0a'::bytea ORDER BY n)", "FROM t"
    ),
    _column("kind"),
    _column("status"),
    _column("age_rating"),
    _column("minimum_age"),
    _select("'closed'", _NUMBERS, "FROM t WHERE is_closed"),
    _select(
        "'own'",
        _NUMBERS,
        "FROM t WHERE added_by IS NOT NULL AND (is_closed OR status <> 'published') "
        "GROUP BY added_by",
        "added_by::text",
    ),
    _select(
        "w.scheme",
        "x.data",
        """FROM (SELECT x.term_id, string_agg(int4send(t.n), ''::bytea) AS data
                 FROM catalog_title_terms x JOIN t ON t.id = x.title_id
                 WHERE x.space_id = :space GROUP BY x.term_id) x
           JOIN catalog_terms w ON w.space_id = :space AND w.id = x.term_id""",
        "w.slug",
        "w.name",
    ),
    _select(
        "'item'",
        "x.data",
        """FROM (SELECT library_id, format, resolution, string_agg(int4send(n), ''::bytea) AS data
                 FROM (SELECT DISTINCT c.library_id, e.format, e.resolution, t.n
                       FROM library_copies c
                       JOIN library_editions e
                         ON e.space_id = c.space_id AND e.id = c.edition_id
                       JOIN t ON t.id = c.title_id
                       WHERE c.space_id = :space) one
                 GROUP BY library_id, format, resolution) x
           JOIN library_libraries b ON b.space_id = :space AND b.id = x.library_id""",
        "concat_ws(' ', b.id, b.slug, x.format, x.resolution)",
        "b.name",
    ),
    _select(
        "'lent'",
        _NUMBERS,
        """FROM (SELECT DISTINCT t.n FROM library_loans l
                 JOIN library_copies c ON c.space_id = l.space_id AND c.id = l.copy_id
                 JOIN t ON t.id = c.title_id
                 WHERE l.space_id = :space AND l.returned_on IS NULL) one""",
    ),
)
_STOCK = text(_WORKS + "\nUNION ALL\n".join(_PARTS))
# Sorts and hashes of a whole space fit in memory then, for this one transaction.
_ROOM = text("SELECT set_config('work_mem', '48MB', true)")


async def take_stock(ctx: ReadContext) -> Inventory:
    """Read a space's inventory, as of one moment."""
    _, rows = await ctx.db.batch(_ROOM, _STOCK.bindparams(space=ctx.space_id, now=ctx.now))
    single = {row["part"]: row for row in rows}
    if len(single["records"]["data"] or b"") < BESIDE * STRIDE:
        return inventory_of(rows)
    return await asyncio.to_thread(inventory_of, rows)


def inventory_of(rows: Sequence[Row]) -> Inventory:
    """Work out an inventory from the statement's rows."""
    single = {row["part"]: row for row in rows if row["part"] not in Inventory.PROPERTIES}
    records: bytes = single["records"]["data"] or b""
    size = len(records) // STRIDE
    made = Inventory(
        version=int(single["version"]["value"]),
        turns_at=float(single["version"]["label"] or "inf"),
        size=size,
        records=records,
        stride=STRIDE,
        keys=(single["keys"]["data"] or b"").split(b"\n") if size else [],
        closed=BitMap(numbers(single["closed"]["data"])),
        lent=BitMap(numbers(single["lent"]["data"])),
        orders=_orders(records, [int(one) for one in single["records"]["value"].split()]),
    )
    for row in rows:
        part = row["part"]
        if part not in Inventory.PROPERTIES:
            continue
        works = BitMap(numbers(row["data"]))
        if part == "own":
            made.own[row["value"]] = works
        elif part == "item":
            made.items.append(_item(row, works))
        else:
            made.sets.setdefault(part, {})[row["value"]] = works
            made.labels[part, row["value"]] = row["label"]
    made.settle()
    return made


def _orders(records: bytes, filled: list[int]) -> dict[str, Ordering]:
    """The orders, from the words of the records (the id takes the first four)."""
    words = unpack("I", records)
    size = len(words) // WORDS
    created = unpack("q", records)[STRIDE // 8 - 1 :: STRIDE // 8]
    years, ratings = filled
    return {
        "year": _order(words[4::WORDS], words[10::WORDS], years, BASE),
        "rating": _order(words[5::WORDS], words[9::WORDS], ratings, 0),
        "added": _order(words[6::WORDS], created, size, 0),
        "popularity": _order(words[7::WORDS], words[8::WORDS], size, BASE),
    }


def _order(ranks: array[int], values: array[int], filled: int, base: int) -> Ordering:
    works = array("I", bytes(4 * len(ranks)))
    for work, rank in enumerate(ranks):
        works[rank] = work
    return Ordering(works=works, ranks=ranks, values=values, base=base, filled=filled)


def _item(row: Row, works: BitMap) -> Item:
    library_id, slug, form, *resolution = row["value"].split(" ")
    return Item(
        library_id=library_id,
        library=slug,
        name=row["label"],
        format=form,
        resolution=resolution[0] if resolution else "",
        works=works,
    )
