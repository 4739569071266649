"""The schedule as an editor sees it: hidden channels too, and where each entry comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Uuid, bindparam, text

from mediatheque.areas.live.queries.guide import ENTRY_AGE, chosen, limited
from mediatheque.areas.live.rules.refusals import BadGuideWindowError
from mediatheque.areas.live.schemas.editing import ScheduleRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.live.schemas.editing import ScheduleFilter

LONGEST: Final = timedelta(days=31)
LONGEST_ENTRY: Final = timedelta(days=7)
MOST_CHANNELS: Final = 40

_SELECT: Final = """
    SELECT p.id, p.channel_id, p.start_at, p.stop_at, p.title, p.sub_title, p.description,
           p.season, p.episode, p.year, p.genres, p.min_age, p.icon_url, p.origin,
           s.name AS source_name, p.template_id, p.template_on, p.title_id,
           t.slug AS title_slug, t.title AS title_name
    FROM live_programmes p
    JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id
    LEFT JOIN live_guide_sources s ON s.space_id = p.space_id AND s.id = p.source_id
    LEFT JOIN catalog_titles t ON t.space_id = p.space_id AND t.id = p.title_id
    WHERE p.space_id = :space AND $limit
"""
_WINDOW: Final = f"""{_SELECT}
      AND p.channel_id = ANY(:channels)
      AND p.start_at < :until AND p.stop_at > :since AND p.start_at > :earliest
    ORDER BY p.channel_id, p.start_at
"""
_IDS: Final = f"{_SELECT} AND p.id = ANY(:ids) ORDER BY p.channel_id, p.start_at"


@requires(Permission.LIVE_SCHEDULE)
async def list_schedule(ctx: ReadContext, wanted: ScheduleFilter) -> list[ScheduleRead]:
    """What is on the channels between two times, by channel and time."""
    if wanted.to <= wanted.from_:
        raise BadGuideWindowError("“to” is before “from”.", field="to")
    if wanted.to - wanted.from_ > LONGEST:
        raise BadGuideWindowError(f"Ask for at most {LONGEST.days} days at once.", field="to")
    ids = chosen(wanted.channels) or []
    if not 1 <= len(ids) <= MOST_CHANNELS:
        raise BadGuideWindowError(f"Name 1 to {MOST_CHANNELS} channels.", field="channels")
    return await _read(
        ctx,
        _WINDOW,
        "channels",
        ids,
        since=wanted.from_,
        until=wanted.to,
        earliest=wanted.from_ - LONGEST_ENTRY,
    )


@requires(Permission.LIVE_SCHEDULE)
async def list_entries(ctx: ReadContext, ids: Sequence[UUID]) -> list[ScheduleRead]:
    """These entries, by channel and time; those that are not there are left out."""
    return await _read(ctx, _IDS, "ids", list(ids))


async def _read(
    ctx: ReadContext,
    sql: str,
    name: str,
    ids: list[UUID],
    **values: Any,  # noqa: ANN401  (values of the statement)
) -> list[ScheduleRead]:
    made = text(sql.replace("$limit", limited(ctx, ENTRY_AGE)))
    made = made.bindparams(bindparam(name, type_=ARRAY(Uuid)))
    rows = await ctx.db.rows(made.bindparams(space=ctx.space_id, **{name: ids}, **values))
    return [ScheduleRead.model_validate(row) for row in rows]
