"""Channels."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.entitlements.rules import NoSuchPackageError
from mediatheque.areas.live.actions import channels as actions
from mediatheque.areas.live.queries import channels as queries
from mediatheque.areas.live.rules.refusals import ChannelNotFoundError, ChannelNumberTakenError
from mediatheque.areas.live.schemas.channels import (
    ChannelCreate,
    ChannelFilter,
    ChannelOrder,
    ChannelRead,
    ChannelUpdate,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/channels", tags=["live"])


@router.get("", summary="List channels")
async def list_channels(
    ctx: Read, wanted: Annotated[ChannelFilter, Query()]
) -> Listing[ChannelRead]:
    """All channels in their order."""
    return Listing(items=await queries.list_channels(ctx, wanted))


@router.post(
    "",
    status_code=201,
    summary="Make a channel",
    responses=raises(ChannelNumberTakenError, NoSuchPackageError),
)
async def create_channel(ctx: Write, given: ChannelCreate) -> ChannelRead:
    """Make a channel, behind the others."""
    return await actions.create_channel(ctx, given)


@router.put(
    "/order", status_code=204, summary="Order the channels", responses=raises(ChannelNotFoundError)
)
async def order_channels(ctx: Write, given: ChannelOrder) -> None:
    """Put channels in an order: these first, the others behind them as they were."""
    await actions.order_channels(ctx, given)


@router.get("/{channel_id}", summary="A channel", responses=raises(ChannelNotFoundError))
async def read_channel(ctx: Read, channel_id: UUID) -> ChannelRead:
    """One channel."""
    return await queries.get_channel(ctx, channel_id)


@router.patch(
    "/{channel_id}",
    summary="Change a channel",
    responses=raises(ChannelNotFoundError, ChannelNumberTakenError, NoSuchPackageError),
)
async def update_channel(ctx: Write, channel_id: UUID, given: ChannelUpdate) -> ChannelRead:
    """Change a channel; guides and playlists leave alone what was changed by hand."""
    return await actions.update_channel(ctx, channel_id, given)


@router.delete(
    "/{channel_id}",
    status_code=204,
    summary="Remove a channel",
    responses=raises(ChannelNotFoundError),
)
async def delete_channel(ctx: Write, channel_id: UUID) -> None:
    """Remove a channel with its schedule."""
    await actions.delete_channel(ctx, channel_id)
