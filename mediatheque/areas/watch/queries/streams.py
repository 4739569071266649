"""The streams that channels play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.entitlements.queries import entitled, viewer
from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.rules.refusals import ChannelNotFoundError
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

_STREAM: Final = f"""
    SELECT c.id, c.name, c.stream_url, c.stream_options, k.name AS package_name,
           {entitled("c.package_id")} AS is_entitled,
           (SELECT p.title FROM live_programmes p
            WHERE p.space_id = c.space_id AND p.channel_id = c.id
              AND p.start_at <= :now AND p.stop_at > :now AND $programme LIMIT 1) AS programme
    FROM live_channels c
    LEFT JOIN entitlements_packages k ON k.space_id = c.space_id AND k.id = c.package_id
    WHERE c.space_id = :space AND c.id = :id AND $channel
"""  # noqa: S608  (the parts are constants of ours)
_NOTHING_ABOVE: Final = """
      AND NOT EXISTS (SELECT FROM live_programmes p
                      WHERE p.space_id = c.space_id AND p.channel_id = c.id
                        AND p.start_at <= :now AND p.stop_at > :now AND NOT ($programme))
"""


@dataclass(frozen=True, slots=True)
class Stream:
    """What a channel plays, for somebody who may see it."""

    channel_id: UUID
    name: str
    url: str | None
    programme: str | None
    package_name: str | None
    is_entitled: bool


@requires(Permission.LIVE_READ)
async def get_stream(ctx: ReadContext, channel_id: UUID) -> Stream:
    """The stream of a channel that the profile may see, as long as what is on is for its age."""
    age = limited(ctx, ENTRY_AGE)
    channel = limited(ctx, "c.min_age")
    if age != channel:
        channel += _NOTHING_ABOVE.replace("$programme", age)
    sql = _STREAM.replace("$programme", age).replace("$channel", channel)
    row = await ctx.db.row(
        text(sql).bindparams(space=ctx.space_id, id=channel_id, now=ctx.now, **viewer(ctx))
    )
    if row is None:
        raise ChannelNotFoundError
    return Stream(
        row["id"],
        row["name"],
        row["stream_url"],
        row["programme"],
        row["package_name"],
        row["is_entitled"],
    )
