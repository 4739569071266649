"""The schedule by hand."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.live.actions import schedule as actions
from mediatheque.areas.live.rules.refusals import (
    BadTimesError,
    ChannelNotFoundError,
    ProgrammeNotFoundError,
    ScheduleConflictError,
)
from mediatheque.areas.live.schemas.schedule import (
    ProgrammeCreate,
    ProgrammeRead,
    ProgrammeUpdate,
    ScheduleReplace,
    ScheduleReplaced,
    ScheduleWindow,
)
from mediatheque.core.http import Write, raises

router = APIRouter(tags=["live"])


@router.post(
    "/schedule",
    status_code=201,
    summary="Add an entry",
    responses=raises(ChannelNotFoundError, ScheduleConflictError, BadTimesError),
)
async def add_programme(ctx: Write, given: ProgrammeCreate) -> ProgrammeRead:
    """Put an entry into a schedule. A conflict names the entries that are in the way."""
    return await actions.add_programme(ctx, given)


@router.patch(
    "/schedule/{programme_id}",
    summary="Change or move an entry",
    responses=raises(
        ProgrammeNotFoundError, ChannelNotFoundError, ScheduleConflictError, BadTimesError
    ),
)
async def update_programme(ctx: Write, programme_id: UUID, given: ProgrammeUpdate) -> ProgrammeRead:
    """Change or move an entry; from then on guides leave it alone."""
    return await actions.update_programme(ctx, programme_id, given)


@router.delete(
    "/schedule/{programme_id}",
    status_code=204,
    summary="Remove an entry",
    responses=raises(ProgrammeNotFoundError),
)
async def remove_programme(ctx: Write, programme_id: UUID) -> None:
    """Take an entry out of the schedule."""
    await actions.remove_programme(ctx, programme_id)


@router.put(
    "/channels/{channel_id}/schedule",
    summary="Replace a channel's schedule",
    responses=raises(ChannelNotFoundError, ScheduleConflictError, BadTimesError),
)
async def replace_schedule(
    ctx: Write,
    channel_id: UUID,
    window: Annotated[ScheduleWindow, Query()],
    given: ScheduleReplace,
) -> ScheduleReplaced:
    """Put a whole schedule in place of what begins between two times: all of it, or nothing."""
    return await actions.replace_schedule(ctx, channel_id, window, given)
