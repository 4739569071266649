"""Guide sources over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from mediatheque.areas.live.actions import source_channels
from mediatheque.areas.live.actions import sources as actions
from mediatheque.areas.live.queries import sources as queries
from mediatheque.areas.live.rules.refusals import (
    BadGuideAddressError,
    BadGuidePathError,
    ChannelAndNewOneError,
    ChannelNotFoundError,
    GuideSourceNotFoundError,
    NoImportFolderError,
    SourceChannelNotFoundError,
    SourceChannelTakenError,
    UnknownTimeZoneError,
)
from mediatheque.areas.live.schemas.sources import (
    GuideSourceCreate,
    GuideSourceRead,
    GuideSourceUpdate,
    SourceChannelFeed,
    SourceChannelFilter,
    SourceChannelMap,
    SuggestionsAccept,
    SuggestionsAccepted,
)
from mediatheque.core.http import Client, Read, Write, raises
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
    responses=raises(
        BadGuideAddressError, BadGuidePathError, NoImportFolderError, UnknownTimeZoneError
    ),
)
async def add_source(request: Request, ctx: Write, given: GuideSourceCreate) -> GuideSourceRead:
    """Add an address or a file of the server's import folder.

    It is taken at once, then by its interval, and only when it is new.
    """
    folder = Client.of(request).settings.import_folder
    return await queries.get_source(ctx, await actions.add_source(ctx, given, folder=folder))


@router.patch(
    "/{source_id}",
    summary="Change a guide source",
    responses=raises(
        GuideSourceNotFoundError,
        BadGuideAddressError,
        BadGuidePathError,
        NoImportFolderError,
        UnknownTimeZoneError,
    ),
)
async def update_source(
    request: Request, ctx: Write, source_id: UUID, given: GuideSourceUpdate
) -> GuideSourceRead:
    """Change where, when or how it is fetched."""
    folder = Client.of(request).settings.import_folder
    await actions.update_source(ctx, source_id, given, folder=folder)
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
    """Fetch and import it now, or the last file handed in again, by the mapping as it is.

    The import appears in the list of imports.
    """
    await actions.refresh_source(ctx, source_id)
    return await queries.get_source(ctx, source_id)


@router.get(
    "/{source_id}/channels",
    summary="Channels of a guide source",
    responses=raises(GuideSourceNotFoundError),
)
async def list_source_channels(
    ctx: Read, source_id: UUID, wanted: Annotated[SourceChannelFilter, Query()]
) -> SourceChannelFeed:
    """Each beside the channel that it is or may be; those that wait for a person first."""
    return await queries.list_source_channels(ctx, source_id, wanted)


@router.post(
    "/{source_id}/suggestions",
    summary="Take suggestions",
    responses=raises(GuideSourceNotFoundError),
)
async def accept_suggestions(
    ctx: Write, source_id: UUID, given: SuggestionsAccept
) -> SuggestionsAccepted:
    """Take every suggestion from a score on, as if each had been mapped by hand."""
    accepted = await source_channels.accept_suggestions(ctx, source_id, given.min_score)
    return SuggestionsAccepted(accepted=accepted)


@router.put(
    "/{source_id}/channels/{source_key:path}",
    status_code=204,
    summary="Map a channel",
    responses=raises(
        GuideSourceNotFoundError,
        SourceChannelNotFoundError,
        ChannelNotFoundError,
        SourceChannelTakenError,
        ChannelAndNewOneError,
    ),
)
async def map_source_channel(
    ctx: Write, source_id: UUID, source_key: str, given: SourceChannelMap
) -> None:
    """Say which channel it is, or that it is none; every later import follows."""
    await source_channels.map_source_channel(ctx, source_id, source_key, given)
