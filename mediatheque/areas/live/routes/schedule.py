"""The schedule by hand."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.live.actions import editing
from mediatheque.areas.live.actions import schedule as actions
from mediatheque.areas.live.queries import editing as queries
from mediatheque.areas.live.rules.refusals import (
    BadGuideWindowError,
    BadTimesError,
    ChannelNotFoundError,
    EditedSinceError,
    EditNotFoundError,
    ProgrammeNotFoundError,
    ScheduleConflictError,
)
from mediatheque.areas.live.schemas.editing import (
    ScheduleChanged,
    ScheduleChanges,
    ScheduleFilter,
    ScheduleRead,
)
from mediatheque.areas.live.schemas.schedule import (
    ProgrammeCreate,
    ProgrammeRead,
    ProgrammeUpdate,
    ScheduleReplace,
    ScheduleReplaced,
    ScheduleWindow,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(tags=["live"])


@router.get("/schedule", summary="The schedule to edit", responses=raises(BadGuideWindowError))
async def list_schedule(
    ctx: Read, wanted: Annotated[ScheduleFilter, Query()]
) -> Listing[ScheduleRead]:
    """What is on some channels between two times, by channel and time, hidden channels too."""
    return Listing(items=await queries.list_schedule(ctx, wanted))


@router.post(
    "/schedule/changes",
    summary="Change several entries",
    responses=raises(
        ProgrammeNotFoundError, ChannelNotFoundError, ScheduleConflictError, BadTimesError
    ),
)
async def change_schedule(ctx: Write, given: ScheduleChanges) -> ScheduleChanged:
    """Put in, change and remove at once: all of it or nothing.

    A conflict names the entries that are in the way and, as ``of``, what they are in the way of.
    """
    return await editing.change_schedule(ctx, given)


@router.post(
    "/schedule/changes/{undo_id}/undo",
    summary="Take a change back",
    responses=raises(EditNotFoundError, EditedSinceError, ScheduleConflictError),
)
async def undo_schedule_change(ctx: Write, undo_id: UUID) -> ScheduleChanged:
    """Your own last changes, as long as nobody changed the same entries since."""
    return await editing.undo_edit(ctx, undo_id)


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
