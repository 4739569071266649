"""Posters of works. The picture is taken in before the transaction begins: it stands first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from mediatheque.areas.catalog import actions
from mediatheque.areas.catalog.actions.titles.artwork import give_poster
from mediatheque.areas.catalog.queries.titles import find_title_id
from mediatheque.areas.catalog.rules.refusals import NotYourTitleError, TitleNotFoundError
from mediatheque.areas.catalog.schemas.posters import PictureAddress
from mediatheque.areas.catalog.schemas.reads import TitleCore
from mediatheque.areas.files.actions import PreparedImage, offered_image
from mediatheque.areas.files.rules import IMAGE_REFUSALS, ImageNotFetchedError
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Client, Write, raises
from mediatheque.core.http.limits import UPLOAD, rated
from mediatheque.core.http.uploads import UPLOAD_BODY, Beforehand, ImageUpload

router = APIRouter(prefix="/titles/{title_id}/poster", tags=["catalog"])


async def _known(ctx: Beforehand, title_id: UUID) -> ReadContext:
    if await find_title_id(ctx, title_id) is None:
        raise TitleNotFoundError
    return ctx


Known = Annotated[ReadContext, Depends(_known)]
"""Nothing is fetched or made small for a work that is not there."""


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
    summary="Upload a poster",
    openapi_extra=UPLOAD_BODY,
    responses=raises(TitleNotFoundError, NotYourTitleError, *IMAGE_REFUSALS),
)
@rated(UPLOAD)
async def upload_poster(
    title_id: UUID, image: Annotated[PreparedImage, Depends(_sent, scope="function")], ctx: Write
) -> TitleCore:
    """Give a work the picture that is sent."""
    return await give_poster(ctx, title_id, image)


@router.post(
    "",
    summary="Take a poster from an address",
    responses=raises(TitleNotFoundError, NotYourTitleError, ImageNotFetchedError, *IMAGE_REFUSALS),
)
@rated(UPLOAD)
async def fetch_poster(
    title_id: UUID,
    image: Annotated[PreparedImage, Depends(_fetched, scope="function")],
    ctx: Write,
) -> TitleCore:
    """Fetch a picture once and give the work our own copy; private addresses are refused."""
    return await give_poster(ctx, title_id, image)


@router.delete(
    "", summary="Remove a poster", responses=raises(TitleNotFoundError, NotYourTitleError)
)
async def remove_poster(ctx: Write, title_id: UUID) -> TitleCore:
    """Take the work's poster away."""
    return await actions.remove_poster(ctx, title_id)
