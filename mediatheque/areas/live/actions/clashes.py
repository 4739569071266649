"""Who is in whose way, and days of templates that fall out because somebody removed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from psycopg.rows import dict_row

from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.rules.refusals import ChannelNotFoundError, ScheduleConflictError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row

SHOWN: Final = 20
"""How many conflicts an answer names."""
_TITLES: Final = 3
"""How many titles its message names."""
_HOLD: Final = """
    SELECT id, name FROM live_channels
    WHERE space_id = %(space)s AND id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE
"""
_IN_THE_WAY: Final = """
    SELECT w.place - 1 AS place, p.id, p.channel_id, p.title, p.start_at, p.stop_at,
           $limit AS is_seen
    FROM unnest(%(channels)s::uuid[], %(starts)s::timestamptz[], %(stops)s::timestamptz[])
         WITH ORDINALITY w (channel_id, start_at, stop_at, place)
    JOIN live_programmes p
      ON p.space_id = %(space)s AND p.channel_id = w.channel_id
     AND p.start_at < w.stop_at AND p.stop_at > w.start_at
     AND p.start_at > w.start_at - interval '7 days'
    JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id
    WHERE NOT p.id = ANY(%(own)s)
    ORDER BY w.place, p.start_at
"""
_CANCEL: Final = """
    INSERT INTO live_template_overrides AS o
        (space_id, template_id, occurs_on, is_cancelled, changed_by, changed_at)
    SELECT p.space_id, p.template_id, p.template_on, true, %(who)s, %(now)s
    FROM live_programmes p
    JOIN live_templates t ON t.space_id = p.space_id AND t.id = p.template_id
    WHERE p.space_id = %(space)s AND p.id = ANY(%(ids)s) AND p.template_on IS NOT NULL
    ON CONFLICT (space_id, template_id, occurs_on) DO UPDATE
        SET is_cancelled = true, changed_by = excluded.changed_by, changed_at = excluded.changed_at
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is to be. ``field`` is what of the request says so."""

    channel_id: UUID
    start_at: datetime
    stop_at: datetime
    title: str
    field: str
    id: UUID | None = None


async def hold_channels(ctx: Context, ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of the channels, which are held: one change of their schedule at a time."""
    connection = await ctx.db.connection()
    found = await connection.execute(_HOLD, {"space": ctx.space_id, "ids": list(ids)})
    names = {row[0]: row[1] for row in await found.fetchall()}
    if len(names) < len(set(ids)):
        raise ChannelNotFoundError(field="channel_id")
    return names


def check_among(places: Sequence[Place]) -> None:
    """Refuse places of one request that overlap each other."""
    last: Place | None = None
    for place in sorted(places, key=lambda one: (one.channel_id.bytes, one.start_at)):
        if last and last.channel_id == place.channel_id and place.start_at < last.stop_at:
            raise ScheduleConflictError(
                f"“{place.title}” begins before “{last.title}” has ended.",
                field=place.field,
                details={"entries": [_named(last)]},
            )
        last = place


async def list_in_the_way(
    ctx: Context, places: Sequence[Place], own: Collection[UUID]
) -> list[Row]:
    """The entries that overlap the places, but for ``own``; ``place`` counts the places from 0.

    ``is_seen``: whether it suits the profile, so that its title may be told.
    """
    if not places:
        return []
    cursor = (await ctx.db.connection()).cursor(row_factory=dict_row)
    values = {
        "space": ctx.space_id,
        "own": list(own),
        "channels": [one.channel_id for one in places],
        "starts": [one.start_at for one in places],
        "stops": [one.stop_at for one in places],
    }
    # The limit is a number of years, spelled by the guide.
    sql = _IN_THE_WAY.replace("$limit", limited(ctx, ENTRY_AGE))
    return await (await cursor.execute(sql, values)).fetchall()


def refusal(found: Sequence[Row], places: Sequence[Place]) -> ScheduleConflictError:
    """Says what is in the way of what; of what does not suit the profile only when it is on."""
    titles = list(dict.fromkeys(_called(row) for row in found))
    names = ", ".join(titles[:_TITLES])
    more = f" and {len(titles) - _TITLES} more" if len(titles) > _TITLES else ""
    return ScheduleConflictError(
        f"In the way: {names}{more}.",
        field=places[found[0]["place"]].field,
        details={
            "entries": [{**_named(row), "of": places[row["place"]].title} for row in found[:SHOWN]]
        },
    )


async def cancel_days(ctx: Context, ids: Collection[UUID]) -> None:
    """Before these entries are removed: those of templates fall out on that day, and stay away."""
    connection = await ctx.db.connection()
    await connection.execute(
        _CANCEL,
        {"space": ctx.space_id, "ids": list(ids), "who": ctx.actor.id, "now": ctx.now},
    )


def _called(row: Row) -> str:
    if row["is_seen"]:
        return f"“{row['title']}”"
    start, stop = (row[name].astimezone(UTC) for name in ("start_at", "stop_at"))
    until = f"{stop:%H:%M}" if stop.date() == start.date() else f"{stop:%Y-%m-%d %H:%M}"
    return f"a programme you may not see ({start:%Y-%m-%d %H:%M} to {until} UTC)"


def _named(one: Row | Place) -> dict[str, Any]:
    """As the answer has it; what may not be seen has neither id nor title."""
    is_seen = not isinstance(one, dict) or one["is_seen"]
    row = (
        one
        if isinstance(one, dict)
        else {name: getattr(one, name) for name in ("id", "title", "start_at", "stop_at")}
    )
    return {
        "id": str(row["id"]) if row["id"] and is_seen else None,
        "title": row["title"] if is_seen else None,
        "start_at": row["start_at"].isoformat(),
        "stop_at": row["stop_at"].isoformat(),
    }
