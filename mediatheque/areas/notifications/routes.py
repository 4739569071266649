"""Notices."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from mediatheque.areas.notifications import queries
from mediatheque.areas.notifications.actions import notices as actions
from mediatheque.areas.notifications.schemas import (
    NoticeCount,
    NoticeFilter,
    NoticeRead,
    NoticesSeen,
)
from mediatheque.core.http import Read, Write
from mediatheque.kit.paging import Feed

router = APIRouter(prefix="/notices", tags=["notifications"])


@router.get("", summary="My notices")
async def list_notices(ctx: Read, wanted: Annotated[NoticeFilter, Query()]) -> Feed[NoticeRead]:
    """What you are told, the newest first."""
    return await queries.list_notices(ctx, wanted)


@router.get("/count", summary="How many notices wait")
async def count_notices(ctx: Read) -> NoticeCount:
    """How many you have not seen."""
    return NoticeCount(unread=await queries.count_unread(ctx))


@router.post("/read", status_code=204, summary="Notices were seen")
async def see_notices(ctx: Write, seen: NoticesSeen) -> None:
    """Note that you have seen some, or all."""
    await actions.see_notices(ctx, seen)
