"""Pairs of works worth a look: the same title key, or neighbours when sorted by it.

Two sorted passes (Hernández & Stolfo, "The merge/purge problem", 1995): titles that differ near
their end are neighbours by the key, those that differ near their start by the key reversed. Each
work is compared with few others, so that the cost grows with the number of works and not with its
square; and no index is asked for, so that the row policy costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.rules.duplicates import LEAST_SIMILAR, Side
from mediatheque.areas.catalog.rules.matching import CREATORS, STRONG
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

SAME_KEY_NEIGHBOURS: Final = 5
NEIGHBOURS: Final = 8
MOST: Final = 20_000

# Numbers and Roman numerals of a title: "Rocky II" and "Rocky III" are similar, and two works.
_NUMBERS: Final = r"regexp_replace(t.sort_key, '\m(?!([0-9]+|[ivx]+)\M)\S+\s*', '', 'g')"

_IDS: Final = """
    (SELECT jsonb_object_agg(one.scheme, one.ids) FROM (
        SELECT e.scheme, jsonb_agg(e.value) AS ids FROM catalog_external_ids e
        WHERE e.space_id = :space AND e.title_id = {0}.id AND e.scheme = ANY(:strong)
        GROUP BY e.scheme) one)
"""
_CREATORS: Final = """
    (SELECT jsonb_agg(DISTINCT p.name_key) FROM catalog_credits c
     JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
     WHERE c.space_id = :space AND c.title_id = {0}.id AND c.job = ANY(:creators))
"""
_SIDE: Final = """
    jsonb_build_object('kind', {0}.kind, 'key', {0}.title_key, 'year', {0}.year,
                       'ids', {ids}, 'creators', {creators})
"""


def _side(table: str) -> str:
    return _SIDE.format(table, ids=_IDS.format(table), creators=_CREATORS.format(table))


def _numbered(name: str, order: str) -> str:
    return f"""
        {name} AS MATERIALIZED (
            SELECT w.*, row_number() OVER (ORDER BY {order} COLLATE "C", w.id) AS n FROM work w)
    """  # noqa: S608  (the parts are constants)


def _neighbours(name: str) -> str:
    """Neighbours in an order that are similar enough; equal places, so that they hash."""
    return f"""
        SELECT a.id AS a, b.id AS b, similarity(a.sort_key, b.sort_key) AS similarity
        FROM {name} a
        CROSS JOIN generate_series(1, cast(:neighbours AS integer)) AS distance
        JOIN {name} b ON b.n = a.n + distance
        WHERE a.kind = b.kind AND a.title_key <> b.title_key AND a.numbers = b.numbers
          AND abs(coalesce(a.year, b.year, 0) - coalesce(b.year, a.year, 0)) <= 1
          AND similarity(a.sort_key, b.sort_key) >= :least
    """  # noqa: S608  (the parts are constants)


_PAIRS: Final = f"""
    WITH work AS MATERIALIZED (
        SELECT t.id, t.kind, t.year, t.title_key, t.sort_key, {_NUMBERS} AS numbers
        FROM catalog_titles t WHERE t.space_id = :space AND t.title_key <> ''),
    twins AS MATERIALIZED (
        SELECT w.*, row_number() OVER (PARTITION BY w.title_key
                                       ORDER BY w.kind, w.year NULLS FIRST, w.id) AS n
        FROM work w),
    {_numbered("forwards", "w.title_key")},
    {_numbered("backwards", "reverse(w.title_key)")},
    pairs AS (
        SELECT a.id AS a, b.id AS b, 1::real AS similarity
        FROM twins a
        CROSS JOIN generate_series(1, cast(:same_key_neighbours AS integer)) AS distance
        JOIN twins b ON b.title_key = a.title_key AND b.n = a.n + distance
        UNION ALL {_neighbours("forwards")}
        UNION ALL {_neighbours("backwards")}),
    best AS MATERIALIZED (
        SELECT least(a, b) AS l, greatest(a, b) AS r, max(similarity) AS similarity
        FROM pairs GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT :most)
    SELECT l.id AS left_id, r.id AS right_id, p.similarity,
           {_side("l")} AS left_side, {_side("r")} AS right_side
    FROM best p
    JOIN catalog_titles l ON l.space_id = :space AND l.id = p.l
    JOIN catalog_titles r ON r.space_id = :space AND r.id = p.r
"""  # noqa: S608  (the parts are constants)


@requires(Permission.CATALOG_MERGE)
async def list_candidate_pairs(ctx: ReadContext) -> list[tuple[Side, Side, float]]:
    """Pairs of works with what :func:`rules.duplicates.judge` needs, and their similarity."""
    rows = await ctx.db.rows(
        text(_PAIRS).bindparams(
            space=ctx.space_id,
            strong=sorted(STRONG),
            creators=sorted(CREATORS),
            same_key_neighbours=SAME_KEY_NEIGHBOURS,
            neighbours=NEIGHBOURS,
            least=LEAST_SIMILAR,
            most=MOST,
        )
    )
    return [
        (
            _read(row["left_id"], row["left_side"]),
            _read(row["right_id"], row["right_side"]),
            row["similarity"],
        )
        for row in rows
    ]


def _read(title_id: UUID, found: dict[str, Any]) -> Side:
    return Side(
        id=title_id,
        kind=found["kind"],
        key=found["key"],
        year=found["year"],
        ids=found["ids"] or {},
        creators=frozenset(found["creators"] or ()),
    )
