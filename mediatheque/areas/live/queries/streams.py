"""Which streams are to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.core.context import ReadContext, public

if TYPE_CHECKING:
    from uuid import UUID

_DUE = text("""
    SELECT c.space_id, c.id, c.stream_url
    FROM live_channels c
    LEFT JOIN live_stream_checks s ON s.space_id = c.space_id AND s.channel_id = c.id
    WHERE c.stream_url ~ '^https?://' AND NOT c.is_hidden
      AND (s.checked_at IS NULL OR s.checked_at < now() - interval '1 hour'
           OR (s.state = 'down' AND s.checked_at < now() - interval '10 minutes'))
    ORDER BY s.checked_at NULLS FIRST LIMIT :most
""")


@public
async def list_streams_due(ctx: ReadContext, most: int) -> dict[UUID, list[tuple[UUID, str]]]:
    """Streams of all spaces that nobody looked at for a while: space → (channel, address)."""
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for row in await ctx.db.rows(_DUE.bindparams(most=most)):
        found.setdefault(row["space_id"], []).append((row["id"], row["stream_url"]))
    return found
