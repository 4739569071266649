"""Figures of a space's collection."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import suitable_values, visible, visible_values
from mediatheque.areas.library.queries.suitable import lent_suitable, of_suitable
from mediatheque.areas.library.schemas.statistics import LibraryStatistics
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from sqlalchemy import TextClause

TITLES: Final = """
    SELECT t.kind, t.year - mod(mod(t.year, 10) + 10, 10) AS decade, count(*) AS titles
    FROM catalog_titles t WHERE t.space_id = :space AND {visible} GROUP BY 1, 2
"""
_FORMATS: Final = """
    SELECT e.format, count(*) AS copies, count(DISTINCT c.title_id) AS titles
    FROM library_copies c
    JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id
    WHERE c.space_id = :space AND {copied} GROUP BY e.format ORDER BY 2 DESC, 1
"""
_VALUE: Final = """
    SELECT c.currency, sum(c.price_cents)::bigint AS cents, count(*) AS copies
    FROM library_copies c
    WHERE c.space_id = :space AND c.price_cents IS NOT NULL AND c.currency IS NOT NULL
      AND {copied}
    GROUP BY c.currency ORDER BY 3 DESC, 1
"""
_COUNTS: Final = """
    SELECT (SELECT count(*) FROM library_copies c
            WHERE c.space_id = :space AND {copied}) AS copies,
           (SELECT count(DISTINCT c.title_id) FROM library_copies c
            WHERE c.space_id = :space AND {copied}) AS owned_titles,
           (SELECT count(*) FROM library_editions e
            WHERE e.space_id = :space AND {edited}) AS editions,
           count(*) AS on_loan, count(*) FILTER (WHERE l.due_on < :today) AS overdue
    FROM library_loans l WHERE l.space_id = :space AND l.returned_on IS NULL AND {lent}
"""


@cache
def _made(sql: str, **clauses: str) -> TextClause:
    return text(sql.format(**clauses))


@requires(Permission.LIBRARY_READ)
async def get_statistics(ctx: ReadContext) -> LibraryStatistics:
    """Works by kind and decade, copies by format, what they cost, what is lent."""
    space, copied = ctx.space_id, of_suitable(ctx, "c.title_id")
    values: dict[str, Any] = {"space": space, **suitable_values(ctx)}
    titles, formats, value, counts = await ctx.db.batch(
        _made(TITLES, visible=visible(ctx)).bindparams(space=space, **visible_values(ctx)),
        _made(_FORMATS, copied=copied).bindparams(**values),
        _made(_VALUE, copied=copied).bindparams(**values),
        _made(
            _COUNTS, copied=copied, edited=of_suitable(ctx, "e.title_id"), lent=lent_suitable(ctx)
        ).bindparams(today=ctx.now.date(), **values),
    )
    kinds: dict[str, int] = {}
    decades: dict[int | None, int] = {}
    for row in titles:
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["titles"]
        decades[row["decade"]] = decades.get(row["decade"], 0) + row["titles"]
    return LibraryStatistics.model_validate(
        {
            **counts[0],
            "titles": sum(kinds.values()),
            "kinds": [
                {"kind": kind, "titles": count}
                for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
            ],
            "formats": formats,
            "decades": [
                {"decade": decade, "titles": count}
                for decade, count in sorted(
                    decades.items(), key=lambda one: (one[0] is None, one[0] or 0)
                )
            ],
            "value": value,
        }
    )
