"""What a route does before its transaction begins: who asks, and what they send.

FastAPI resolves dependencies in the order of the parameters. A route that prepares something
slow (a picture, an answer from the network) takes it *before* its ``ctx: Write``, so that the
transaction begins when all of that is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from mediatheque.core.context import ReadContext
from mediatheque.core.http.client import Client
from mediatheque.core.http.contexts import check_origin, identify
from mediatheque.kit.errors import MalformedError, TooLargeError

if TYPE_CHECKING:
    from starlette.types import Message, Receive

FIELD = "file"
MB = 1024 * 1024
_ENVELOPE_BYTES = 64 * 1024  # boundaries and headers of the parts

UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
"""``openapi_extra`` of a route that takes :data:`ImageUpload`."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was sent, in memory, and the name it had with its sender."""

    data: bytes
    name: str


async def _beforehand(request: Request) -> ReadContext:
    found = await identify(request)
    check_origin(request, found)
    reader = Client.of(request).database.reader(found.space.id if found.space else None)
    return ReadContext(
        db=reader,
        actor=found.actor,
        space=found.space,
        grants=found.grants,
        now=datetime.now(UTC),
        narrow=found.narrow,
    )


Beforehand = Annotated[ReadContext, Depends(_beforehand)]
"""A context without a transaction for the slow part of a write; its origin is checked."""


async def read_upload(request: Request, limit: int) -> Uploaded:
    """Read the one file of a multipart body; TooLargeError above ``limit`` bytes.

    Counted as it comes, so that a body without a declared length is stopped too.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise MalformedError("Send the file as multipart/form-data.", field=FIELD)
    bounded = Request(request.scope, _bounded(request, limit + _ENVELOPE_BYTES))
    async with bounded.form(max_files=1, max_fields=10) as form:
        found = form.get(FIELD)
        if not isinstance(found, UploadFile):
            raise MalformedError("There is no file in the field “file”.", field=FIELD)
        data = await found.read(limit + 1)
        if len(data) > limit:
            raise _too_large(limit)
        return Uploaded(data, found.filename or "")


def _bounded(request: Request, limit: int) -> Receive:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)
    size = 0

    async def receive() -> Message:
        nonlocal size
        message = await request.receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise _too_large(limit)
        return message

    return receive


def _too_large(limit: int) -> TooLargeError:
    return TooLargeError(f"The file is larger than {limit // MB} MB.", field=FIELD)


async def _image(request: Request, _: Beforehand) -> Uploaded:
    return await read_upload(request, Client.of(request).settings.image_limit_mb * MB)


ImageUpload = Annotated[Uploaded, Depends(_image)]
"""A multipart body's picture, of at most ``image_limit_mb``; read when it is known who asks."""
