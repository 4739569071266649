"""Guide sources over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.live.actions import sources as actions
from mediatheque.areas.live.queries import sources as queries
from mediatheque.areas.live.rules.refusals import (
    BadGuideAddressError,
    ChannelNotFoundError,
    GuideSourceNotFoundError,
    SourceChannelNotFoundError,
    SourceChannelTakenError,
    UnknownTimeZoneError,
)
from mediatheque.areas.live.schemas.sources import (
    GuideSourceCreate,
    GuideSourceRead,
    GuideSourceUpdate,
    SourceChannelMap,
    SourceChannelRead,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/guide-sources", tags=["live"])


@router.get("", summary="Guide sources")
async def list_sources(ctx: Read) -> Listing[GuideSourceRead]:
    """Where guides come from, and what came of the last look."""
    return Listing(items=await queries.list_sources(ctx))


@router.post(
    "",
    status_code=201,
    summary="Add a guide source",
    responses=raises(BadGuideAddressError, UnknownTimeZoneError),
)
async def add_source(ctx: Write, given: GuideSourceCreate) -> GuideSourceRead:
    """Add an address; its guide is fetched at once, then by its interval, only when it is new."""
    return await queries.get_source(ctx, await actions.add_source(ctx, given))


@router.patch(
    "/{source_id}",
    summary="Change a guide source",
    responses=raises(GuideSourceNotFoundError, BadGuideAddressError, UnknownTimeZoneError),
)
async def update_source(ctx: Write, source_id: UUID, given: GuideSourceUpdate) -> GuideSourceRead:
    """Change where, when or how it is fetched."""
    await actions.update_source(ctx, source_id, given)
    return await queries.get_source(ctx, source_id)


@router.delete(
    "/{source_id}",
    status_code=204,
    summary="Remove a guide source",
    responses=raises(GuideSourceNotFoundError),
)
async def remove_source(ctx: Write, source_id: UUID) -> None:
    """Remove it with its mapping; channels and schedule stay."""
    await actions.remove_source(ctx, source_id)


@router.post(
    "/{source_id}/refresh",
    status_code=202,
    summary="Fetch a guide now",
    responses=raises(GuideSourceNotFoundError, BadGuideAddressError),
)
async def refresh_source(ctx: Write, source_id: UUID) -> GuideSourceRead:
    """Fetch and import it now; the import appears in the list of imports."""
    await actions.refresh_source(ctx, source_id)
    return await queries.get_source(ctx, source_id)


@router.get(
    "/{source_id}/channels",
    summary="Channels of a guide source",
    responses=raises(GuideSourceNotFoundError),
)
async def list_source_channels(ctx: Read, source_id: UUID) -> Listing[SourceChannelRead]:
    """Each beside the channel that it is or may be; those that wait for a person first."""
    return Listing(items=await queries.list_source_channels(ctx, source_id))


@router.put(
    "/{source_id}/channels/{source_key:path}",
    status_code=204,
    summary="Map a channel",
    responses=raises(
        GuideSourceNotFoundError,
        SourceChannelNotFoundError,
        ChannelNotFoundError,
        SourceChannelTakenError,
    ),
)
async def map_source_channel(
    ctx: Write, source_id: UUID, source_key: str, given: SourceChannelMap
) -> None:
    """Say which channel it is, or that it is none; every later import follows."""
    await actions.map_source_channel(ctx, source_id, source_key, given)
