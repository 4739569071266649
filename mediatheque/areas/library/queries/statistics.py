"""Figures of a space's collection."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import visible, visible_values
from mediatheque.areas.library.schemas.statistics import LibraryStatistics
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from sqlalchemy import TextClause

TITLES: Final = """
    SELECT t.kind, t.year - mod(mod(t.year, 10) + 10, 10) AS decade, count(*) AS titles
    FROM catalog_titles t WHERE t.space_id = :space AND {visible} GROUP BY 1, 2
"""
_FORMATS = text(
    """
    SELECT e.format, count(*) AS copies, count(DISTINCT c.title_id) AS titles
    FROM library_copies c
    JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id
    WHERE c.space_id = :space GROUP BY e.format ORDER BY 2 DESC, 1
    """
)
_VALUE = text(
    """
    SELECT c.currency, sum(c.price_cents)::bigint AS cents, count(*) AS copies
    FROM library_copies c
    WHERE c.space_id = :space AND c.price_cents IS NOT NULL AND c.currency IS NOT NULL
    GROUP BY c.currency ORDER BY 3 DESC, 1
    """
)
_COUNTS = text(
    """
    SELECT (SELECT count(*) FROM library_copies WHERE space_id = :space) AS copies,
           (SELECT count(DISTINCT title_id) FROM library_copies
            WHERE space_id = :space) AS owned_titles,
           (SELECT count(*) FROM library_editions WHERE space_id = :space) AS editions,
           count(*) AS on_loan, count(*) FILTER (WHERE l.due_on < :today) AS overdue
    FROM library_loans l WHERE l.space_id = :space AND l.returned_on IS NULL
    """
)


@cache
def _titles(visible: str) -> TextClause:
    return text(TITLES.format(visible=visible))


@requires(Permission.LIBRARY_READ)
async def get_statistics(ctx: ReadContext) -> LibraryStatistics:
    """Works by kind and decade, copies by format, what they cost, what is lent."""
    space = ctx.space_id
    titles, formats, value, counts = await ctx.db.batch(
        _titles(visible(ctx)).bindparams(space=space, **visible_values(ctx)),
        _FORMATS.bindparams(space=space),
        _VALUE.bindparams(space=space),
        _COUNTS.bindparams(space=space, today=ctx.now.date()),
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
