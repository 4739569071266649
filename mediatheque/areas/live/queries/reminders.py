"""Reminders: one's own, and those that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, select

from mediatheque.areas.live.models import Channel, Reminder
from mediatheque.areas.live.rules.refusals import ReminderNotFoundError
from mediatheque.areas.live.schemas.reminders import ReminderRead
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.core.profiles import of_the_profile

if TYPE_CHECKING:
    from uuid import UUID


def _mine(ctx: ReadContext) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Reminder.id,
            Reminder.programme_id,
            Reminder.channel_id,
            Channel.name.label("channel_name"),
            Reminder.title,
            Reminder.start_at,
            Reminder.minutes_before,
            Reminder.notify_at,
            Reminder.state,
        )
        .join(
            Channel,
            and_(Channel.space_id == Reminder.space_id, Channel.id == Reminder.channel_id),
        )
        .where(*of_the_profile(ctx, Reminder))
        .order_by(Reminder.start_at, Reminder.id)
    )


@requires(Permission.LIVE_READ)
async def list_reminders(ctx: ReadContext) -> list[ReminderRead]:
    """The reminders of the person's profile for what is still to come."""
    rows = await ctx.db.rows(_mine(ctx).where(Reminder.start_at > ctx.now).limit(500))
    return [ReminderRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_READ)
async def get_reminder(ctx: ReadContext, reminder_id: UUID) -> ReminderRead:
    """One of the person's reminders."""
    row = await ctx.db.row(_mine(ctx).where(Reminder.id == reminder_id))
    if row is None:
        raise ReminderNotFoundError
    return ReminderRead.model_validate(row)


@public
async def list_spaces_due(ctx: ReadContext) -> list[UUID]:
    """The spaces where somebody is to be told now."""
    rows = await ctx.db.rows(
        select(Reminder.space_id)
        .where(Reminder.state == "waiting", Reminder.notify_at <= ctx.now)
        .distinct()
    )
    return [row["space_id"] for row in rows]
