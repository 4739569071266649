"""Programmes that recur."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.live.actions import templates as actions
from mediatheque.areas.live.queries import templates as queries
from mediatheque.areas.live.rules.refusals import (
    BadRecurrenceError,
    ChannelNotFoundError,
    ScheduleConflictError,
    TemplateNotFoundError,
    UnknownTimeZoneError,
)
from mediatheque.areas.live.schemas.templates import (
    TemplateCreate,
    TemplatePreview,
    TemplatePreviewed,
    TemplateRead,
    TemplateUpdate,
    TemplateWritten,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/schedule-templates", tags=["live"])


@router.get("", summary="Templates of the schedule")
async def list_templates(ctx: Read) -> Listing[TemplateRead]:
    """All templates with what differs on single days."""
    return Listing(items=await queries.list_templates(ctx))


@router.post(
    "",
    status_code=201,
    summary="Add a template",
    responses=raises(
        ChannelNotFoundError,
        TitleNotFoundError,
        BadRecurrenceError,
        UnknownTimeZoneError,
        ScheduleConflictError,
    ),
)
async def create_template(ctx: Write, given: TemplateCreate) -> TemplateWritten:
    """Make entries at the same time of the wall clock, fourteen days ahead.

    What is on already stays: days on which something is in the way are left out and reported.
    """
    return await actions.create_template(ctx, given)


@router.post(
    "/preview",
    summary="What a template would make",
    responses=raises(BadRecurrenceError, UnknownTimeZoneError),
)
async def preview_template(ctx: Read, given: TemplatePreviewed) -> TemplatePreview:
    """The entries, and what would be in their way; nothing is written."""
    return await queries.preview_template(ctx, given)


@router.patch(
    "/{template_id}",
    summary="Change a template",
    responses=raises(
        TemplateNotFoundError,
        ChannelNotFoundError,
        TitleNotFoundError,
        BadRecurrenceError,
        UnknownTimeZoneError,
        ScheduleConflictError,
    ),
)
async def update_template(ctx: Write, template_id: UUID, given: TemplateUpdate) -> TemplateWritten:
    """Its entries that are to come follow and keep their ids; those changed by hand stay."""
    return await actions.update_template(ctx, template_id, given)


@router.delete(
    "/{template_id}/days/{day}",
    summary="Make a day what the template says",
    responses=raises(TemplateNotFoundError, ChannelNotFoundError, ScheduleConflictError),
)
async def reset_template_day(ctx: Write, template_id: UUID, day: date) -> TemplateWritten:
    """What differs on this day goes, also what was changed by hand; the template's entry is back.

    If something else is on by now, it stays, and the day is reported as left out.
    """
    return await actions.reset_day(ctx, template_id, day)


@router.delete(
    "/{template_id}",
    status_code=204,
    summary="Remove a template",
    responses=raises(TemplateNotFoundError),
)
async def remove_template(ctx: Write, template_id: UUID) -> None:
    """Its entries that are to come go with it; those changed by hand stay."""
    await actions.remove_template(ctx, template_id)
