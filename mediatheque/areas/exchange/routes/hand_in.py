"""Taking a file before any transaction is open."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import Depends, File, Form, Request, UploadFile

from mediatheque.areas.exchange.actions.imports import Handed
from mediatheque.areas.exchange.adapters.uploads import keep_upload, recognise, signature_of
from mediatheque.areas.exchange.queries.imports import find_mapping
from mediatheque.areas.exchange.rules.states import BadMappingError, UnknownSourceError
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.areas.exchange.schemas.sources import SourceError
from mediatheque.core.context import ReadContext, refuse
from mediatheque.core.http import Client, Read
from mediatheque.core.http.contexts import check_origin, identify
from mediatheque.core.permissions import Permission
from mediatheque.core.settings import Settings
from mediatheque.kit.errors import BadInputError

SURE = 0.5
"""Below this score people say what a table is."""


class UnreadableFileError(BadInputError):
    """The file as a whole cannot be read; the code in the details says why."""

    code = "unreadable_file"


async def _take(  # noqa: PLR0913, PLR0917  (the fields of the form)
    request: Request,
    ctx: Read,
    file: Annotated[UploadFile | None, File(description="The export file.")] = None,
    pasted: Annotated[str | None, Form(alias="text", description="Or lines, pasted.")] = None,
    source: Annotated[str, Form(description="A source's name, or `auto`.")] = "auto",
    mapping: Annotated[str | None, Form(description="JSON: header → meaning.")] = None,
) -> Handed:
    """Check who asks, then store the file and find out what it is."""
    check_origin(request, await identify(request))
    if Permission.IMPORT_CREATE not in ctx.grants:
        refuse(ctx, Permission.IMPORT_CREATE)
    if source != "auto" and REGISTRY.source(source) is None:
        raise UnknownSourceError(
            f"There is no source “{source}”.",
            field="source",
            details={"sources": [one.name for desk in REGISTRY.desks for one in desk.sources]},
        )
    settings = Client.of(request).settings
    key, name, size = await keep_upload(settings, file, pasted)
    handed = Handed(source=source, filename=name, file_key=key, file_size=size)
    if mapping:
        handed.source, handed.mapping = "mapped", _parsed(mapping)
    elif source in {"auto", "mapped"}:
        await _recognise(ctx, settings, handed)
    return handed


def _parsed(mapping: str) -> dict[str, str]:
    try:
        found = orjson.loads(mapping)
    except orjson.JSONDecodeError as error:
        raise BadMappingError("The mapping is not JSON.", field="mapping") from error
    if not isinstance(found, dict) or "title" not in found.values():
        raise BadMappingError("Say which column holds the title.", field="mapping")
    return {str(header): str(target) for header, target in found.items()}


async def _recognise(ctx: ReadContext, settings: Settings, handed: Handed) -> None:
    """Fill in the format; an unknown table gets its remembered mapping or waits for one."""
    try:
        found = await recognise(settings, handed.file_key, handed.filename)
    except SourceError as error:
        raise UnreadableFileError(
            error.message, field="file", details={"code": error.code, "line": error.line}
        ) from error
    known = found.source if found and found.score >= SURE and found.source != "mapped" else None
    if known and handed.source != "mapped":
        handed.source = known
        return
    if found is None or not found.columns:
        raise UnreadableFileError(
            "This file has none of the formats known here. Choose the program it comes from, "
            "or save it as CSV.",
            field="file",
            details={"code": "unknown_format"},
        )
    handed.source = "mapped"
    handed.columns = list(found.columns)
    handed.signature = signature_of(found.header)
    handed.mapping = await find_mapping(ctx, handed.signature)


HandedIn = Annotated[Handed, Depends(_take)]
