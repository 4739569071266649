"""Covers of editions. The picture is taken in before the transaction begins: it stands first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from mediatheque.areas.catalog.schemas.posters import PictureAddress
from mediatheque.areas.files.actions import PreparedImage, offered_image
from mediatheque.areas.files.rules import IMAGE_REFUSALS, ImageNotFetchedError
from mediatheque.areas.library.actions import covers
from mediatheque.areas.library.queries.copies import get_edition
from mediatheque.areas.library.rules.refusals import NoSuchEditionError, NotYoursError
from mediatheque.areas.library.schemas.copies import EditionRead
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Client, Write, raises
from mediatheque.core.http.limits import UPLOAD, rated
from mediatheque.core.http.uploads import UPLOAD_BODY, Beforehand, ImageUpload

router = APIRouter(prefix="/editions/{edition_id}/cover", tags=["library"])


async def _known(ctx: Beforehand, edition_id: UUID) -> ReadContext:
    await get_edition(ctx, edition_id)
    return ctx


Known = Annotated[ReadContext, Depends(_known)]
"""Nothing is fetched or made small for an edition that is not there."""


async def _sent(request: Request, ctx: Known, sent: ImageUpload) -> AsyncIterator[PreparedImage]:
    settings = Client.of(request).settings
    async with offered_image(ctx, settings, sent.data, name=sent.name) as image:
        yield image


async def _fetched(
    request: Request, ctx: Known, given: PictureAddress
) -> AsyncIterator[PreparedImage]:
    async with offered_image(ctx, Client.of(request).settings, given.url) as image:
        yield image


@router.put(
    "",
    summary="Upload a cover",
    openapi_extra=UPLOAD_BODY,
    responses=raises(NoSuchEditionError, NotYoursError, *IMAGE_REFUSALS),
)
@rated(UPLOAD)
async def upload_cover(
    edition_id: UUID, image: Annotated[PreparedImage, Depends(_sent, scope="function")], ctx: Write
) -> EditionRead:
    """Give an edition the picture that is sent."""
    return await covers.give_cover(ctx, edition_id, image)


@router.post(
    "",
    summary="Take a cover from an address",
    responses=raises(NoSuchEditionError, NotYoursError, ImageNotFetchedError, *IMAGE_REFUSALS),
)
@rated(UPLOAD)
async def fetch_cover(
    edition_id: UUID,
    image: Annotated[PreparedImage, Depends(_fetched, scope="function")],
    ctx: Write,
) -> EditionRead:
    """Fetch a picture once and give the edition our own copy; private addresses are refused."""
    return await covers.give_cover(ctx, edition_id, image)


@router.delete("", summary="Remove a cover", responses=raises(NoSuchEditionError, NotYoursError))
async def remove_cover(ctx: Write, edition_id: UUID) -> EditionRead:
    """Take the edition's cover away."""
    return await covers.remove_cover(ctx, edition_id)
