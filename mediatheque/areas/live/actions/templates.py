"""Writing templates, and making entries of them: fourteen days ahead, never over others.

Entries that a person changed are by hand from then on: their template leaves them. What is in the
way of an occurrence stays; the occurrence is left out and reported.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import delete, select, update

from mediatheque.areas.catalog.queries.titles import find_title_id
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.live.actions.holding import hold, hold_channel
from mediatheque.areas.live.events import (
    TemplateChanged,
    TemplateCreated,
    TemplateFilled,
    TemplateRemoved,
)
from mediatheque.areas.live.models import Programme, Template, TemplateOverride
from mediatheque.areas.live.queries import templates as queries
from mediatheque.areas.live.rules.genres import folded_genres
from mediatheque.areas.live.rules.refusals import (
    ScheduleConflictError,
)
from mediatheque.areas.live.rules.templates import (
    AHEAD,
    WORDS,
    Occurrence,
    check_recurring,
    collisions,
    occurrences,
    place,
)
from mediatheque.areas.live.schemas.templates import Filled, TemplateWritten
from mediatheque.areas.live.schemas.templates import TemplateOverride as Given
from mediatheque.core.context import Context, public, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from mediatheque.areas.live.schemas.templates import TemplateCreate, TemplateUpdate
    from mediatheque.kit.db import Row

DAY: Final = timedelta(days=1)
_NEVER_NULL: Final = frozenset(
    {
        "channel_id", "title", "genres", "rrule", "starts_on", "start_time", "duration_minutes",
        "time_zone", "is_enabled",
    }
)  # fmt: skip
_SAID: Final = ("channel_id", "start_at", "stop_at", *WORDS)
_INSERT: Final = f"""
    INSERT INTO live_programmes (space_id, id, template_id, template_on, origin, match_how,
                                 match_score, changed_at, {", ".join(_SAID)})
    VALUES (%(space)s, %(id)s, %(template)s, %(on)s, 'template', %(match_how)s, %(match_score)s,
            %(now)s, {", ".join(f"%({name})s" for name in _SAID)})
"""  # noqa: S608  (constants of this file)
_UPDATE: Final = f"""
    UPDATE live_programmes SET {", ".join(f"{name} = %({name})s" for name in _SAID)},
           match_how = %(match_how)s, match_score = %(match_score)s, episode_id = NULL,
           changed_at = %(now)s
    WHERE space_id = %(space)s AND id = %(id)s
"""  # noqa: S608  (the same)


@requires(Permission.LIVE_SCHEDULE)
async def create_template(ctx: Context, given: TemplateCreate) -> TemplateWritten:
    """Add a template, and make its entries."""
    given = await queries.placed(ctx, given)
    check_recurring(queries.recurring_of(given))
    values = given.model_dump(exclude={"overrides"})
    values["genres"] = folded_genres(given.genres)
    await hold_channel(ctx, given.channel_id)
    await _check_title(ctx, given.title_id)
    template = Template(
        space_id=ctx.space_id,
        id=uuid7(),
        created_by=ctx.actor.id,
        created_at=ctx.now,
        made_until=None,
        **values,
    )
    await ctx.db.add(template)
    await ctx.db.flush()
    await _override(ctx, template.id, given.overrides)
    filled = await _fill(ctx, template, given.overrides, anew=True)
    ctx.emit(TemplateCreated(ref=_ref(template), after={"rrule": template.rrule, **_told(filled)}))
    return TemplateWritten(template=await queries.get_template(ctx, template.id), filled=filled)


@requires(Permission.LIVE_SCHEDULE)
async def update_template(
    ctx: Context, template_id: UUID, given: TemplateUpdate
) -> TemplateWritten:
    """Change a template and those of its entries that are to come; they keep their ids."""
    template = await hold(ctx, Template, template_id)
    wanted = given.model_dump(exclude_unset=True, exclude={"overrides"})
    wanted = {
        name: value
        for name, value in wanted.items()
        if value is not None or name not in _NEVER_NULL
    }
    if "genres" in wanted:
        wanted["genres"] = folded_genres(wanted["genres"])
    if "title_id" in wanted:
        await _check_title(ctx, wanted["title_id"])
    before = {name: str(getattr(template, name)) for name in wanted}
    for name, value in wanted.items():
        setattr(template, name, value)
    check_recurring(queries.recurring_of(template))
    await hold_channel(ctx, template.channel_id)
    await ctx.db.flush()
    if given.overrides is not None:
        await _override(ctx, template_id, given.overrides)
    overrides = given.overrides
    if overrides is None:
        overrides = await _overrides(ctx, template_id)
    filled = await _fill(ctx, template, overrides, anew=True)
    ctx.emit(
        TemplateChanged(
            ref=_ref(template),
            before=before,
            after={**{name: str(value) for name, value in wanted.items()}, **_told(filled)},
        )
    )
    return TemplateWritten(template=await queries.get_template(ctx, template_id), filled=filled)


@requires(Permission.LIVE_SCHEDULE)
async def reset_day(ctx: Context, template_id: UUID, day: date) -> TemplateWritten:
    """Make a day what the template says again: neither cancelled nor changed, nor by hand."""
    template = await hold(ctx, Template, template_id)
    await hold_channel(ctx, template.channel_id)
    await ctx.db.execute(
        delete(TemplateOverride).where(
            TemplateOverride.space_id == ctx.space_id,
            TemplateOverride.template_id == template_id,
            TemplateOverride.occurs_on == day,
        )
    )
    await ctx.db.execute(
        update(Programme)
        .where(
            Programme.space_id == ctx.space_id,
            Programme.template_id == template_id,
            Programme.template_on == day,
            Programme.origin == "hand",
            Programme.start_at > ctx.now,
        )
        .values(origin="template", edited_by=None, edited_at=None)
    )
    filled = await _fill(ctx, template, await _overrides(ctx, template_id), anew=True)
    ctx.emit(TemplateChanged(ref=_ref(template), after={"reset": day.isoformat(), **_told(filled)}))
    return TemplateWritten(template=await queries.get_template(ctx, template_id), filled=filled)


@requires(Permission.LIVE_SCHEDULE)
async def remove_template(ctx: Context, template_id: UUID) -> None:
    """Remove a template and its entries that are to come; what a person changed stays."""
    template = await hold(ctx, Template, template_id)
    ref = _ref(template)
    gone = await ctx.db.execute(
        delete(Programme).where(
            Programme.space_id == ctx.space_id,
            Programme.template_id == template_id,
            Programme.origin == "template",
            Programme.start_at > ctx.now,
        )
    )
    await ctx.db.execute(
        delete(Template).where(Template.space_id == ctx.space_id, Template.id == template_id)
    )
    ctx.emit(TemplateRemoved(ref=ref, after={"removed": gone.rowcount}))


@public
async def fill_template(ctx: Context, template_id: UUID) -> Filled:
    """Make the entries of the days that are new within the fourteen ahead."""
    template = await hold(ctx, Template, template_id)
    until = template.made_until
    await hold_channel(ctx, template.channel_id)
    filled = await _fill(ctx, template, await _overrides(ctx, template_id), anew=False)
    if template.made_until != until:
        ctx.emit(TemplateFilled(ref=_ref(template), after=_told(filled)))
    return filled


async def _fill(
    ctx: Context, template: Template, overrides: Sequence[Given], *, anew: bool
) -> Filled:
    """Bring the schedule to what the template says: all that is to come, or only new days."""
    today = ctx.now.astimezone(place(template.time_zone)).date()
    last = today + AHEAD
    first = today - DAY
    if not anew and template.made_until is not None:
        first = max(first, template.made_until + DAY)
    rows = await _made(ctx, template.id, first, anew=anew)
    found: list[Occurrence] = []
    if template.is_enabled and first <= last:
        found = await asyncio.to_thread(
            occurrences,
            queries.recurring_of(template),
            queries.changes_of(overrides),
            first,
            last,
        )
    movable = {
        row["template_on"]: row
        for row in rows
        if row["origin"] == "template" and row["start_at"] > ctx.now
    }
    fixed = {row["template_on"] for row in rows} - movable.keys()
    wanted = [
        one
        for one in found
        if not one.is_cancelled and one.start_at > ctx.now and one.on not in fixed
    ]
    there = await queries.list_taken(ctx, template.channel_id, wanted, template.id)
    fits = [one for one, met in collisions(wanted, there) if not met]
    skipped = [one for one in queries.met(wanted, there, template.title) if one.conflicts]
    filled = await _write(ctx, template, fits, movable)
    template.made_until = last if template.is_enabled else None
    await ctx.db.flush()
    return filled.model_copy(update={"skipped": skipped})


async def _made(ctx: Context, template_id: UUID, first: date, *, anew: bool) -> list[Row]:
    """What the template has made for the days, and with ``anew`` all that is to come."""
    days = Programme.template_on >= first
    return await ctx.db.rows(
        select(
            Programme.id,
            Programme.template_on,
            Programme.origin,
            *(getattr(Programme, name) for name in _SAID),
        ).where(
            Programme.space_id == ctx.space_id,
            Programme.template_id == template_id,
            (days | (Programme.start_at > ctx.now)) if anew else days,
        )
    )


async def _write(
    ctx: Context, template: Template, fits: list[Occurrence], movable: dict[date, Row]
) -> Filled:
    """Remove, move and add at once: the order does not matter until the end."""
    connection = await ctx.db.connection()
    gone = [row["id"] for on, row in movable.items() if on not in {one.on for one in fits}]
    moved, fresh = [], []
    for one in fits:
        values = _values(ctx, template, one)
        row = movable.get(one.on)
        if row is None:
            fresh.append({**values, "id": uuid7()})
        elif any(row[name] != values[name] for name in _SAID if name != "title_id") or (
            template.title_id and row["title_id"] != template.title_id
        ):
            moved.append({**values, "id": row["id"]})
    try:
        async with connection.cursor() as cursor:
            await cursor.execute("SET CONSTRAINTS ex_live_programmes_overlap DEFERRED")
            await cursor.execute(
                "DELETE FROM live_programmes WHERE space_id = %s AND id = ANY(%s)",
                (ctx.space_id, gone),
            )
            if moved:
                await cursor.executemany(_UPDATE, moved)
            if fresh:
                await cursor.executemany(_INSERT, fresh)
            await cursor.execute("SET CONSTRAINTS ex_live_programmes_overlap IMMEDIATE")
    except psycopg.errors.ExclusionViolation as error:
        raise ScheduleConflictError from error
    return Filled(added=len(fresh), changed=len(moved), removed=len(gone))


def _values(ctx: Context, template: Template, one: Occurrence) -> dict[str, Any]:
    words = {name: getattr(template, name) for name in WORDS}
    if one.change is not None:
        words |= one.change.words
    words["genres"] = folded_genres(words["genres"])
    return {
        **words,
        "space": ctx.space_id,
        "now": ctx.now,
        "template": template.id,
        "on": one.on,
        "channel_id": template.channel_id,
        "start_at": one.start_at,
        "stop_at": one.stop_at,
        "match_how": "hand" if words["title_id"] else None,
        "match_score": 100 if words["title_id"] else None,
    }


async def _override(ctx: Context, template_id: UUID, given: Sequence[Given]) -> None:
    """Put these overrides in place of the template's; of one day the last counts."""
    await ctx.db.execute(
        delete(TemplateOverride).where(
            TemplateOverride.space_id == ctx.space_id, TemplateOverride.template_id == template_id
        )
    )
    rows = {
        one.occurs_on: TemplateOverride(
            space_id=ctx.space_id,
            template_id=template_id,
            occurs_on=one.occurs_on,
            is_cancelled=one.is_cancelled,
            start_at=one.start_at,
            duration_minutes=one.duration_minutes,
            changes=one.changes.model_dump(exclude_unset=True),
            changed_by=ctx.actor.id,
            changed_at=ctx.now,
        )
        for one in given
    }
    await ctx.db.add(*rows.values())
    await ctx.db.flush()


async def _overrides(ctx: Context, template_id: UUID) -> list[Given]:
    rows = await ctx.db.rows(
        select(
            TemplateOverride.occurs_on,
            TemplateOverride.is_cancelled,
            TemplateOverride.start_at,
            TemplateOverride.duration_minutes,
            TemplateOverride.changes,
        ).where(
            TemplateOverride.space_id == ctx.space_id, TemplateOverride.template_id == template_id
        )
    )
    return [Given.model_validate(row) for row in rows]


async def _check_title(ctx: Context, title_id: UUID | None) -> None:
    if title_id is not None and await find_title_id(ctx, title_id) is None:
        raise TitleNotFoundError(field="title_id")


def _told(filled: Filled) -> dict[str, Any]:
    return {
        "added": filled.added,
        "changed": filled.changed,
        "removed": filled.removed,
        "skipped": [one.occurs_on.isoformat() for one in filled.skipped],
    }


def _ref(template: Template) -> Ref:
    return Ref("template", template.id, template.title)
