"""What a player reads by its secret address: the playlist, the guide, a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from mediatheque.areas.live.queries.channels import list_channels
from mediatheque.areas.live.queries.players import (
    describe_players_guide,
    guide_id,
    write_players_guide,
)
from mediatheque.areas.live.schemas.channels import ChannelFilter, ChannelRead
from mediatheque.areas.watch.actions import playbacks as actions
from mediatheque.areas.watch.routes.holders import Asking, Holding
from mediatheque.areas.watch.routes.parts import address_of_stream, base_of
from mediatheque.core.edge import write_context
from mediatheque.core.http.client import Client
from mediatheque.kit.gzipped import packer

router = APIRouter(prefix="/tv/{space}/{token}")
READING = ["GET", "HEAD"]
"""Some players look at what there is before they take it."""
PACKED, PLAIN = "application/gzip", "application/xml; charset=utf-8"


@router.api_route("/playlist.m3u", methods=READING)
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


@router.api_route("/guide.xml", methods=READING)
async def read_guide(request: Request, asking: Holding) -> Response:
    """The guide of the playlist's channels, as XMLTV: from three hours ago, for seven days."""
    return await _guide(request, asking, is_packed=False)


@router.api_route("/guide.xml.gz", methods=READING)
async def read_packed_guide(request: Request, asking: Holding) -> Response:
    """The same guide, packed with gzip (RFC 1952)."""
    return await _guide(request, asking, is_packed=True)


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


async def _guide(request: Request, asking: Asking, *, is_packed: bool) -> Response:
    guide = await describe_players_guide(asking.ctx, await playable(asking))
    changed = guide.changed_at.astimezone(UTC).replace(microsecond=0)
    headers = {
        "etag": f'W/"{guide.tag}{"-gz" if is_packed else ""}"',
        "last-modified": format_datetime(changed, usegmt=True),
        "cache-control": "private, no-cache",
    }
    if _has_it(request, headers["etag"], changed):
        return Response(status_code=304, headers=headers)
    kind = PACKED if is_packed else PLAIN
    if request.method == "HEAD":
        return StreamingResponse(_nothing(), media_type=kind, headers=headers)
    pieces = await write_players_guide(asking.ctx, guide)
    body = _packed(pieces) if is_packed else pieces
    return StreamingResponse(body, media_type=kind, headers=headers)


async def _nothing() -> AsyncIterator[bytes]:
    """No body, and no length of one."""
    return
    yield


def _has_it(request: Request, tag: str, changed: datetime) -> bool:
    """Whether the player has this answer (RFC 9110, 13.1): its tag decides, else its time."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in (one.strip() for one in tags.split(","))
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        had = parsedate_to_datetime(since)
    except ValueError:
        return False
    return changed <= (had if had.tzinfo else had.replace(tzinfo=UTC))


async def _packed(pieces: AsyncIterator[str]) -> AsyncIterator[bytes]:
    member = packer()
    async for piece in pieces:
        if made := member.compress(piece.encode()):
            yield made
    yield member.flush()


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
