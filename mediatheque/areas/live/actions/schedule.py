"""The schedule by hand: entries, and whole days."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import psycopg
import sqlalchemy.exc
from sqlalchemy import delete, select

from mediatheque.areas.live.actions.clashes import (
    Place,
    cancel_days,
    check_among,
    list_in_the_way,
    refusal,
)
from mediatheque.areas.live.actions.holding import hold, hold_channel
from mediatheque.areas.live.events import (
    ProgrammeAdded,
    ProgrammeChanged,
    ProgrammeRemoved,
    ScheduleRewritten,
)
from mediatheque.areas.live.models import Programme
from mediatheque.areas.live.queries.guide import get_programme
from mediatheque.areas.live.rules.genres import folded_genres
from mediatheque.areas.live.rules.refusals import (
    BadTimesError,
    ScheduleConflictError,
)
from mediatheque.areas.live.schemas.schedule import ScheduleReplaced
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from mediatheque.areas.live.schemas.schedule import (
        ProgrammeCreate,
        ProgrammeRead,
        ProgrammeUpdate,
        ScheduleReplace,
        ScheduleWindow,
    )

LONGEST: Final = timedelta(days=7)
SAID: Final = (
    "start_at",
    "stop_at",
    "title",
    "sub_title",
    "description",
    "season",
    "episode",
    "genres",
    "min_age",
    "title_id",
)
TELLING: Final = frozenset({"title", "sub_title", "season", "episode", "year"})
"""What says which work an entry is."""


@requires(Permission.LIVE_SCHEDULE)
async def add_programme(ctx: Context, given: ProgrammeCreate) -> ProgrammeRead:
    """Put an entry into a channel's schedule; what is in the way refuses it, or makes room."""
    channel = await hold_channel(ctx, given.channel_id)
    check_times(given.start_at, given.stop_at)
    values = given.model_dump(exclude={"conflicts", "channel_id"})
    values["genres"] = folded_genres(given.genres)
    made = Programme(
        space_id=ctx.space_id,
        id=uuid7(),
        channel_id=channel.id,
        origin="hand",
        edited_by=ctx.actor.id,
        edited_at=ctx.now,
        changed_at=ctx.now,
        match_how="hand" if given.title_id else None,
        match_score=100 if given.title_id else None,
        matched_by=ctx.actor.id if given.title_id else None,
        **values,
    )
    there = Place(channel.id, given.start_at, given.stop_at, given.title, "start_at")
    replaced = await _make_room(ctx, [there], given.conflicts)
    await _flush(ctx, made)
    ctx.emit(
        ProgrammeAdded(
            ref=_ref(made),
            after={
                "channel": channel.name,
                "start_at": made.start_at.isoformat(),
                "stop_at": made.stop_at.isoformat(),
                "title": made.title,
                **({"replaced": replaced} if replaced else {}),
            },
        )
    )
    return await get_programme(ctx, made.id)


@requires(Permission.LIVE_SCHEDULE)
async def update_programme(
    ctx: Context, programme_id: UUID, given: ProgrammeUpdate
) -> ProgrammeRead:
    """Change or move an entry. From then on it is by hand: guides leave it where it is."""
    programme = await _held(ctx, programme_id)
    wanted = given.model_dump(exclude_unset=True, exclude={"conflicts"})
    for name in ("channel_id", "start_at", "stop_at", "title", "genres"):
        if wanted.get(name, "") is None:
            del wanted[name]
    if "genres" in wanted:
        wanted["genres"] = folded_genres(wanted["genres"])
    before, after = changes({name: getattr(programme, name) for name in wanted}, wanted)
    if not after:
        return await get_programme(ctx, programme_id)
    start, stop = after.get("start_at", programme.start_at), after.get("stop_at", programme.stop_at)
    check_times(start, stop)
    channel = await hold_channel(ctx, after.get("channel_id", programme.channel_id))
    title = after.get("title", programme.title)
    there = Place(channel.id, start, stop, title, "start_at", programme_id)
    replaced = await _make_room(ctx, [there], given.conflicts)
    for name, value in after.items():
        setattr(programme, name, value)
    _rejoin(ctx, programme, after)
    programme.origin = "hand"
    programme.edited_by, programme.edited_at = ctx.actor.id, ctx.now
    programme.changed_at = ctx.now
    await _flush(ctx)
    ctx.emit(
        ProgrammeChanged(
            ref=_ref(programme),
            before=_plain(before),
            after={**_plain(after), **({"replaced": replaced} if replaced else {})},
        )
    )
    return await get_programme(ctx, programme_id)


@requires(Permission.LIVE_SCHEDULE)
async def remove_programme(ctx: Context, programme_id: UUID) -> None:
    """Take an entry out of the schedule."""
    programme = await _held(ctx, programme_id)
    ref = _ref(programme)
    before = {"start_at": programme.start_at.isoformat(), "title": programme.title}
    await cancel_days(ctx, [programme_id])
    await ctx.db.execute(
        delete(Programme).where(Programme.space_id == ctx.space_id, Programme.id == programme_id)
    )
    ctx.emit(ProgrammeRemoved(ref=ref, before=before))


@requires(Permission.LIVE_SCHEDULE)
async def replace_schedule(
    ctx: Context, channel_id: UUID, window: ScheduleWindow, given: ScheduleReplace
) -> ScheduleReplaced:
    """Put another schedule in place of a channel's from a time to another, all or nothing.

    Entries that are as they were keep their ids; those that only reach into the window stay.
    """
    channel = await hold_channel(ctx, channel_id)
    if window.to <= window.from_:
        raise BadTimesError("“to” is before “from”.", field="to")
    entries = [
        Place(channel_id, one.start_at, one.stop_at, one.title, f"entries.{place}")
        for place, one in enumerate(given.entries)
    ]
    _check_entries(entries, window)
    rows = await ctx.db.rows(
        select(Programme.id, *(getattr(Programme, name) for name in SAID)).where(
            Programme.space_id == ctx.space_id,
            Programme.channel_id == channel_id,
            Programme.start_at >= window.from_,
            Programme.start_at < window.to,
        )
    )
    had = {_known(row): row["id"] for row in rows}
    wanted = [
        {**entry.model_dump(), "genres": folded_genres(entry.genres)} for entry in given.entries
    ]
    kept = {had[key] for one in wanted if (key := _known(one)) in had}
    gone = [row["id"] for row in rows if row["id"] not in kept]
    if gone:
        connection = await ctx.db.connection()
        await connection.execute(
            "DELETE FROM live_programmes WHERE space_id = %s AND id = ANY(%s)",
            (ctx.space_id, gone),
        )
    added = [place for place, one in enumerate(wanted) if _known(one) not in had]
    fresh = [wanted[place] for place in added]
    await _make_room(ctx, [entries[place] for place in added], "refuse")
    made = [
        Programme(
            space_id=ctx.space_id,
            id=uuid7(),
            channel_id=channel_id,
            origin="hand",
            edited_by=ctx.actor.id,
            edited_at=ctx.now,
            **one,
        )
        for one in fresh
    ]
    await _flush(ctx, *made)
    done = ScheduleReplaced(removed=len(gone), added=len(made), kept=len(kept))
    ctx.emit(
        ScheduleRewritten(
            ref=Ref("channel", channel.id, channel.name),
            after={
                "from": window.from_.isoformat(),
                "to": window.to.isoformat(),
                **done.model_dump(),
            },
        )
    )
    return done


def check_times(start: datetime, stop: datetime) -> None:
    """Refuse an entry that ends before it begins, or lasts too long."""
    if stop <= start or stop - start > LONGEST:
        raise BadTimesError(field="stop_at")


def _check_entries(entries: Sequence[Place], window: ScheduleWindow) -> None:
    """Each within the window, none over another: the first that is not is named."""
    for entry in sorted(entries, key=attrgetter("start_at")):
        check_times(entry.start_at, entry.stop_at)
        if not window.from_ <= entry.start_at < window.to:
            raise BadTimesError(
                f"“{entry.title}” does not begin between “from” and “to”.", field=entry.field
            )
    check_among(entries)


def _known(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(tuple(row[name]) if name == "genres" else row[name] for name in SAID)


async def _make_room(ctx: Context, places: Sequence[Place], how: str) -> int:
    """Refuse what is in the way, or remove it; answers how many entries went."""
    found = await list_in_the_way(ctx, places, [one.id for one in places if one.id])
    if not found:
        return 0
    if how == "refuse":
        raise refusal(found, places)
    gone = [row["id"] for row in found]
    await cancel_days(ctx, gone)
    connection = await ctx.db.connection()
    await connection.execute(
        "DELETE FROM live_programmes WHERE space_id = %s AND id = ANY(%s)", (ctx.space_id, gone)
    )
    return len(found)


def _rejoin(ctx: Context, programme: Programme, after: dict[str, Any]) -> None:
    """A work that was named is decided; one the house found is looked for again."""
    if "title_id" in after:
        programme.match_how, programme.matched_by = "hand", ctx.actor.id
        programme.match_score = 100 if programme.title_id else None
        programme.episode_id = None
    elif programme.match_how == "auto" and TELLING & after.keys():
        programme.title_id = programme.episode_id = None
        programme.match_how = programme.match_score = None


async def _flush(ctx: Context, *made: Programme) -> None:
    """Write; what another writer put there at the same moment is a conflict all the same."""
    try:
        await ctx.db.add(*made)
        await ctx.db.flush()
    except (sqlalchemy.exc.IntegrityError, psycopg.errors.ExclusionViolation) as error:
        if "ex_live_programmes_overlap" in str(error):
            raise ScheduleConflictError from error
        raise


async def _held(ctx: Context, programme_id: UUID) -> Programme:
    """An entry, held; for a profile with a limit there is only what suits it."""
    if ctx.actor.profile is not None and ctx.actor.profile.is_limited:
        await get_programme(ctx, programme_id)
    return await hold(ctx, Programme, programme_id)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | int | bool | list | None) else str(value)
        for name, value in values.items()
    }


def _ref(programme: Programme) -> Ref:
    return Ref("programme", programme.id, programme.title)
