"""Taking stock of a space: its works, their places in every order and their properties.

One statement packs everything into a few long values (numbers as bytes), so that 100,000 works
cost this process a few hundred rows and no loop over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.library.queries.browse.inventory import Inventory, Item, Ordering
from mediatheque.kit.bitsets import Members, long_numbers, numbers, pack

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from mediatheque.core.context import ReadContext
    from mediatheque.kit.db import Row

# ``n`` counts works in the order of their titles; everything else speaks of works by it.
_WORKS: Final = """
    WITH t AS MATERIALIZED (
        SELECT id, kind, status, year, rating, popularity, created_at, age_rating, sort_key,
               added_by, available_from, available_until,
               coalesce(available_from > :now, false)
                   OR coalesce(available_until <= :now, false) AS is_closed,
               (row_number() OVER (ORDER BY sort_key, id) - 1)::int AS n,
               (row_number() OVER (ORDER BY year, id) - 1)::int AS by_year,
               (row_number() OVER (ORDER BY rating, id) - 1)::int AS by_rating,
               (row_number() OVER (ORDER BY created_at, id) - 1)::int AS by_added,
               (row_number() OVER (ORDER BY popularity, id) - 1)::int AS by_popularity
        FROM catalog_titles WHERE space_id = :space)
"""
ORDERS: Final = ("year", "rating", "added", "popularity")
_NUMBERS: Final = "string_agg(int4send(n), ''::bytea)"


def _select(part: str, data: str, rest: str, value: str = "''", label: str = "''") -> str:
    """A select of the one shape all parts have."""
    return (
        f"SELECT cast({part} AS text) AS part, {value} AS value, {label} AS label, {data} AS data "
        f"{rest}"
    )


def _order(part: str) -> list[str]:
    """The works in the order of a column, their places in it, and their values."""
    value = "(extract(epoch FROM created_at) * 1000000)" if part == "added" else part
    return [
        _select(
            f"'order {part}'",
            f"string_agg(int4send(n), ''::bytea ORDER BY by_{part})",
            "FROM t",
            f"(count({part if part != 'added' else 'created_at'}))::text",
        ),
        _select(
            f"'ranks {part}'", f"string_agg(int4send(by_{part}), ''::bytea ORDER BY n)", "FROM t"
        ),
        _select(
            f"'values {part}'",
            f"string_agg(int8send(coalesce({value}, 0)::bigint), ''::bytea ORDER BY n)",
            "FROM t",
        ),
    ]


def _column(part: str, column: str) -> str:
    """The works by the values of a column."""
    return _select(
        f"'{part}'",
        _NUMBERS,
        f"FROM t WHERE {column} IS NOT NULL GROUP BY {column}",
        f"{column}::text",
    )


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
    _select("'ids'", "string_agg(uuid_send(id), ''::bytea ORDER BY n)", "FROM t"),
    _select(
        "'keys'", r"string_agg(convert_to(sort_key, 'UTF8'), '\x0a'::bytea ORDER BY n)", "FROM t"
    ),
    *(part for name in ORDERS for part in _order(name)),
    _column("kind", "kind"),
    _column("status", "status"),
    _column("age_rating", "age_rating"),
    _column("year", "year"),
    _column("rating", "rating"),
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
        _NUMBERS,
        """FROM catalog_title_terms x
           JOIN t ON t.id = x.title_id
           JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
           WHERE x.space_id = :space GROUP BY w.scheme, w.slug, w.name""",
        "w.slug",
        "w.name",
    ),
    _select(
        "'item'",
        _NUMBERS,
        """FROM (SELECT DISTINCT b.id, b.slug, b.name, e.format, e.resolution, t.n
                 FROM library_copies c
                 JOIN t ON t.id = c.title_id
                 JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id
                 JOIN library_libraries b ON b.space_id = c.space_id AND b.id = c.library_id
                 WHERE c.space_id = :space) one
           GROUP BY id, slug, name, format, resolution""",
        "concat_ws(' ', id, slug, format, resolution)",
        "name",
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

CUMULATIVE: Final = ("year", "rating")
"""Properties that are asked for by range."""


async def take_stock(ctx: ReadContext) -> Inventory:
    """Read a space's inventory, as of one moment."""
    rows = await ctx.db.rows(_STOCK.bindparams(space=ctx.space_id, now=ctx.now))
    return _inventory(rows)


def _inventory(rows: Sequence[Row]) -> Inventory:
    single = {row["part"]: row for row in rows if row["part"] not in Inventory.PROPERTIES}
    ids: bytes = single["ids"]["data"] or b""
    size = len(ids) // 16
    made = Inventory(
        version=int(single["version"]["value"]),
        turns_at=float(single["version"]["label"] or "inf"),
        size=size,
        ids=ids,
        keys=(single["keys"]["data"] or b"").split(b"\n") if size else [],
        closed=pack(numbers(single["closed"]["data"]), size),
        lent=pack(numbers(single["lent"]["data"]), size),
        orders={
            name: Ordering(
                works=numbers(single[f"order {name}"]["data"]),
                ranks=numbers(single[f"ranks {name}"]["data"]),
                values=long_numbers(single[f"values {name}"]["data"]),
                filled=int(single[f"order {name}"]["value"]),
            )
            for name in ORDERS
        },
    )
    ranges: dict[str, list[tuple[int, array[int]]]] = {name: [] for name in CUMULATIVE}
    for row in rows:
        part = row["part"]
        if part in CUMULATIVE:
            ranges[part].append((int(row["value"]), numbers(row["data"])))
        elif part == "own":
            made.own[row["value"]] = pack(numbers(row["data"]), size)
        elif part == "item":
            made.items.append(_item(row, size))
        elif part in Inventory.PROPERTIES:
            members = Members(numbers(row["data"]), size)
            made.sets.setdefault(part, {})[row["value"]] = members
            made.labels[part, row["value"]] = row["label"]
    for name, found in ranges.items():
        _accumulate(made, name, sorted(found))
    made.settle()
    return made


def _item(row: Row, size: int) -> Item:
    library_id, slug, form, *resolution = row["value"].split(" ")
    return Item(
        library_id=library_id,
        library=slug,
        name=row["label"],
        format=form,
        resolution=resolution[0] if resolution else "",
        members=Members(numbers(row["data"]), size),
    )


def _accumulate(made: Inventory, name: str, found: list[tuple[int, array[int]]]) -> None:
    """For each value the works that have it or a lower one."""
    bits = 0
    for value, members in found:
        bits |= pack(members, made.size)
        made.values[name].append(value)
        made.upto[name].append(bits)
