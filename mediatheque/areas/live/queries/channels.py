"""Channels: lists and single ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, bindparam

from mediatheque.areas.entitlements.queries import entitled, viewer
from mediatheque.areas.live.queries.guide import MOST_LIMITS, limited
from mediatheque.areas.live.rules.refusals import ChannelNotFoundError
from mediatheque.areas.live.schemas.channels import ChannelRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Prepared
from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.live.schemas.channels import ChannelFilter

_SELECT: Final = f"""
    SELECT c.id, c.slug, c.number, c.name, c.names, c.groups, c.language, c.country, c.guide_key,
           c.logo_url, c.website_url, c.package_id, k.name AS package_name, c.min_age, c.is_hidden,
           coalesce(starts_with(c.stream_url, 'http'), false) AS is_playable,
           {entitled("c.package_id")} AS is_entitled,
           CASE WHEN :sees_streams THEN c.stream_url END AS stream_url,
           coalesce(s.state, 'unknown') AS stream_state, s.checked_at AS stream_checked_at,
           CASE WHEN :sees_streams THEN coalesce(s.message, '') ELSE '' END AS stream_message,
           ARRAY(SELECT g.genre FROM live_channel_genres g
                 WHERE g.space_id = c.space_id AND g.channel_id = c.id ORDER BY g.genre) AS genres
    FROM live_channels c
    LEFT JOIN entitlements_packages k ON k.space_id = c.space_id AND k.id = c.package_id
    LEFT JOIN live_stream_checks s ON s.space_id = c.space_id AND s.channel_id = c.id
    WHERE c.space_id = :space AND $limit
"""  # noqa: S608  (the parts are constants of ours)
_LIST: Final = f"""{_SELECT}
      AND (:is_hidden OR NOT c.is_hidden)
      AND (cast(:genre AS text) IS NULL OR EXISTS (
          SELECT 1 FROM live_channel_genres g
          WHERE g.space_id = c.space_id AND g.channel_id = c.id AND g.genre = :genre))
      AND (cast(:q AS text) IS NULL OR c.number = :q
           OR strpos(lower(c.name), lower(:q)) > 0)
      AND (cast(:entitled AS boolean) IS NULL OR {entitled("c.package_id")} = :entitled)
    ORDER BY c.position, c.id
"""  # noqa: S608  (the same)
_ONE: Final = f"{_SELECT} AND c.id = :id"


def _values(ctx: ReadContext) -> dict[str, Any]:
    return {
        "space": ctx.space_id,
        "now": ctx.now,
        "sees_streams": ctx.may(Permission.LIVE_MANAGE),
        **viewer(ctx),
    }


def _fitted(ctx: ReadContext, sql: str) -> Prepared:
    return _prepared(sql, limited(ctx, "c.min_age"))


@lru_cache(MOST_LIMITS)
def _prepared(sql: str, limit: str) -> Prepared:
    types = [bindparam(name, type_=Text) for name in ("genre", "q") if f":{name}" in sql]
    return Prepared(sql.replace("$limit", limit), *types)


@requires(Permission.LIVE_READ)
async def list_channels(ctx: ReadContext, wanted: ChannelFilter) -> list[ChannelRead]:
    """All channels in their order; hidden ones for who runs them, if asked for."""
    rows = await ctx.db.rows(
        _fitted(ctx, _LIST)(
            **_values(ctx),
            is_hidden=wanted.is_hidden and ctx.may(Permission.LIVE_MANAGE),
            genre=fold(wanted.genre) if wanted.genre else None,
            q=wanted.q or None,
            entitled=wanted.entitled,
        )
    )
    return [ChannelRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_READ)
async def get_channel(ctx: ReadContext, channel_id: UUID) -> ChannelRead:
    """One channel."""
    row = await ctx.db.row(_fitted(ctx, _ONE)(**_values(ctx), id=channel_id))
    if row is None:
        raise ChannelNotFoundError
    return ChannelRead.model_validate(row)
