"""How long the schedule is kept."""

from __future__ import annotations

from fastapi import APIRouter

from mediatheque.areas.live.actions import retention as actions
from mediatheque.areas.live.queries import retention as queries
from mediatheque.areas.live.schemas.retention import (
    ScheduleRetentionRead,
    ScheduleRetentionUpdate,
)
from mediatheque.core.http import Read, Write

router = APIRouter(prefix="/schedule/retention", tags=["live"])


@router.get("", summary="How long the schedule is kept")
async def read_schedule_retention(ctx: Read) -> ScheduleRetentionRead:
    """How long the space keeps what was on, and what its guides reported."""
    return await queries.get_retention(ctx)


@router.put("", summary="Set how long the schedule is kept")
async def set_schedule_retention(
    ctx: Write, given: ScheduleRetentionUpdate
) -> ScheduleRetentionRead:
    """What is older is removed each night."""
    return await actions.set_retention(ctx, given)
