"""Figures of the collection."""

from __future__ import annotations

from fastapi import APIRouter

from mediatheque.areas.library.queries.statistics import get_statistics
from mediatheque.areas.library.schemas.statistics import LibraryStatistics
from mediatheque.core.http import Read

router = APIRouter(prefix="/library", tags=["library"])


@router.get("/statistics", summary="The collection in figures")
async def read_statistics(ctx: Read) -> LibraryStatistics:
    """Works by kind and decade, copies by format, what they cost, what is lent."""
    return await get_statistics(ctx)
