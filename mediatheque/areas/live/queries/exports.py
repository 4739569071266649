"""The schedule for exports, stretch by stretch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Uuid, bindparam, text

from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from sqlalchemy import TextClause

    from mediatheque.areas.live.schemas.exports import ScheduleExportFilter
    from mediatheque.kit.db import Row

STRETCH: Final = 2_000
TOGETHER: Final = 8
"""Channels that are asked for in one round trip."""
EVER: Final = datetime(2300, 1, 1, tzinfo=UTC)
NEVER: Final = datetime(1900, 1, 1, tzinfo=UTC)

_ENTRIES: Final = """
    live_programmes p
    WHERE p.space_id = :space AND p.channel_id = c.id
      AND p.start_at < :until AND p.stop_at > :since AND $limit
"""
_CHANNELS: Final = f"""
    SELECT c.id, c.number, c.name, c.names, c.language, c.guide_key, c.logo_url, c.website_url
    FROM live_channels c
    WHERE c.space_id = :space AND NOT c.is_hidden AND $limit_channel
      AND (cast(:channels AS uuid[]) IS NULL OR c.id = ANY(cast(:channels AS uuid[])))
      AND EXISTS (SELECT FROM {_ENTRIES})
    ORDER BY c.position, c.id
"""  # noqa: S608  (the parts are constants of this file)
_STRETCH: Final = f"""
    SELECT p.*
    FROM live_channels c, {_ENTRIES}
      AND c.space_id = :space AND c.id = :channel AND p.start_at > :after
    ORDER BY p.start_at LIMIT {STRETCH}
"""  # noqa: S608  (the parts are constants of this file)


def _window(wanted: ScheduleExportFilter) -> dict[str, datetime]:
    since, until = wanted.since or NEVER, wanted.until or EVER
    return {
        "since": since if since.tzinfo else since.replace(tzinfo=UTC),
        "until": until if until.tzinfo else until.replace(tzinfo=UTC),
    }


def _fitted(ctx: ReadContext, sql: str) -> str:
    return sql.replace("$limit_channel", limited(ctx, "c.min_age")).replace(
        "$limit", limited(ctx, ENTRY_AGE)
    )


@requires(Permission.LIVE_READ)
async def list_export_channels(ctx: ReadContext, wanted: ScheduleExportFilter) -> list[Row]:
    """The channels that have something on in the time asked for."""
    statement = text(_fitted(ctx, _CHANNELS)).bindparams(
        bindparam("channels", wanted.channels, ARRAY(Uuid)),
        space=ctx.space_id,
        **_window(wanted),
    )
    return await ctx.db.rows(statement)


@requires(Permission.LIVE_READ)
async def list_export_entries(
    ctx: ReadContext, wanted: ScheduleExportFilter, channels: list[Row]
) -> AsyncIterator[tuple[Row, list[Row]]]:
    """Each channel's entries in order, in stretches: several channels by one round trip."""

    def asked(channel: UUID, after: datetime) -> TextClause:
        values: dict[str, Any] = {"space": ctx.space_id, **_window(wanted)}
        sql = text(_fitted(ctx, _STRETCH))
        return sql.bindparams(channel=channel, after=after, **values)

    async def stretches() -> AsyncIterator[tuple[Row, list[Row]]]:
        for at in range(0, len(channels), TOGETHER):
            some = channels[at : at + TOGETHER]
            found = await ctx.db.batch(*(asked(one["id"], NEVER) for one in some))
            for channel, first in zip(some, found, strict=True):
                rows = first
                while rows:
                    yield channel, rows
                    if len(rows) < STRETCH:
                        break
                    rows = await ctx.db.rows(asked(channel["id"], rows[-1]["start_at"]))

    return stretches()
