"""Starting, keeping and ending playbacks.

How often something is played and for how long are facts of their own table, not of the journal:
they are many, and they change nothing that somebody else reads.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, text

from mediatheque.areas.watch.models import Playback
from mediatheque.areas.watch.queries.playbacks import IDLE, list_playing
from mediatheque.areas.watch.queries.streams import get_stream
from mediatheque.areas.watch.rules.refusals import (
    NoStreamError,
    NoSuchPlaybackError,
    NotEntitledError,
    PlaybackEndedError,
    StillPlayingError,
    TooManyStreamsError,
)
from mediatheque.areas.watch.rules.tokens import Ticket
from mediatheque.areas.watch.schemas import HeartbeatRead
from mediatheque.core.context import Context, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.core.profiles import of_the_profile
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


LASTS: Final = timedelta(hours=6)
"""How long a signed address holds."""
LOCKS: Final = 7305
"""Namespace of the advisory locks that let one playback of a person start at a time."""


@requires(Permission.LIVE_READ)
async def start_channel(
    ctx: Context, channel_id: UUID, *, client: str, most: int, player_id: UUID | None = None
) -> tuple[Ticket, str]:
    """Begin to play a channel; answers the ticket to sign, and the stream's address.

    Refused without a stream, without its package, and above ``most`` streams at once (0: no
    limit). A player that changes channels, or asks for the same again, ends what it played before.
    """
    stream = await get_stream(ctx, channel_id)
    if not stream.is_entitled:
        raise NotEntitledError(details={"package": stream.package_name})
    address = stream.url or ""
    if not address.startswith("http"):
        raise NoStreamError
    await ctx.db.execute(
        "SELECT pg_advisory_xact_lock(:space, hashtext(:user))",
        {"space": LOCKS, "user": str(ctx.user_id)},
    )
    if player_id is not None:
        await ctx.db.execute(
            "UPDATE watch_playbacks SET ended_at = :now, end_reason = 'stopped' "
            "WHERE space_id = :space AND user_id = :user AND device_id = :player "
            "AND ended_at IS NULL",
            {"now": ctx.now, "space": ctx.space_id, "user": ctx.user_id, "player": player_id},
        )
    playing = await list_playing(ctx, ctx.now - IDLE) if most else []
    if most and len(playing) >= most:
        raise TooManyStreamsError(
            details={
                "limit": most,
                "playbacks": [
                    {"id": str(one.id), "label": one.label, "client": one.client} for one in playing
                ],
            }
        )
    made = Playback(
        space_id=ctx.space_id,
        id=uuid7(),
        user_id=ctx.user_id,
        profile_id=ctx.actor.profile.id if ctx.actor.profile else None,
        device_id=player_id,
        ref_kind="channel",
        ref_id=channel_id,
        label=stream.name,
        programme=stream.programme,
        client=client or ctx.actor.user_agent[:120],
        started_at=ctx.now,
        last_seen_at=ctx.now,
        expires_at=ctx.now + LASTS,
    )
    await ctx.db.add(made)
    await ctx.db.flush()
    return Ticket(made.id, ctx.space_id, made.expires_at), address


@requires(Permission.LIVE_READ)
async def beat(ctx: Context, playback_id: UUID) -> HeartbeatRead:
    """The player is still there; a package that is gone ends the playback here."""
    row = (
        await ctx.db.execute(
            "SELECT ref_id, ended_at, expires_at, last_seen_at, watched_seconds "
            "FROM watch_playbacks WHERE space_id = :space AND id = :id AND user_id = :user "
            "FOR UPDATE",
            {"space": ctx.space_id, "id": playback_id, "user": ctx.user_id},
        )
    ).first()
    if row is None:
        raise NoSuchPlaybackError
    if row.ended_at is not None or row.expires_at <= ctx.now:
        raise PlaybackEndedError
    stream = await get_stream(ctx, row.ref_id)
    if not stream.is_entitled:
        raise NotEntitledError(details={"package": stream.package_name})
    since = min(ctx.now - row.last_seen_at, IDLE)
    watched = row.watched_seconds + max(0, round(since.total_seconds()))
    await ctx.db.execute(
        "UPDATE watch_playbacks SET last_seen_at = :now, watched_seconds = :watched, "
        "programme = :programme WHERE space_id = :space AND id = :id",
        {
            "now": ctx.now,
            "watched": watched,
            "programme": stream.programme,
            "space": ctx.space_id,
            "id": playback_id,
        },
    )
    return HeartbeatRead(watched_seconds=watched, expires_at=row.expires_at)


@requires(Permission.LIVE_READ)
async def stop(ctx: Context, playback_id: UUID) -> None:
    """End one of one's own playbacks, on whatever device: its address works no more."""
    done = await ctx.db.execute(
        "UPDATE watch_playbacks SET ended_at = :now, end_reason = 'stopped', "
        "last_seen_at = least(:now, last_seen_at) "
        "WHERE space_id = :space AND id = :id AND user_id = :user AND ended_at IS NULL "
        "RETURNING id",
        {"now": ctx.now, "space": ctx.space_id, "id": playback_id, "user": ctx.user_id},
    )
    if done.first() is None:
        raise NoSuchPlaybackError


@requires(Permission.LIVE_READ)
async def forget(ctx: Context, playback_id: UUID) -> None:
    """Take something that the profile played out of its history.

    Raises ``NoSuchPlaybackError``, ``StillPlayingError``.
    """
    row = await ctx.db.entity(
        select(Playback)
        .where(*of_the_profile(ctx, Playback), Playback.id == playback_id)
        .with_for_update()
    )
    if row is None:
        raise NoSuchPlaybackError
    if row.ended_at is None:
        raise StillPlayingError
    await ctx.db.execute(
        delete(Playback).where(*of_the_profile(ctx, Playback), Playback.id == playback_id)
    )


@requires(Permission.LIVE_READ)
async def forget_all(ctx: Context) -> None:
    """Empty the profile's history; what plays goes on and stays."""
    await ctx.db.execute(
        delete(Playback).where(*of_the_profile(ctx, Playback), Playback.ended_at.is_not(None))
    )


@public
async def see(ctx: Context, ids: Sequence[UUID]) -> None:
    """Players were heard of: count the time since they last were."""
    await ctx.db.execute(
        text(
            "UPDATE watch_playbacks SET last_seen_at = now(), watched_seconds = watched_seconds + "
            "least(extract(epoch FROM now() - last_seen_at)::int, :idle) "
            "WHERE id = ANY(cast(:ids AS uuid[])) AND ended_at IS NULL"
        ),
        {"ids": [str(one) for one in ids], "idle": int(IDLE.total_seconds())},
    )


@public
async def end_idle(ctx: Context) -> int:
    """End what nobody plays any more, in all spaces; answers how many."""
    done = await ctx.db.execute(
        "UPDATE watch_playbacks SET ended_at = least(now(), greatest(last_seen_at, started_at)), "
        "end_reason = CASE WHEN expires_at <= now() THEN 'expired' ELSE 'idle' END "
        "WHERE ended_at IS NULL AND (last_seen_at < :before OR expires_at <= now()) RETURNING id",
        {"before": ctx.now - IDLE},
    )
    return len(done.all())
