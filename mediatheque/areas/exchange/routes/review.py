"""The review queue over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from mediatheque.areas.exchange.actions import review as actions
from mediatheque.areas.exchange.queries import imports as queries
from mediatheque.areas.exchange.queries.imports import ImportNotFoundError
from mediatheque.areas.exchange.rules.states import BadDecisionError, ReviewClosedError
from mediatheque.areas.exchange.schemas.imports import (
    BulkDecided,
    ReviewBulk,
    ReviewCount,
    ReviewDecision,
    ReviewFilter,
    ReviewRead,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Feed

router = APIRouter(prefix="/review", tags=["exchange"])


@router.get("", summary="Open decisions")
async def list_review(ctx: Read, wanted: Annotated[ReviewFilter, Query()]) -> Feed[ReviewRead]:
    """Rows that a person has to decide, each beside its candidates."""
    return await queries.list_review(ctx, wanted)


@router.get("/count", summary="How many decisions are open")
async def count_review(ctx: Read) -> ReviewCount:
    """The badge."""
    return ReviewCount(open=await queries.count_review(ctx))


@router.post("/bulk", summary="Accept by confidence")
async def decide_bulk(ctx: Write, given: ReviewBulk) -> BulkDecided:
    """Accept the best candidate of every open row at or above a score."""
    return BulkDecided(decided=await actions.decide_bulk(ctx, given))


@router.post(
    "/{review_id}",
    status_code=204,
    summary="Decide",
    responses=raises(ImportNotFoundError, ReviewClosedError, BadDecisionError),
)
async def decide_row(ctx: Write, review_id: str, given: ReviewDecision) -> None:
    """Accept, choose, create or skip."""
    await actions.decide_row(ctx, review_id, given)
