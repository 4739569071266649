"""Players that cannot sign in."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request

from mediatheque.areas.accounts.rules import TooManyKeysError
from mediatheque.areas.watch.actions import players as actions
from mediatheque.areas.watch.queries import players as queries
from mediatheque.areas.watch.routes.parts import base_of
from mediatheque.areas.watch.rules.refusals import NoSuchPlayerError, NoSuchProfileError
from mediatheque.areas.watch.schemas import PlayerCreate, PlayerMade, PlayerRead
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/guide-tokens", tags=["watch"])


@router.get("", summary="My players")
async def list_players(ctx: Read) -> Listing[PlayerRead]:
    """Players with secret addresses of playlist and guide."""
    return Listing(items=await queries.list_players(ctx))


@router.post(
    "",
    status_code=201,
    summary="Add a player",
    responses=raises(TooManyKeysError, NoSuchProfileError),
)
async def add_player(request: Request, ctx: Write, given: PlayerCreate) -> PlayerMade:
    """Make secret addresses of playlist and guide, for Kodi, VLC or a television."""
    made, key = await actions.add_player(ctx, given)
    assert ctx.space is not None  # noqa: S101  (the action needed one)
    base = f"{base_of(request)}/tv/{ctx.space.slug}/{key}"
    return PlayerMade(
        **made.model_dump(),
        playlist_url=f"{base}/playlist.m3u",
        guide_url=f"{base}/guide.xml.gz",
        tuner_url=f"{base_of(request)}/hdhr/{ctx.space.slug}/{key}" if made.is_tuner else None,
    )


@router.delete(
    "/{player_id}",
    status_code=204,
    summary="Remove a player",
    responses=raises(NoSuchPlayerError),
)
async def remove_player(ctx: Write, player_id: UUID) -> None:
    """Take its addresses away; what it plays ends."""
    await actions.remove_player(ctx, player_id)
