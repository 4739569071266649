"""Reading guide sources and the mapping of their channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from mediatheque.areas.live.models import Channel, GuideSource, SourceChannel
from mediatheque.areas.live.rules.refusals import GuideSourceNotFoundError
from mediatheque.areas.live.schemas.sources import GuideSourceRead, SourceChannelRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.db import Row


def _sources(ctx: ReadContext) -> Select[Any]:
    return select(GuideSource.__table__).where(GuideSource.space_id == ctx.space_id)


@requires(Permission.LIVE_MANAGE)
async def list_sources(ctx: ReadContext) -> list[GuideSourceRead]:
    """The space's sources by name."""
    rows = await ctx.db.rows(_sources(ctx).order_by(GuideSource.name, GuideSource.id))
    return [GuideSourceRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_MANAGE)
async def get_source(ctx: ReadContext, source_id: UUID) -> GuideSourceRead:
    """One source, or 404."""
    row = await ctx.db.row(_sources(ctx).where(GuideSource.id == source_id))
    if row is None:
        raise GuideSourceNotFoundError
    return GuideSourceRead.model_validate(row)


@requires(Permission.LIVE_MANAGE)
async def list_source_channels(ctx: ReadContext, source_id: UUID) -> list[SourceChannelRead]:
    """A source's channels: those that wait for a person first."""
    suggested = aliased(Channel)
    statement = (
        select(
            SourceChannel.__table__,
            Channel.name.label("channel_name"),
            suggested.name.label("suggested_name"),
            SourceChannel.decided_by.is_not(None).label("is_by_hand"),
        )
        .outerjoin(
            Channel,
            (Channel.space_id == SourceChannel.space_id) & (Channel.id == SourceChannel.channel_id),
        )
        .outerjoin(
            suggested,
            (suggested.space_id == SourceChannel.space_id)
            & (suggested.id == SourceChannel.suggested_id),
        )
        .where(SourceChannel.space_id == ctx.space_id, SourceChannel.source_id == source_id)
        .order_by(
            SourceChannel.state == "mapped", SourceChannel.score.desc().nulls_last(), "name", "key"
        )
    )
    there = _sources(ctx).where(GuideSource.id == source_id)
    found, rows = await ctx.db.batch(there, statement)
    if not found:
        raise GuideSourceNotFoundError
    return [SourceChannelRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_MANAGE)
async def list_sources_due(ctx: ReadContext) -> list[Row]:
    """Sources of all spaces whose time has come: space_id, id. Across spaces."""
    return await ctx.db.rows(
        select(GuideSource.space_id, GuideSource.id).where(
            GuideSource.next_at <= ctx.now, GuideSource.is_enabled, GuideSource.url.is_not(None)
        )
    )


@requires(Permission.LIVE_MANAGE)
async def find_fetching(ctx: ReadContext, source_id: UUID) -> Row | None:
    """What fetching a source needs, or None when it is gone or has no address."""
    return await ctx.db.row(
        _sources(ctx).where(GuideSource.id == source_id, GuideSource.url.is_not(None))
    )
