"""Figures of the collection."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Response

from mediatheque.areas.library.queries.statistics import get_statistics
from mediatheque.areas.library.schemas.statistics import LibraryStatistics
from mediatheque.core.http import Read
from mediatheque.core.http.cached import Cached

router = APIRouter(prefix="/library", tags=["library"])


@router.get("/statistics", summary="The collection in figures", response_model=LibraryStatistics)
async def read_statistics(ctx: Read, cached: Cached) -> Response:
    """Works by kind and decade, copies by format, what they cost, what is lent."""
    return await cached.answer(ctx, partial(get_statistics, ctx))
