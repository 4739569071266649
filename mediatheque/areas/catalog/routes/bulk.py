"""Changing many works at once: first look, then do."""

from __future__ import annotations

from fastapi import APIRouter

from mediatheque.areas.catalog import actions, queries
from mediatheque.areas.catalog.rules import refusals
from mediatheque.areas.catalog.schemas.bulk import BulkEdit, BulkOutcome
from mediatheque.core.http import Read, Write, raises

router = APIRouter(prefix="/titles/bulk", tags=["catalog"])

REFUSALS = raises(refusals.NothingChosenError, refusals.TooManyTitlesError, refusals.BadWindowError)


@router.post("/preview", summary="What a bulk edit would change", responses=REFUSALS)
async def preview_bulk_edit(ctx: Read, body: BulkEdit) -> BulkOutcome:
    """Nothing is written. At most 5,000 titles; the first hundred changes are shown."""
    return await queries.preview_bulk_edit(ctx, body)


@router.post("", summary="Change many titles", responses=REFUSALS)
async def bulk_edit(ctx: Write, body: BulkEdit) -> BulkOutcome:
    """Set fields, add and remove tags and genres in one step."""
    return await actions.bulk_edit(ctx, body)
