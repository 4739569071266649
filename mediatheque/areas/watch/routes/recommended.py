"""The guide, ranked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from mediatheque.areas.live.rules.refusals import BadGuideWindowError
from mediatheque.areas.watch.queries import recommended as queries
from mediatheque.areas.watch.schemas import RecommendedFilter, RecommendedRead
from mediatheque.core.http import Read, raises
from mediatheque.kit.paging import Listing

router = APIRouter(tags=["watch"])


@router.get(
    "/guide/recommended", summary="The guide, for me", responses=raises(BadGuideWindowError)
)
async def list_recommended(
    ctx: Read, wanted: Annotated[RecommendedFilter, Query()]
) -> Listing[RecommendedRead]:
    """What is on now, or begins in a stretch of time, the best for your profile first.

    By your genres, ratings, marks and what you watched; only what suits the profile's age, on
    channels that you may play. A work that is on several times is named once.
    """
    return Listing(items=await queries.list_recommended(ctx, wanted))
