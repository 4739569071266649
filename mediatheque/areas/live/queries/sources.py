"""Reading guide sources and the mapping of their channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Uuid, bindparam, case, func, or_, select, text, tuple_
from sqlalchemy.orm import aliased

from mediatheque.areas.exchange.models import Import
from mediatheque.areas.live.models import Channel, GuideSource, SourceChannel
from mediatheque.areas.live.rules.refusals import GuideSourceNotFoundError
from mediatheque.areas.live.schemas.sources import (
    GuideSourceRead,
    SourceChannelFeed,
    SourceChannelRead,
    SourceCounts,
)
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.live.schemas.sources import SourceChannelFilter
    from mediatheque.kit.db import Row


_SOURCES: Final = text("""
    SELECT g.*, (g.url IS NOT NULL OR g.path IS NOT NULL OR g.file_key IS NOT NULL) AS can_refresh,
           to_jsonb(i) AS last_import, coalesce(c.counts, '{}') AS channels
    FROM live_guide_sources g
    LEFT JOIN LATERAL (
        SELECT status, created, updated, removed, skipped, failed FROM exchange_imports i
        WHERE i.space_id = g.space_id AND i.id = g.last_import_id) i ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(state, n) AS counts
        FROM (SELECT state, count(*) AS n FROM live_source_channels c
              WHERE c.space_id = g.space_id AND c.source_id = g.id GROUP BY state) states) c ON true
    WHERE g.space_id = :space AND (cast(:id AS uuid) IS NULL OR g.id = :id)
    ORDER BY g.name, g.id
""").bindparams(bindparam("id", type_=Uuid))
RANKS: Final = {"suggested": 0, "unknown": 1, "mapped": 2, "ignored": 3}


@requires(Permission.LIVE_MANAGE)
async def list_sources(ctx: ReadContext) -> list[GuideSourceRead]:
    """The space's sources by name, with what the last import of each did."""
    rows = await ctx.db.rows(_SOURCES.bindparams(space=ctx.space_id, id=None))
    return [GuideSourceRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_MANAGE)
async def get_source(ctx: ReadContext, source_id: UUID) -> GuideSourceRead:
    """One source, or 404."""
    row = await ctx.db.row(_SOURCES.bindparams(space=ctx.space_id, id=source_id))
    if row is None:
        raise GuideSourceNotFoundError
    return GuideSourceRead.model_validate(row)


@requires(Permission.LIVE_MANAGE)
async def list_source_channels(
    ctx: ReadContext, source_id: UUID, wanted: SourceChannelFilter
) -> SourceChannelFeed:
    """A source's channels, those that wait for a person first, then by name."""
    suggested = aliased(Channel)
    rank = case(RANKS, value=SourceChannel.state)
    statement = (
        select(
            SourceChannel.__table__,
            rank.label("rank"),
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
        .order_by(rank, SourceChannel.name, SourceChannel.key)
        .limit(wanted.limit + 1)
    )
    if wanted.state:
        statement = statement.where(SourceChannel.state == wanted.state)
    if wanted.q:
        part = wanted.q.lower()
        statement = statement.where(
            or_(
                func.strpos(func.lower(SourceChannel.name), part) > 0,
                func.strpos(func.lower(SourceChannel.key), part) > 0,
                func.strpos(func.lower(Channel.name), part) > 0,
                SourceChannel.number == wanted.q,
            )
        )
    after = decode_cursor(wanted.cursor, 3)
    if after:
        statement = statement.where(
            tuple_(rank, SourceChannel.name, SourceChannel.key)
            > tuple_(int(after[0]), after[1], after[2])
        )
    found, rows = await ctx.db.batch(
        _SOURCES.bindparams(space=ctx.space_id, id=source_id), statement
    )
    if not found:
        raise GuideSourceNotFoundError
    rows, more = cut(rows, wanted.limit)
    last = rows[-1] if more else None
    return SourceChannelFeed(
        items=[SourceChannelRead.model_validate(row) for row in rows],
        next_cursor=encode_cursor(last["rank"], last["name"], last["key"]) if last else None,
        counts=SourceCounts.model_validate(found[0]["channels"]),
    )


@requires(Permission.LIVE_MANAGE)
async def list_sources_due(ctx: ReadContext) -> list[Row]:
    """Sources of all spaces whose time has come: space_id, id. Across spaces."""
    return await ctx.db.rows(
        select(GuideSource.space_id, GuideSource.id).where(
            GuideSource.next_at <= ctx.now,
            GuideSource.is_enabled,
            or_(GuideSource.url.is_not(None), GuideSource.path.is_not(None)),
        )
    )


@requires(Permission.LIVE_MANAGE)
async def find_fetching(ctx: ReadContext, source_id: UUID) -> Row | None:
    """What fetching a source needs, or None when it is gone or there is nothing to take."""
    return await ctx.db.row(
        select(GuideSource.__table__, Import.file_size)
        .outerjoin(
            Import,
            (Import.space_id == GuideSource.space_id) & (Import.id == GuideSource.last_import_id),
        )
        .where(
            GuideSource.space_id == ctx.space_id,
            GuideSource.id == source_id,
            or_(
                GuideSource.url.is_not(None),
                GuideSource.path.is_not(None),
                GuideSource.file_key.is_not(None),
            ),
        )
    )
