"""What is played, and what was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from mediatheque.areas.watch.models import Playback
from mediatheque.areas.watch.schemas import PlaybackRead
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.core.profiles import of_the_profile
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from mediatheque.areas.watch.rules.tokens import Ticket
    from mediatheque.areas.watch.schemas import HistoryFilter
    from mediatheque.kit.db import Database

IDLE: Final = timedelta(seconds=90)
"""A player that is not heard of for so long plays no more."""

_BEHIND: Final = """
    SELECT p.id, p.ended_at, p.expires_at, p.last_seen_at, c.stream_url, c.stream_options
    FROM watch_playbacks p
    JOIN accounts_users u ON u.id = p.user_id AND u.is_active
    LEFT JOIN live_channels c
      ON p.ref_kind = 'channel' AND c.space_id = p.space_id AND c.id = p.ref_id
    WHERE p.space_id = :space AND p.id = :id
"""


@public
async def find_behind(database: Database, ticket: Ticket) -> dict[str, Any] | None:
    """The playback of a signed ticket with its stream; none of a suspended user."""
    return await database.reader(ticket.space_id).row(
        text(_BEHIND).bindparams(space=ticket.space_id, id=ticket.playback_id)
    )


@requires(Permission.LIVE_READ)
async def list_playing(ctx: ReadContext, since: datetime) -> list[PlaybackRead]:
    """What the person plays at the moment, on all their devices."""
    rows = await ctx.db.rows(
        select(Playback)
        .with_only_columns(*_shown())
        .where(
            Playback.space_id == ctx.space_id,
            Playback.user_id == ctx.user_id,
            Playback.ended_at.is_(None),
            Playback.last_seen_at > since,
            Playback.expires_at > ctx.now,
        )
        .order_by(Playback.id)
    )
    return [PlaybackRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_READ)
async def list_history(ctx: ReadContext, wanted: HistoryFilter) -> Feed[PlaybackRead]:
    """What the person's profile played, the newest first."""
    found = (
        select(*_shown())
        .where(*of_the_profile(ctx, Playback))
        .order_by(Playback.id.desc())
        .limit(wanted.limit + 1)
    )
    if wanted.is_open is not None:
        found = found.where(
            Playback.ended_at.is_(None) if wanted.is_open else Playback.ended_at.is_not(None)
        )
    after = decode_cursor(wanted.cursor, 1)
    if after:
        found = found.where(Playback.id < after[0])
    rows, more = cut(await ctx.db.rows(found), wanted.limit)
    return Feed(
        items=[PlaybackRead.model_validate(row) for row in rows],
        next_cursor=encode_cursor(rows[-1]["id"]) if more else None,
    )


def _shown() -> list[Any]:
    return [getattr(Playback, name) for name in PlaybackRead.model_fields]
