"""Starting, keeping and ending playbacks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from mediatheque.areas.live.rules.refusals import ChannelNotFoundError
from mediatheque.areas.watch.actions import playbacks as actions
from mediatheque.areas.watch.queries import playbacks as queries
from mediatheque.areas.watch.routes.parts import address_of_stream
from mediatheque.areas.watch.rules.refusals import (
    NoStreamError,
    NoSuchPlaybackError,
    NotEntitledError,
    PlaybackEndedError,
    StillPlayingError,
    TooManyStreamsError,
)
from mediatheque.areas.watch.schemas import (
    Heartbeat,
    HeartbeatRead,
    HistoryFilter,
    PlaybackRead,
    PlaybackStart,
    PlaybackStarted,
)
from mediatheque.core.http import Client, Read, Write, raises
from mediatheque.kit.paging import Feed

router = APIRouter(tags=["watch"])

HEARTBEAT_SECONDS = 30


@router.post(
    "/channels/{channel_id}/playback",
    status_code=201,
    summary="Play a channel",
    responses=raises(ChannelNotFoundError, NotEntitledError, NoStreamError, TooManyStreamsError),
)
async def start_channel(
    request: Request, ctx: Write, channel_id: UUID, given: PlaybackStart | None = None
) -> PlaybackStarted:
    """Begin to play: a signed address that holds for six hours, or until the playback ends."""
    ticket, stream = await actions.start_channel(
        ctx,
        channel_id,
        client=given.client if given else "",
        most=Client.of(request).settings.streams_per_user,
    )
    address, media_type = address_of_stream(request, ticket, stream)
    return PlaybackStarted(
        session_id=ticket.playback_id,
        manifest_url=address,
        media_type=media_type,
        expires_at=ticket.expires_at,
        heartbeat_seconds=HEARTBEAT_SECONDS,
    )


@router.post(
    "/playback/sessions/{playback_id}/heartbeat",
    summary="Still playing",
    responses=raises(NoSuchPlaybackError, PlaybackEndedError, NotEntitledError),
)
async def beat(ctx: Write, playback_id: UUID, _: Heartbeat | None = None) -> HeartbeatRead:
    """Tell that it still plays; it ends 90 seconds after the last that was heard of it."""
    return await actions.beat(ctx, playback_id)


@router.delete(
    "/playback/sessions/{playback_id}",
    status_code=204,
    summary="Stop playing",
    responses=raises(NoSuchPlaybackError),
)
async def stop(ctx: Write, playback_id: UUID) -> None:
    """End one of one's own playbacks, on whatever device."""
    await actions.stop(ctx, playback_id)


@router.get("/playback/history", summary="What I played")
async def list_history(ctx: Read, wanted: Annotated[HistoryFilter, Query()]) -> Feed[PlaybackRead]:
    """What the profile played and plays, the newest first."""
    return await queries.list_history(ctx, wanted)


@router.delete("/playback/history", status_code=204, summary="Clear what I played")
async def clear_history(ctx: Write) -> None:
    """Forget all that the profile played; what plays at the moment stays."""
    await actions.forget_all(ctx)


@router.delete(
    "/playback/history/{playback_id}",
    status_code=204,
    summary="Forget something I played",
    responses=raises(NoSuchPlaybackError, StillPlayingError),
)
async def forget_playback(ctx: Write, playback_id: UUID) -> None:
    """Take it out of the profile's history: nothing is recommended because of it any more."""
    await actions.forget(ctx, playback_id)
