"""Deciding what rows mean: each decision is one concrete row beside its candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from mediatheque.areas.exchange.actions.batches import hold_catalogue, replace_results
from mediatheque.areas.exchange.actions.imports import locked, run_of
from mediatheque.areas.exchange.events import ReviewDecided
from mediatheque.areas.exchange.models import ImportRow
from mediatheque.areas.exchange.queries.imports import ImportNotFoundError
from mediatheque.areas.exchange.rules.states import BadDecisionError, ReviewClosedError
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.areas.exchange.schemas.runs import RowResult
from mediatheque.core.context import Actor, Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.areas.exchange.models import Import
    from mediatheque.areas.exchange.schemas.imports import ReviewBulk, ReviewDecision

BULK = 500
"""How many rows one bulk decision settles at most; the answer says how many it did."""


def parse_review_id(given: str) -> tuple[UUID, int]:
    """A decision's id is its import's id and the row's position, joined by a dot."""
    import_id, _, position = given.partition(".")
    try:
        return UUID(import_id), int(position)
    except ValueError as error:
        raise ImportNotFoundError("There is no such decision.") from error


async def _row(ctx: Context, import_id: UUID, position: int) -> ImportRow:
    found: ImportRow | None = await ctx.db.entity(
        select(ImportRow)
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.import_id == import_id,
            ImportRow.position == position,
        )
        .with_for_update()
    )
    if found is None:
        raise ImportNotFoundError("There is no such decision.")
    if found.outcome != "needs_review":
        raise ReviewClosedError
    return found


def _target(row: ImportRow, given: ReviewDecision) -> UUID | None:
    if given.decision == "create":
        return None
    if given.decision == "choose":
        if given.title_id is None:
            raise BadDecisionError("Say which work it is.", field="title_id")
        return given.title_id
    if not row.candidates:
        raise BadDecisionError("There is no candidate to accept.", field="decision")
    return UUID(row.candidates[0]["title_id"])


@requires(Permission.REVIEW_DECIDE)
async def decide_row(ctx: Context, review_id: str, given: ReviewDecision) -> None:
    """Settle one row: apply it to a work, make a new one, or leave it out."""
    import_id, position = parse_review_id(review_id)
    owner = await locked(ctx, import_id)
    row = await _row(ctx, import_id, position)
    await hold_catalogue(ctx)
    if given.decision == "skip":
        result = RowResult(
            position=row.position,
            line=row.line,
            outcome="skipped",
            reason="left_out",
            message="A person left it out.",
            label=row.label,
            raw=row.raw,
            problems=row.problems,
        )
        await replace_results(ctx, import_id, ["needs_review"], [result])
    else:
        await _apply(ctx, owner, [row], {row.position: _target(row, given)})
    ctx.emit(
        ReviewDecided(
            ref=Ref("import", import_id, row.label),
            after={
                "line": row.line,
                "decision": given.decision,
                "title_id": str(given.title_id) if given.title_id else None,
            },
        )
    )


async def _apply(
    ctx: Context, owner: Import, rows: list[ImportRow], chosen: dict[int, UUID | None]
) -> None:
    desk = REGISTRY.desk_of(owner.source)
    if desk is None or desk.applier is None:
        raise ImportNotFoundError("The source of this row is not installed any more.")
    run = run_of(owner)
    run.dry_run = False
    # Ratings and notes of the row belong to whoever brought it; the decision to whoever decides.
    acting = Actor("job", id=owner.created_by, name=ctx.actor.name)
    inner = Context(ctx.db, acting, ctx.space, ctx.grants, ctx.now, ctx.events, narrow=ctx.narrow)
    prepared: list[Any] = []
    for row in rows:
        item = desk.applier.unpack(row.item or {}, row.line)
        prepared.append(desk.applier.prepare(run, row.position, item))
    results = await desk.applier.apply(inner, run, prepared, chosen=chosen)
    await replace_results(ctx, owner.id, ["needs_review"] * len(results), results)


@requires(Permission.REVIEW_DECIDE)
async def decide_bulk(ctx: Context, given: ReviewBulk) -> int:
    """Accept the best candidate of open rows at or above a score; answers how many."""
    statement = (
        select(ImportRow)
        .where(ImportRow.space_id == ctx.space_id, ImportRow.outcome == "needs_review")
        .order_by(ImportRow.import_id, ImportRow.position)
        .limit(BULK)
        .with_for_update(skip_locked=True)
    )
    if given.import_id:
        statement = statement.where(ImportRow.import_id == given.import_id)
    found = (await ctx.db.session.scalars(statement)).all()
    by_import: dict[UUID, list[ImportRow]] = {}
    for row in found:
        if row.candidates and row.candidates[0]["score"] >= given.min_score:
            by_import.setdefault(row.import_id, []).append(row)
    await hold_catalogue(ctx)
    decided = 0
    for import_id, rows in by_import.items():
        owner = await locked(ctx, import_id)
        if owner.dry_run or owner.status == "undone":
            continue
        chosen: dict[int, UUID | None] = {
            row.position: UUID((row.candidates or [])[0]["title_id"]) for row in rows
        }
        await _apply(ctx, owner, rows, chosen)
        decided += len(rows)
    ctx.emit(
        ReviewDecided(
            ref=Ref("import", given.import_id, f"{decided} rows"),
            after={"decision": "accept", "min_score": given.min_score, "decided": decided},
        )
    )
    return decided
