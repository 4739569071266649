"""Reminders."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.live.actions import reminders as actions
from mediatheque.areas.live.queries import reminders as queries
from mediatheque.areas.live.rules.refusals import (
    AlreadyStartedError,
    ProgrammeNotFoundError,
    ReminderNotFoundError,
)
from mediatheque.areas.live.schemas.reminders import ReminderCreate, ReminderRead
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/reminders", tags=["live"])


@router.get("", summary="My reminders")
async def list_reminders(ctx: Read) -> Listing[ReminderRead]:
    """What you will be told of, the next first."""
    return Listing(items=await queries.list_reminders(ctx))


@router.post(
    "",
    status_code=201,
    summary="Set a reminder",
    responses=raises(ProgrammeNotFoundError, AlreadyStartedError),
)
async def set_reminder(ctx: Write, given: ReminderCreate) -> ReminderRead:
    """Be told before a programme starts; also when it moves, or is taken out."""
    return await actions.set_reminder(ctx, given)


@router.delete(
    "/{reminder_id}",
    status_code=204,
    summary="Remove a reminder",
    responses=raises(ReminderNotFoundError),
)
async def remove_reminder(ctx: Write, reminder_id: UUID) -> None:
    """Be told no more."""
    await actions.remove_reminder(ctx, reminder_id)
