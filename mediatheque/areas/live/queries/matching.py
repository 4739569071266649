"""When a work is on television."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, text

from mediatheque.areas.catalog.queries.titles import find_title_id
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.entitlements.queries import entitled, viewer
from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.schemas.matching import Airing
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import BadCursorError, Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from mediatheque.areas.live.schemas.matching import AiringFilter

_AIRINGS: Final = f"""
    SELECT p.id, p.channel_id, c.name AS channel_name, c.number AS channel_number, c.logo_url,
           p.start_at, p.stop_at, p.title, p.sub_title, p.season, p.episode, p.episode_id,
           p.is_new, p.is_premiere, p.is_last_chance, p.is_repeat,
           coalesce(starts_with(c.stream_url, 'http'), false) AS is_playable,
           {entitled("c.package_id")} AS is_entitled,
           r.id AS reminder_id
    FROM live_programmes p
    JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id
    LEFT JOIN live_reminders r
      ON r.space_id = p.space_id AND r.programme_id = p.id AND r.user_id = :viewer
     AND r.profile_id IS NOT DISTINCT FROM cast(:profile AS uuid)
    WHERE p.space_id = :space AND p.title_id = :title AND NOT c.is_hidden
      AND p.start_at > :now - interval '7 days' AND p.stop_at > :now
      AND (cast(:after AS timestamptz) IS NULL OR p.start_at > :after
           OR (p.start_at = :after AND p.id > :last))
      AND $limit
    ORDER BY p.start_at, p.id LIMIT :most
"""  # noqa: S608  (the parts are constants of ours)


@requires(Permission.LIVE_READ)
async def list_airings(ctx: ReadContext, title_id: UUID, wanted: AiringFilter) -> Feed[Airing]:
    """When the work is on, what runs now first; only what suits the profile."""
    found = await find_title_id(ctx, title_id)
    if found is None:
        raise TitleNotFoundError
    after, last = _place(wanted.cursor)
    profile = ctx.actor.profile
    statement = text(_AIRINGS.replace("$limit", limited(ctx, ENTRY_AGE))).bindparams(
        bindparam("after", after, DateTime(timezone=True)),
        bindparam("last", last, Uuid),
        bindparam("profile", profile.id if profile else None, Uuid),
        space=ctx.space_id,
        now=ctx.now,
        title=found,
        most=wanted.limit + 1,
        **viewer(ctx),
    )
    rows, has_more = cut(await ctx.db.rows(statement), wanted.limit)
    end = encode_cursor(rows[-1]["start_at"], rows[-1]["id"]) if has_more else None
    return Feed(items=[Airing.model_validate(row) for row in rows], next_cursor=end)


def _place(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    keys = decode_cursor(cursor, 2)
    if keys is None:
        return None, None
    try:
        return datetime.fromisoformat(keys[0]), UUID(keys[1])
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursorError(field="cursor") from error
