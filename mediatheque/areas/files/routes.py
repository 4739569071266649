"""Giving files out.

A picture's address is ``/api/v1/files/{id}/{size}`` and nothing more: no space, no signature, no
expiry. Browsers ask for it with the session's cookie, and the person's memberships decide. So the
address costs nothing to make while a list of works is read, never changes (a new picture is a new
file), stays in the browser's cache for good, and opens nothing for those it is passed on to; who
leaves a space loses its pictures at once.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from mediatheque.areas.files import queries
from mediatheque.areas.files.rules import NoSuchFileError, Size, choose_variant
from mediatheque.core.http import Client, ReadPublic, raises
from mediatheque.core.stores import storage
from mediatheque.kit.errors import NotSignedInError
from mediatheque.kit.storage import ObjectNotFoundError
from mediatheque.kit.text import slugify

router = APIRouter(prefix="/files", tags=["files"])

FOREVER = "private, max-age=31536000, immutable"


@router.get(
    "/{file_id}/{size}",
    summary="A picture",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"image/avif": {}, "image/webp": {}}},
        304: {"description": "It is the one you have"},
        **raises(NoSuchFileError, NotSignedInError),
    },
)
async def read_picture(request: Request, ctx: ReadPublic, file_id: UUID, size: Size) -> Response:
    """A picture 150, 600 or 1200 px wide, as AVIF to who accepts it, else as WebP.

    Without a variant of that size, the next smaller one. The address needs no header `X-Space`;
    with one, only that space's pictures are found.
    """
    asked = request.headers
    found = await queries.get_picture(ctx, file_id, asked.get("x-space"))
    name = choose_variant(found["variants"], size, asked.get("accept", ""))
    if name is None:
        raise NoSuchFileError
    variant: dict[str, Any] = found["variants"][name]
    etag = f'"{file_id.hex}-{name}"'
    headers = {
        "cache-control": FOREVER,
        "content-disposition": f'inline; filename="{_filename(found["name"], name)}"',
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
        "etag": etag,
        "vary": "Accept, Cookie, Authorization",
        "x-content-type-options": "nosniff",
    }
    if etag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    try:
        opened = await storage(Client.of(request).settings).get(variant["key"])
    except ObjectNotFoundError as error:
        raise NoSuchFileError from error
    headers["content-length"] = str(opened.info.size)
    return StreamingResponse(opened.chunks, headers=headers, media_type=variant["content_type"])


def _filename(given: str, name: str) -> str:
    """A name of plain letters for the browser's "save as"."""
    stem = slugify(given.rpartition(".")[0] or given, fallback="picture")
    return f"{stem if stem.isascii() else 'picture'}-{name}"
