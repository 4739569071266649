"""Pairs of works that may be one, and merges that were done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.cursors import id_in, number_in
from mediatheque.areas.catalog.queries.titles import list_cores
from mediatheque.areas.catalog.schemas.duplicates import (
    DuplicateFeed,
    DuplicateRead,
    MergeRead,
)
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from mediatheque.areas.catalog.schemas.duplicates import DuplicateFilter, MergeFilter
    from mediatheque.kit.db import Row

_PAIRS: Final = """
    SELECT d.id, d.left_id, d.right_id, d.score, d.evidence, d.found_at
    FROM catalog_duplicates d
    WHERE d.space_id = :space AND d.state = :state AND d.score >= :min_score {after}
    ORDER BY d.score DESC, d.id DESC LIMIT :limit
"""
_COUNT: Final = text(
    "SELECT count(*) AS total FROM catalog_duplicates "
    "WHERE space_id = :space AND state = :state AND score >= :min_score"
)
_MERGES: Final = """
    SELECT m.id, CASE WHEN m.snapshot ? 'person' THEN 'person' ELSE 'title' END AS about,
           m.label, m.kept_id, coalesce(k.slug, p.slug) AS kept_slug, k.kind AS kept_kind,
           m.gone_id, coalesce(m.snapshot -> 'gone' ->> 'title',
                               m.snapshot -> 'person' ->> 'name') AS gone_title,
           m.merged_by, m.merged_at, m.undone_at,
           (SELECT u.name FROM accounts_users u WHERE u.id = m.merged_by) AS merged_by_name,
           m.undone_at IS NULL AND coalesce(k.id, p.id) IS NOT NULL AS can_undo
    FROM catalog_merges m
    LEFT JOIN catalog_titles k ON k.space_id = m.space_id AND k.id = m.kept_id
    LEFT JOIN catalog_people p ON p.space_id = m.space_id AND p.id = m.kept_id
    WHERE m.space_id = :space {after}
    ORDER BY m.id DESC LIMIT :limit
"""


@requires(Permission.CATALOG_MERGE)
async def list_duplicates(ctx: ReadContext, wanted: DuplicateFilter) -> DuplicateFeed:
    """Pairs with both works whole, the likeliest first."""
    place = decode_cursor(wanted.cursor, 2)
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "state": wanted.state,
        "min_score": wanted.min_score,
    }
    after = ""
    paging: dict[str, Any] = {"limit": wanted.limit + 1}
    if place is not None:
        after = "AND (d.score, d.id) < (:score, cast(:after AS uuid))"
        paging |= {"score": number_in(place[0]), "after": id_in(place[1])}
    found, total = await ctx.db.batch(
        text(_PAIRS.format(after=after)).bindparams(**values, **paging),
        _COUNT.bindparams(**values),
    )
    rows, more = cut(found, wanted.limit)
    titles = await list_cores(ctx, [row[side] for row in rows for side in ("left_id", "right_id")])
    return DuplicateFeed(
        items=[
            DuplicateRead(
                id=row["id"],
                score=row["score"],
                reasons=[one for found in row["evidence"].values() for one in found["reasons"]],
                found_at=row["found_at"],
                left=titles[row["left_id"]],
                right=titles[row["right_id"]],
            )
            for row in rows
            if row["left_id"] in titles and row["right_id"] in titles
        ],
        next_cursor=encode_cursor(rows[-1]["score"], rows[-1]["id"]) if more else None,
        total=total[0]["total"],
    )


@requires(Permission.CATALOG_MERGE)
async def list_merges(ctx: ReadContext, wanted: MergeFilter) -> Feed[MergeRead]:
    """Merges, the newest first."""
    place = decode_cursor(wanted.cursor, 1)
    values: dict[str, Any] = {"space": ctx.space_id, "limit": wanted.limit + 1}
    after = ""
    if place is not None:
        after = "AND m.id < cast(:after AS uuid)"
        values["after"] = id_in(place[0])
    found = await ctx.db.rows(text(_MERGES.format(after=after)).bindparams(**values))
    rows, more = cut(found, wanted.limit)
    return Feed(
        items=[MergeRead.model_validate(_merge(row)) for row in rows],
        next_cursor=encode_cursor(rows[-1]["id"]) if more else None,
    )


def _merge(row: Row) -> Row:
    who = row["merged_by"]
    return {**row, "merged_by": {"id": who, "name": row["merged_by_name"] or ""} if who else None}
