"""What a player reads by its secret address: the playlist, the guide, a channel."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from mediatheque.areas.live.queries.channels import list_channels
from mediatheque.areas.live.schemas.channels import ChannelFilter, ChannelRead
from mediatheque.areas.watch import actions
from mediatheque.areas.watch.routes.holders import Asking, Holding
from mediatheque.areas.watch.routes.parts import address_of_stream, base_of
from mediatheque.core.edge import write_context
from mediatheque.core.http.client import Client

router = APIRouter(prefix="/tv/{space}/{token}")


@router.get("/playlist.m3u")
async def read_playlist(request: Request, asking: Holding) -> Response:
    """The channels that one may play, as M3U with the guide's address."""
    base = base_of(request) + asking.base
    channels = await playable(asking)
    lines = [f'#EXTM3U url-tvg="{base}/guide.xml.gz" x-tvg-url="{base}/guide.xml.gz"']
    for one in channels:
        lines += [_described(one), f"{base}/channel/{one.id}.m3u8"]
    return Response(
        "\n".join(lines) + "\n",
        media_type="audio/x-mpegurl",
        headers={"cache-control": "private, no-cache"},
    )


@router.get("/channel/{channel_id}.m3u8")
async def play_channel(request: Request, asking: Holding, channel_id: UUID) -> Response:
    """Begin to play a channel, and lead to its signed address."""
    client = Client.of(request)
    async with write_context(
        client.database,
        actor=asking.identity.actor,
        space=asking.identity.space,
        grants=asking.identity.grants,
    ) as ctx:
        ticket, stream = await actions.start_channel(
            ctx,
            channel_id,
            client=asking.holder.name,
            most=client.settings.streams_per_user,
            player_id=asking.holder.player_id,
        )
    address, _ = address_of_stream(request, ticket, stream)
    return RedirectResponse(address, 302, headers={"cache-control": "no-store"})


async def playable(asking: Asking) -> list[ChannelRead]:
    """The channels that the player may play."""
    found = await list_channels(asking.ctx, ChannelFilter(entitled=True))
    return [one for one in found if one.is_playable]


def guide_id(channel: ChannelRead) -> str:
    """The id of a channel in the guide that goes with the playlist."""
    return f"C{channel.id.hex[-12:]}.mediatheque"


def _described(one: ChannelRead) -> str:
    said = [("tvg-id", guide_id(one)), ("tvg-name", one.name)]
    if one.number:
        said.append(("tvg-chno", one.number))
    if one.logo_url:
        said.append(("tvg-logo", one.logo_url))
    groups = one.groups or one.genres
    if groups:
        said.append(("group-title", ";".join(groups)))
    attributes = " ".join(f'{name}="{_quoted(value)}"' for name, value in said)
    return f"#EXTINF:-1 {attributes},{' '.join(one.name.split())}"


def _quoted(value: str) -> str:
    return " ".join(value.replace('"', "'").split())
