"""Near duplicates: noticed, dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import text

from mediatheque.areas.catalog.events import (
    DuplicateDismissed,
    DuplicatesFound,
    DuplicatesRequested,
)
from mediatheque.areas.catalog.queries.candidates import list_candidate_pairs
from mediatheque.areas.catalog.rules.duplicates import Pair, judge
from mediatheque.areas.catalog.rules.refusals import DuplicateNotFoundError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

TITLE: Final = "title"
HAND: Final = "hand"

_RECORD: Final = text(
    """
    INSERT INTO catalog_duplicates AS d (space_id, left_id, right_id, score, evidence)
    SELECT :space, l.id, r.id, w.score,
           jsonb_build_object(cast(:source AS text),
                              jsonb_build_object('score', w.score, 'reasons', w.reasons))
    FROM jsonb_to_recordset(cast(:pairs AS jsonb))
         AS w (left_id uuid, right_id uuid, score smallint, reasons jsonb)
    JOIN catalog_titles l ON l.space_id = :space AND l.id = w.left_id
    JOIN catalog_titles r ON r.space_id = :space AND r.id = w.right_id
    ORDER BY l.id, r.id
    ON CONFLICT (space_id, left_id, right_id) DO UPDATE
    SET evidence = d.evidence || excluded.evidence,
        score = (SELECT max(cast(one.value ->> 'score' AS smallint))
                 FROM jsonb_each(d.evidence || excluded.evidence) AS one)
    WHERE d.state = 'open' AND d.evidence <> d.evidence || excluded.evidence
    RETURNING d.id, old.id IS NULL AS is_new
    """
)
_FORGET: Final = text(
    """
    WITH stale AS (
        SELECT d.id, d.evidence - cast(:source AS text) AS rest
        FROM catalog_duplicates d
        WHERE d.space_id = :space AND d.state = 'open' AND jsonb_exists(d.evidence, :source)
          AND NOT EXISTS (
              SELECT 1 FROM jsonb_to_recordset(cast(:pairs AS jsonb))
                            AS w (left_id uuid, right_id uuid)
              WHERE w.left_id = d.left_id AND w.right_id = d.right_id)),
    gone AS (
        DELETE FROM catalog_duplicates d USING stale s
        WHERE d.space_id = :space AND d.id = s.id AND s.rest = '{}')
    UPDATE catalog_duplicates d
    SET evidence = s.rest,
        score = (SELECT max(cast(one.value ->> 'score' AS smallint)) FROM jsonb_each(s.rest) one)
    FROM stale s
    WHERE d.space_id = :space AND d.id = s.id AND s.rest <> '{}'
    """
)
_DISMISS: Final = text(
    """
    UPDATE catalog_duplicates d SET state = 'dismissed'
    WHERE d.space_id = :space AND d.id = :id AND d.state = 'open'
    RETURNING (SELECT t.title FROM catalog_titles t
               WHERE t.space_id = :space AND t.id = d.left_id) AS left_title,
              (SELECT t.title FROM catalog_titles t
               WHERE t.space_id = :space AND t.id = d.right_id) AS right_title,
              d.left_id, d.right_id
    """
)


@requires(Permission.CATALOG_MERGE)
async def request_duplicates(ctx: Context) -> None:
    """Have possible duplicates looked for now; a job does it."""
    ctx.emit(DuplicatesRequested(ref=Ref("duplicates", None, "possible duplicates")))


@requires(Permission.CATALOG_MERGE)
async def find_duplicates(ctx: Context) -> int:
    """Look at every work of the space; answers how many new pairs there are.

    Pairs that titles no longer speak for are forgotten, those dismissed stay so.
    """
    candidates = await list_candidate_pairs(ctx)
    pairs = [
        pair
        for left, right, similarity in candidates
        if (pair := judge(left, right, similarity)) is not None
    ]
    return await record_duplicates(ctx, TITLE, pairs, is_complete=True)


@requires(Permission.CATALOG_MERGE)
async def record_duplicates(
    ctx: Context, source: str, pairs: Sequence[Pair], *, is_complete: bool = False
) -> int:
    """Note pairs that a source noticed; answers how many are new.

    ``source`` names the kind of evidence (``title``, ``barcode``); another's stays beside it. With
    ``is_complete``, these are all pairs of the source: open ones it no longer names are forgotten.
    """
    ordered = {
        (min(pair.left, pair.right), max(pair.left, pair.right)): pair
        for pair in pairs
        if pair.left != pair.right
    }
    rows = [
        {"left_id": left, "right_id": right, "score": pair.score, "reasons": list(pair.reasons)}
        for (left, right), pair in ordered.items()
    ]
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "source": source,
        "pairs": orjson.dumps(rows).decode(),
    }
    if is_complete:
        await ctx.db.execute(_FORGET, values)
    found = (await ctx.db.execute(_RECORD, values)).mappings().all() if rows else []
    new = tuple(row["id"] for row in found if row["is_new"])
    if new:
        label = "a possible duplicate" if len(new) == 1 else f"{len(new)} possible duplicates"
        ctx.emit(DuplicatesFound(ref=Ref("duplicates", None, label), batch=new))
    return len(new)


@requires(Permission.CATALOG_MERGE)
async def record_duplicate(
    ctx: Context, left: UUID, right: UUID, score: int, reasons: Sequence[str]
) -> int:
    """Note one pair that somebody noticed, as :func:`record_duplicates`."""
    return await record_duplicates(ctx, HAND, [Pair(left, right, score, tuple(reasons))])


@requires(Permission.CATALOG_MERGE)
async def dismiss_duplicate(ctx: Context, duplicate_id: UUID) -> None:
    """Say that a pair is two works; it is not proposed again.

    Raises ``DuplicateNotFoundError``.
    """
    values = {"space": ctx.space_id, "id": duplicate_id}
    found = (await ctx.db.execute(_DISMISS, values)).mappings().one_or_none()
    if found is None:
        raise DuplicateNotFoundError
    label = f"{found['left_title']} and {found['right_title']}"
    ctx.emit(
        DuplicateDismissed(
            ref=Ref("duplicate", duplicate_id, label),
            after={"left": str(found["left_id"]), "right": str(found["right_id"])},
        )
    )
