"""The guide that players fetch by themselves: in XMLTV, with the ids of the playlist."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.live.adapters.xmltv import writing
from mediatheque.areas.live.queries.exports import list_export_channels, list_export_entries
from mediatheque.areas.live.queries.guide import limited
from mediatheque.areas.live.schemas.exports import ScheduleExportFilter
from mediatheque.areas.live.schemas.players import PlayersGuide
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from mediatheque.areas.live.schemas.channels import ChannelRead

BEFORE: Final = timedelta(hours=3)
AFTER: Final = timedelta(days=7)
_CHANGED: Final = text(
    "SELECT j.at FROM core_journal j WHERE j.space_id = :space ORDER BY j.position DESC LIMIT 1"
)


def guide_id(channel: ChannelRead) -> str:
    """The id of a channel in guides and playlists: ``C12.<id>.mediatheque``."""
    return writing.channel_id(
        {"id": channel.id, "number": channel.number, "guide_key": channel.guide_key}
    )


@requires(Permission.LIVE_READ)
async def describe_players_guide(ctx: ReadContext, channels: Sequence[ChannelRead]) -> PlayersGuide:
    """The guide of the channels from three hours ago, for seven days, by whole hours.

    Its tag (RFC 9110) changes with the hour, with the space, and with what of it may be seen.
    """
    hour = ctx.now.replace(minute=0, second=0, microsecond=0)
    changed: datetime | None = await ctx.db.scalar(_CHANGED.bindparams(space=ctx.space_id))
    said = (
        str(ctx.space_id),
        str(ctx.space.version if ctx.space else 0),
        changed.isoformat() if changed else "",
        hour.isoformat(),
        limited(ctx, "age"),
        *(str(one.id) for one in channels),
    )
    return PlayersGuide(
        channels=[one.id for one in channels],
        since=hour - BEFORE,
        until=hour + AFTER,
        changed_at=max(hour, changed) if changed else hour,
        tag=blake2b("\n".join(said).encode(), digest_size=18).hexdigest(),
    )


@requires(Permission.LIVE_READ)
async def write_players_guide(ctx: ReadContext, guide: PlayersGuide) -> AsyncIterator[str]:
    """The guide's XMLTV, stretch by stretch: it is never in memory whole."""
    wanted = ScheduleExportFilter.model_validate(
        {"channels": guide.channels, "from": guide.since, "to": guide.until}
    )
    channels = await list_export_channels(ctx, wanted)

    async def pieces() -> AsyncIterator[str]:
        yield writing.HEAD + "".join(writing.write_channel(one) for one in channels)
        async for channel, rows in await list_export_entries(ctx, wanted, channels):
            key = writing.channel_id(channel)
            yield "".join(writing.write_programme(row, key) for row in rows)
        yield writing.TAIL

    return pieces()
