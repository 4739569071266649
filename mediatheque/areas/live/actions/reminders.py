"""Setting reminders, following programmes that move, and telling people in time.

A refresh of a guide keeps the ids of what it knows again, so most reminders follow by themselves;
:func:`follow_programmes` brings the times of the others up to date after each change.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.live.events import ReminderRemoved, ReminderSet, RemindersFollowed
from mediatheque.areas.live.models import Reminder
from mediatheque.areas.live.queries.guide import get_programme
from mediatheque.areas.live.queries.reminders import get_reminder
from mediatheque.areas.live.rules.refusals import AlreadyStartedError
from mediatheque.areas.notifications.actions.notices import Told, tell
from mediatheque.core.context import Context, public, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.live.schemas.reminders import ReminderCreate, ReminderRead

# Programmes that were replaced by another of the same name near the same time, then the times of
# all. What is in the schedule no more is looked for once it is gone.
_REJOIN: Final = """
    UPDATE live_reminders r SET programme_id = f.id
    FROM (SELECT DISTINCT ON (r.id) r.id AS reminder, p.id
          FROM live_reminders r
          JOIN live_programmes p ON p.space_id = r.space_id AND p.channel_id = r.channel_id
           AND p.start_at > r.start_at - interval '6 hours'
           AND p.start_at < r.start_at + interval '6 hours'
           AND lower(p.title) = lower(r.title)
          WHERE r.space_id = :space AND r.programme_id IS NULL AND r.state = 'waiting'
          ORDER BY r.id, abs(extract(epoch FROM p.start_at - r.start_at))) f
    WHERE r.space_id = :space AND r.id = f.reminder
      AND NOT EXISTS (
          SELECT 1 FROM live_reminders o
          WHERE o.space_id = r.space_id AND o.user_id = r.user_id AND o.programme_id = f.id
            AND o.profile_id IS NOT DISTINCT FROM r.profile_id)
"""
_MOVE: Final = """
    UPDATE live_reminders r
    SET start_at = p.start_at, channel_id = p.channel_id, title = p.title,
        notify_at = p.start_at - r.minutes_before * interval '1 minute',
        state = CASE WHEN p.start_at > :now THEN 'waiting' ELSE r.state END
    FROM live_programmes p, live_channels c
    WHERE r.space_id = :space AND p.space_id = r.space_id AND p.id = r.programme_id
      AND c.space_id = p.space_id AND c.id = p.channel_id
      AND (r.start_at, r.channel_id) IS DISTINCT FROM (p.start_at, p.channel_id)
      AND greatest(r.start_at, p.start_at) > :now
    RETURNING r.id, r.user_id, r.profile_id, r.programme_id, p.title, c.name AS channel,
              old.start_at AS was, new.start_at AS now
"""
_GONE: Final = """
    UPDATE live_reminders r SET state = 'gone'
    FROM live_channels c
    WHERE r.space_id = :space AND r.programme_id IS NULL AND r.state = 'waiting'
      AND r.start_at > :now AND c.space_id = r.space_id AND c.id = r.channel_id
    RETURNING r.id, r.user_id, r.profile_id, r.title, c.name AS channel, r.start_at AS was
"""
_DUE: Final = """
    UPDATE live_reminders r
    SET state = CASE WHEN r.start_at < :late THEN 'missed' ELSE 'sent' END
    FROM live_channels c
    WHERE r.space_id = :space AND r.state = 'waiting' AND r.notify_at <= :now
      AND r.programme_id IS NOT NULL AND c.space_id = r.space_id AND c.id = r.channel_id
    RETURNING r.id, r.user_id, r.profile_id, r.programme_id, r.title, c.name AS channel,
              r.start_at, r.state
"""
LATE: Final = timedelta(minutes=15)
"""So long after the start nobody wants to be told any more."""


@requires(Permission.LIVE_READ)
async def set_reminder(ctx: Context, given: ReminderCreate) -> ReminderRead:
    """Be told before a programme starts; set again, it is told at another time."""
    programme = await get_programme(ctx, given.programme_id)
    if programme.start_at <= ctx.now:
        raise AlreadyStartedError(field="programme_id")
    profile = ctx.actor.profile
    values: dict[str, Any] = {
        "minutes_before": given.minutes_before,
        "notify_at": programme.start_at - timedelta(minutes=given.minutes_before),
        "state": "waiting",
    }
    made = insert(Reminder).values(
        space_id=ctx.space_id,
        user_id=ctx.user_id,
        profile_id=profile.id if profile else None,
        programme_id=programme.id,
        channel_id=programme.channel_id,
        title=programme.title,
        start_at=programme.start_at,
        **values,
    )
    row = await ctx.db.execute(
        made.on_conflict_do_update(
            index_elements=["space_id", "user_id", "profile_id", "programme_id"],
            index_where=Reminder.programme_id.is_not(None),
            set_=values,
        ).returning(Reminder.id)
    )
    reminder = await get_reminder(ctx, row.scalar_one())
    ctx.emit(
        ReminderSet(
            ref=Ref("programme", programme.id, programme.title),
            after={"minutes_before": given.minutes_before},
        )
    )
    return reminder


@requires(Permission.LIVE_READ)
async def remove_reminder(ctx: Context, reminder_id: UUID) -> None:
    """Be told no more."""
    reminder = await get_reminder(ctx, reminder_id)
    await ctx.db.execute(
        delete(Reminder).where(Reminder.space_id == ctx.space_id, Reminder.id == reminder_id)
    )
    ctx.emit(ReminderRemoved(ref=Ref("programme", reminder.programme_id, reminder.title)))


@public
async def follow_programmes(ctx: Context) -> int:
    """Bring reminders up to date with the schedule, and tell whose programme moved or is gone."""
    at = {"space": ctx.space_id, "now": ctx.now}
    await ctx.db.execute(_REJOIN, {"space": ctx.space_id})
    moved = (await ctx.db.execute(_MOVE, at)).mappings().all()
    gone = (await ctx.db.execute(_GONE, at)).mappings().all()
    told = [
        Told(
            row["user_id"],
            row["profile_id"],
            "live.reminder_moved",
            f"“{row['title']}” moved",
            f"{row['channel']}: it starts at another time now.",
            f"/guide?programme={row['programme_id']}",
            f"moved:{row['id']}:{row['now'].isoformat()}",
            "programme",
            row["programme_id"],
        )
        for row in moved
    ] + [
        Told(
            row["user_id"],
            row["profile_id"],
            "live.reminder_gone",
            f"“{row['title']}” is not shown",
            f"{row['channel']}: it is no longer in the schedule.",
            "/guide",
            f"gone:{row['id']}",
        )
        for row in gone
    ]
    done = await tell(ctx, told)
    if done:
        ctx.emit(
            RemindersFollowed(
                ref=Ref("reminders", None, ""), after={"moved": len(moved), "gone": len(gone)}
            )
        )
    return done


@public
async def remind(ctx: Context) -> int:
    """Tell everybody of the space whose programme starts soon; answers how many were told."""
    rows = (
        (
            await ctx.db.execute(
                _DUE, {"space": ctx.space_id, "now": ctx.now, "late": ctx.now - LATE}
            )
        )
        .mappings()
        .all()
    )
    told = [
        Told(
            row["user_id"],
            row["profile_id"],
            "live.reminder",
            f"“{row['title']}” starts soon" if row["start_at"] > ctx.now else f"“{row['title']}”",
            row["channel"],
            f"/guide?programme={row['programme_id']}",
            f"due:{row['id']}:{row['start_at'].isoformat()}",
            "programme",
            row["programme_id"],
        )
        for row in rows
        if row["state"] == "sent"
    ]
    done = await tell(ctx, told)
    if done:
        ctx.emit(RemindersFollowed(ref=Ref("reminders", None, ""), after={"told": done}))
    return done
