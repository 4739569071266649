"""Works that share a barcode: releases of one thing, most likely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.rules.duplicates import Pair, Side, are_told_apart
from mediatheque.areas.catalog.rules.matching import STRONG
from mediatheque.areas.library.rules.barcodes import BOX, judge_shared
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.kit.db import Row

_SIDE: Final = """
    jsonb_build_object('id', {t}.id, 'kind', {t}.kind, 'key', {t}.title_key, 'year', {t}.year,
        'ids', coalesce((SELECT jsonb_object_agg(one.scheme, one.ids) FROM (
            SELECT x.scheme, jsonb_agg(x.value) AS ids FROM catalog_external_ids x
            WHERE x.space_id = {t}.space_id AND x.title_id = {t}.id AND x.scheme = ANY(:strong)
            GROUP BY x.scheme) one), '{{}}'))
"""
_SHARED: Final = text(
    f"""
    WITH shared AS (
        SELECT barcode, array_agg(DISTINCT title_id) AS titles FROM library_editions
        WHERE space_id = :space AND barcode <> ''
        GROUP BY barcode HAVING count(DISTINCT title_id) BETWEEN 2 AND :box - 1)
    SELECT DISTINCT ON (l.id, r.id) {_SIDE.format(t="l")} AS left_side,
           {_SIDE.format(t="r")} AS right_side, s.barcode
    FROM shared s
    CROSS JOIN LATERAL unnest(s.titles) AS a (id)
    CROSS JOIN LATERAL unnest(s.titles) AS b (id)
    JOIN catalog_titles l ON l.space_id = :space AND l.id = a.id
    JOIN catalog_titles r ON r.space_id = :space AND r.id = b.id
    WHERE a.id < b.id
    ORDER BY l.id, r.id, s.barcode
    """  # noqa: S608  (the parts are constants of this file)
)


@requires(Permission.CATALOG_MERGE)
async def list_shared_barcodes(ctx: ReadContext) -> list[Pair]:
    """Pairs of works with an edition of the same barcode.

    Not those whose strong ids tell them apart, and not the many works of one box.
    """
    rows = await ctx.db.rows(_SHARED.bindparams(space=ctx.space_id, strong=sorted(STRONG), box=BOX))
    return [pair for row in rows if (pair := _pair(row)) is not None]


def _pair(row: Row) -> Pair | None:
    left, right = Side(**row["left_side"]), Side(**row["right_side"])
    if are_told_apart(left, right):
        return None
    return judge_shared(left, right, row["barcode"])
