"""Which channel of ours a source's channel is, as people say it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from mediatheque.areas.live.actions.channels import free_slug
from mediatheque.areas.live.actions.holding import hold
from mediatheque.areas.live.actions.sources import queue_refresh
from mediatheque.areas.live.events import SourceChannelMapped, SuggestionsTaken
from mediatheque.areas.live.models import Channel, GuideSource, SourceChannel
from mediatheque.areas.live.rules.refusals import (
    ChannelAndNewOneError,
    ChannelNotFoundError,
    SourceChannelNotFoundError,
    SourceChannelTakenError,
)
from mediatheque.areas.live.schemas.playlists import NAME_LENGTH
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.live.schemas.sources import SourceChannelMap

SOON: Final = timedelta(seconds=10)
"""People say several in a row: a source is gone through again when they pause."""

# Of several that suggest one channel the surest is taken, and none where it is taken already.
_ACCEPT: Final = """
    UPDATE live_source_channels s
    SET state = 'mapped', channel_id = s.suggested_id, decided_by = :actor, decided_at = :now
    FROM (SELECT DISTINCT ON (o.suggested_id) o.key
          FROM live_source_channels o
          JOIN live_channels c ON c.space_id = o.space_id AND c.id = o.suggested_id
          WHERE o.space_id = :space AND o.source_id = :source AND o.state = 'suggested'
            AND o.score >= :score
            AND NOT EXISTS (SELECT FROM live_source_channels t
                            WHERE t.space_id = o.space_id AND t.source_id = o.source_id
                              AND t.channel_id = o.suggested_id)
          ORDER BY o.suggested_id, o.score DESC, o.key) best
    WHERE s.space_id = :space AND s.source_id = :source AND s.key = best.key
"""


@requires(Permission.LIVE_MANAGE)
async def map_source_channel(
    ctx: Context, source_id: UUID, key: str, given: SourceChannelMap
) -> None:
    """Say which channel a source's channel is; it stays said, and the source is taken again."""
    source = await hold(ctx, GuideSource, source_id)
    row: SourceChannel | None = await ctx.db.entity(
        select(SourceChannel).where(
            SourceChannel.space_id == ctx.space_id,
            SourceChannel.source_id == source_id,
            SourceChannel.key == key,
        )
    )
    if row is None:
        raise SourceChannelNotFoundError
    if given.create and given.channel_id is not None:
        raise ChannelAndNewOneError(field="channel_id")
    before = {"state": row.state, "channel_id": str(row.channel_id) if row.channel_id else None}
    channel_id = given.channel_id
    if channel_id is not None:
        await _check_free(ctx, source_id, key, channel_id)
    elif given.create:
        channel_id = await _made_of(ctx, row)
    row.state = "mapped" if channel_id else "ignored"
    row.channel_id, row.shift_minutes = channel_id, given.shift_minutes
    row.decided_by, row.decided_at = ctx.actor.id, ctx.now
    await ctx.db.flush()
    await _take_again(ctx, source)
    ctx.emit(
        SourceChannelMapped(
            ref=Ref("guide_source", source_id, row.name or key),
            before=before,
            after={
                "state": row.state,
                "channel_id": str(channel_id) if channel_id else None,
                "created": given.create,
            },
        )
    )


@requires(Permission.LIVE_MANAGE)
async def accept_suggestions(ctx: Context, source_id: UUID, min_score: int) -> int:
    """Take all suggestions from a score on; answers how many."""
    source = await hold(ctx, GuideSource, source_id)
    result = await ctx.db.execute(
        _ACCEPT,
        {
            "space": ctx.space_id,
            "source": source_id,
            "score": min_score,
            "actor": ctx.actor.id,
            "now": ctx.now,
        },
    )
    accepted = int(result.rowcount)
    if accepted:
        await _take_again(ctx, source)
        ctx.emit(
            SuggestionsTaken(
                ref=Ref("guide_source", source_id, source.name),
                after={"accepted": accepted, "min_score": min_score},
            )
        )
    return accepted


async def _check_free(ctx: Context, source_id: UUID, key: str, channel_id: UUID) -> None:
    there, other = await ctx.db.batch(
        select(Channel.id).where(Channel.space_id == ctx.space_id, Channel.id == channel_id),
        select(SourceChannel.name).where(
            SourceChannel.space_id == ctx.space_id,
            SourceChannel.source_id == source_id,
            SourceChannel.channel_id == channel_id,
            SourceChannel.key != key,
        ),
    )
    if not there:
        raise ChannelNotFoundError(field="channel_id")
    if other:
        raise SourceChannelTakenError(field="channel_id", details={"name": other[0]["name"]})


async def _made_of(ctx: Context, row: SourceChannel) -> UUID:
    """A channel of what the source says; the source may say more, so nothing is by hand."""
    last, taken = await ctx.db.batch(
        select(func.max(Channel.position).label("last")).where(Channel.space_id == ctx.space_id),
        select(Channel.id).where(
            Channel.space_id == ctx.space_id, Channel.number == (row.number or "")
        ),
    )
    name = (row.name or row.key)[:NAME_LENGTH]
    guide_key = row.said.get("guide_key") if row.said else row.key
    made = Channel(
        space_id=ctx.space_id,
        id=uuid7(),
        slug=await free_slug(ctx, name),
        position=(last[0]["last"] or 0) + 1,
        name=name,
        number=None if taken else row.number,
        names={},
        guide_key=guide_key,
        logo_url=row.icon_url,
        stream_options={},
        edited_fields=[],
    )
    await ctx.db.add(made)
    return made.id


async def _take_again(ctx: Context, source: GuideSource) -> None:
    if source.url is None and source.path is None and source.file_key is None:
        return
    source.etag = source.last_modified = None
    await ctx.db.flush()
    await queue_refresh(ctx, source.id, at=ctx.now + SOON)
