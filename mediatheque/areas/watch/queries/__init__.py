"""What is played, what was, and the players."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from mediatheque.areas.accounts.models import Credential, Profile
from mediatheque.areas.entitlements.queries import entitled, viewer
from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.rules.refusals import ChannelNotFoundError
from mediatheque.areas.watch.models import Playback, Player
from mediatheque.areas.watch.rules.refusals import NoSuchPlayerError
from mediatheque.areas.watch.schemas import PlaybackRead, PlayerRead
from mediatheque.core.context import ActiveProfile, ReadContext, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.watch.rules.tokens import Ticket
    from mediatheque.areas.watch.schemas import HistoryFilter
    from mediatheque.kit.db import Database

IDLE: Final = timedelta(seconds=90)
"""A player that is not heard of for so long plays no more."""

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
_BEHIND: Final = """
    SELECT p.id, p.ended_at, p.expires_at, p.last_seen_at, c.stream_url, c.stream_options
    FROM watch_playbacks p
    JOIN accounts_users u ON u.id = p.user_id AND u.is_active
    LEFT JOIN live_channels c
      ON p.ref_kind = 'channel' AND c.space_id = p.space_id AND c.id = p.ref_id
    WHERE p.space_id = :space AND p.id = :id
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
    profile = ctx.actor.profile
    found = (
        select(*_shown())
        .where(
            Playback.space_id == ctx.space_id,
            Playback.user_id == ctx.user_id,
            Playback.profile_id.is_not_distinct_from(profile.id if profile else None),
        )
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


@requires(Permission.LIVE_READ)
async def list_players(ctx: ReadContext) -> list[PlayerRead]:
    """The person's players."""
    return [PlayerRead.model_validate(row) for row in await ctx.db.rows(_players(ctx))]


@requires(Permission.LIVE_READ)
async def get_player(ctx: ReadContext, player_id: UUID) -> PlayerRead:
    """One of the person's players."""
    row = await ctx.db.row(_players(ctx).where(Player.id == player_id))
    if row is None:
        raise NoSuchPlayerError
    return PlayerRead.model_validate(row)


def _players(ctx: ReadContext) -> Any:  # noqa: ANN401  (a select of these columns)
    return (
        select(
            Player.id,
            Player.name,
            Credential.prefix,
            Player.profile_id,
            Player.is_tuner,
            Player.created_at,
            Credential.last_seen_at.label("last_used_at"),
        )
        .join(Credential, Credential.id == Player.credential_id)
        .where(
            Player.space_id == ctx.space_id,
            Player.user_id == ctx.user_id,
            Credential.revoked_at.is_(None),
        )
        .order_by(Player.id)
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """The player that a credential is for, and as whom it looks."""

    player_id: UUID
    name: str
    is_tuner: bool
    profile: ActiveProfile | None


@requires(Permission.LIVE_READ)
async def find_holder(ctx: ReadContext) -> Holder | None:
    """The player whose key is used; None for any other credential."""
    row = await ctx.db.row(
        select(
            Player.id,
            Player.name,
            Player.is_tuner,
            Player.profile_id,
            Profile.id.label("found_id"),
            Profile.name.label("profile_name"),
            Profile.is_kids,
            Profile.maturity_limit,
            Profile.shows_unknown,
        )
        .outerjoin(Profile, Profile.id == Player.profile_id)
        .where(Player.space_id == ctx.space_id, Player.credential_id == ctx.actor.credential_id)
    )
    if row is None or (row["profile_id"] is not None and row["found_id"] is None):
        return None
    profile = None
    if row["found_id"] is not None:
        profile = ActiveProfile(
            row["found_id"],
            row["profile_name"],
            row["is_kids"],
            row["maturity_limit"],
            row["shows_unknown"],
        )
    return Holder(row["id"], row["name"], row["is_tuner"], profile)
