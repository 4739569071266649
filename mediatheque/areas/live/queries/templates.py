"""Reading templates, and what they would make."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Uuid, bindparam, text

from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.rules.refusals import TemplateNotFoundError
from mediatheque.areas.live.rules.templates import (
    Change,
    Occurrence,
    Recurring,
    check_recurring,
    collisions,
    occurrences,
    place,
)
from mediatheque.areas.live.schemas.templates import (
    InTheWay,
    TemplateOccurrence,
    TemplatePreview,
    TemplateRead,
)
from mediatheque.areas.spaces.queries.spaces import find_time_zone
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from mediatheque.areas.live.schemas.templates import (
        TemplateCreate,
        TemplateOverride,
        TemplatePreviewed,
    )
    from mediatheque.kit.db import Row

Wanted = TypeVar("Wanted", bound="TemplateCreate")

LONGEST: Final = timedelta(days=7)
_SELECT: Final = """
    SELECT t.*, c.name AS channel_name, coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'occurs_on', o.occurs_on, 'is_cancelled', o.is_cancelled, 'start_at', o.start_at,
            'duration_minutes', o.duration_minutes, 'changes', o.changes) ORDER BY o.occurs_on)
        FROM live_template_overrides o
        WHERE o.space_id = t.space_id AND o.template_id = t.id), '[]') AS overrides,
        coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'id', p.id, 'occurs_on', p.template_on, 'start_at', p.start_at, 'stop_at', p.stop_at,
            'title', p.title) ORDER BY p.template_on, p.start_at)
        FROM live_programmes p
        WHERE p.space_id = t.space_id AND p.template_id = t.id AND p.origin = 'hand'
          AND p.template_on >= cast(:now AS timestamptz)::date - 1), '[]') AS edited
    FROM live_templates t
    JOIN live_channels c ON c.space_id = t.space_id AND c.id = t.channel_id
    WHERE t.space_id = :space AND $limit
"""
_AGE: Final = """coalesce(greatest(t.min_age, (
    SELECT w.minimum_age FROM catalog_titles w
    WHERE w.space_id = t.space_id AND w.id = t.title_id)), c.min_age)"""


_TAKEN: Final = """
    SELECT CASE WHEN $limit THEN p.id END AS id, CASE WHEN $limit THEN p.title END AS title,
           p.start_at, p.stop_at
    FROM live_programmes p
    JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id
    WHERE p.space_id = :space AND p.channel_id = :channel
      AND p.start_at < :stop AND p.start_at > :reach AND p.stop_at > :start
      AND (p.template_id IS DISTINCT FROM :template OR p.origin <> 'template'
           OR p.start_at <= :now)
    ORDER BY p.start_at
"""


def _fitted(ctx: ReadContext) -> str:
    """The statement for the profile that asks."""
    return _SELECT.replace("$limit", limited(ctx, _AGE))


@requires(Permission.LIVE_SCHEDULE)
async def list_templates(ctx: ReadContext) -> list[TemplateRead]:
    """All templates by channel, time and title."""
    rows = await ctx.db.rows(
        text(f"{_fitted(ctx)} ORDER BY c.position, c.id, t.start_time, t.title, t.id").bindparams(
            space=ctx.space_id, now=ctx.now
        )
    )
    return [TemplateRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_SCHEDULE)
async def get_template(ctx: ReadContext, template_id: UUID) -> TemplateRead:
    """One template, or 404."""
    row = await ctx.db.row(
        text(f"{_fitted(ctx)} AND t.id = :id").bindparams(
            space=ctx.space_id, now=ctx.now, id=template_id
        )
    )
    if row is None:
        raise TemplateNotFoundError
    return TemplateRead.model_validate(row)


@public
async def list_spaces_to_fill(ctx: ReadContext) -> list[Row]:
    """Space and id of the templates that are filled, of all spaces."""
    return await ctx.db.rows(
        text("SELECT t.space_id, t.id FROM live_templates t WHERE t.is_enabled ORDER BY 1, 2")
    )


@requires(Permission.LIVE_SCHEDULE)
async def preview_template(ctx: ReadContext, given: TemplatePreviewed) -> TemplatePreview:
    """What a template would make, and what would be in its way; nothing is written."""
    given = await placed(ctx, given)
    recurring = recurring_of(given)
    check_recurring(recurring)
    today = ctx.now.astimezone(place(recurring.time_zone)).date()
    first = max(today, given.starts_on)
    found = await asyncio.to_thread(
        occurrences,
        recurring,
        changes_of(given.overrides),
        first,
        first + timedelta(days=given.days - 1),
    )
    there = await list_taken(ctx, given.channel_id, found, given.template_id)
    return TemplatePreview(occurrences=met(found, there, given.title))


async def list_taken(
    ctx: ReadContext, channel_id: UUID, wanted: list[Occurrence], template_id: UUID | None
) -> list[Row]:
    """The entries of a channel at the time of the occurrences, but those that a template moves.

    What does not suit the profile has neither id nor title.
    """
    if not wanted:
        return []
    start, stop = min(one.start_at for one in wanted), max(one.stop_at for one in wanted)
    sql = _TAKEN.replace("$limit", limited(ctx, ENTRY_AGE))
    return await ctx.db.rows(
        text(sql).bindparams(
            bindparam("template", template_id, Uuid),
            space=ctx.space_id,
            channel=channel_id,
            start=start,
            stop=stop,
            reach=start - LONGEST,
            now=ctx.now,
        )
    )


async def placed(ctx: ReadContext, given: Wanted) -> Wanted:
    """A template with a time zone: its own, else the space's."""
    if given.time_zone is not None:
        return given
    return given.model_copy(update={"time_zone": await find_time_zone(ctx)})


def recurring_of(given: Any) -> Recurring:  # noqa: ANN401  (a template, as row or on the wire)
    """When a template has entries."""
    return Recurring(
        rrule=given.rrule,
        starts_on=given.starts_on,
        start_time=given.start_time,
        duration_minutes=given.duration_minutes,
        time_zone=given.time_zone,
        until_on=given.until_on,
    )


def changes_of(overrides: Iterable[TemplateOverride]) -> dict[date, Change]:
    """What differs, by day."""
    return {
        one.occurs_on: Change(
            one.is_cancelled,
            one.start_at,
            one.duration_minutes,
            one.changes.model_dump(exclude_unset=True),
        )
        for one in overrides
    }


def met(
    found: list[Occurrence], there: Iterable[Mapping[str, Any]], title: str
) -> list[TemplateOccurrence]:
    """Occurrences with what is in their way, in the order of the days."""
    wanted = [one for one in found if not one.is_cancelled]
    ways = {one.on: way for one, way in collisions(wanted, there)}
    return [
        TemplateOccurrence(
            occurs_on=one.on,
            start_at=one.start_at,
            stop_at=one.stop_at,
            title=(one.change.words.get("title") if one.change else None) or title,
            is_cancelled=one.is_cancelled,
            is_changed=one.change is not None and not one.is_cancelled,
            conflicts=[
                InTheWay(
                    id=way.get("id"),
                    title=way.get("title", title),
                    start_at=way["start_at"],
                    stop_at=way["stop_at"],
                )
                for way in ways.get(one.on, ())
            ],
        )
        for one in found
    ]
