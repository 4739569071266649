"""Imports over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

import orjson
from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import StreamingResponse

from mediatheque.areas.exchange.actions import imports as actions
from mediatheque.areas.exchange.actions.enrichment import request_enrichment
from mediatheque.areas.exchange.queries import imports as queries
from mediatheque.areas.exchange.queries.imports import ImportNotFoundError
from mediatheque.areas.exchange.routes.hand_in import HandedIn, UnreadableFileError
from mediatheque.areas.exchange.rules.states import (
    OVER,
    BadMappingError,
    EmptyUploadError,
    StepImpossibleError,
    UnknownSourceError,
    UploadTooLargeError,
)
from mediatheque.areas.exchange.schemas.imports import (
    ImportFilter,
    ImportRead,
    ImportStarted,
    MappingInput,
    Mode,
    RowFilter,
    RowRead,
    SourceRead,
)
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Read, Write, raises
from mediatheque.core.http.limits import UPLOAD, rated
from mediatheque.core.http.live import live
from mediatheque.kit import sse
from mediatheque.kit.paging import Feed, Listing

router = APIRouter(prefix="/imports", tags=["exchange"])

LOOK_SECONDS = 0.4


@router.get("/sources", summary="Formats that can be imported")
async def list_sources(_: Read) -> Listing[SourceRead]:
    """Every source with what to export and where."""
    return Listing(
        items=[
            SourceRead(
                name=one.name,
                label=one.label,
                description=one.description,
                extensions=list(one.extensions),
                template_url="/api/v1/imports/template.csv" if one.name == "csv" else None,
            )
            for desk in REGISTRY.desks
            for one in desk.sources
        ]
    )


@router.get("/template.csv", summary="Template of our CSV", response_class=Response)
async def read_template(_: Read) -> Response:
    """Our CSV's header with one example row for each kind."""
    desk = REGISTRY.desk_of("csv")
    return Response(
        desk.template() if desk and desk.template else "",
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="mediatheque-template.csv"'},
    )


@router.post(
    "",
    status_code=202,
    summary="Import a file",
    responses=raises(
        UnknownSourceError,
        EmptyUploadError,
        UploadTooLargeError,
        UnreadableFileError,
        BadMappingError,
    ),
)
@rated(UPLOAD)
async def start_import(
    handed: HandedIn,
    ctx: Write,
    library: Annotated[str | None, Form(description="A library's id or slug.")] = None,
    mode: Annotated[Mode, Form()] = "add",
    dry_run: Annotated[bool, Form(description="Only say what would happen.")] = False,
) -> ImportStarted:
    """Hand in a file or pasted lines and queue the import; follow it at its own address."""
    return ImportStarted(
        id=await actions.start_import(ctx, handed, mode=mode, dry_run=dry_run, library=library)
    )


@router.get("", summary="Imports")
async def list_imports(ctx: Read, wanted: Annotated[ImportFilter, Query()]) -> Feed[ImportRead]:
    """The space's imports, the newest first."""
    return await queries.list_imports(ctx, wanted)


@router.get("/{import_id}", summary="An import", responses=raises(ImportNotFoundError))
async def get_import(ctx: Read, import_id: UUID) -> ImportRead:
    """Its state, progress and counts."""
    return await queries.get_import(ctx, import_id)


@router.get(
    "/{import_id}/events",
    summary="An import, live",
    response_class=StreamingResponse,
    responses=raises(ImportNotFoundError),
)
async def watch_import(request: Request, ctx: Read, import_id: UUID) -> StreamingResponse:
    """Server-sent events: the import whenever it moved, until it is over."""
    first = await queries.get_import(ctx, import_id)
    return live(request, sse.stream(_moves(ctx, first)))


async def _moves(ctx: ReadContext, first: ImportRead) -> AsyncIterator[sse.Event]:
    shown, now = b"", first
    while True:
        body = now.model_dump_json().encode()
        if body != shown:
            shown = body
            yield sse.Event(body.decode())
        is_enriching = now.enrichment is not None and now.enrichment.state == "running"
        if now.status in OVER | {"needs_mapping"} and not is_enriching:
            return
        await asyncio.sleep(LOOK_SECONDS)
        now = await queries.get_import(ctx, first.id)


@router.get("/{import_id}/rows", summary="Rows", responses=raises(ImportNotFoundError))
async def list_rows(
    ctx: Read, import_id: UUID, wanted: Annotated[RowFilter, Query()]
) -> Feed[RowRead]:
    """What became of each row, in the file's order."""
    return await queries.list_rows(ctx, import_id, wanted)


@router.post(
    "/{import_id}/{step}",
    status_code=202,
    summary="Pause, resume, cancel, retry, undo, enrich",
    responses=raises(ImportNotFoundError, StepImpossibleError),
)
async def steer_import(
    ctx: Write,
    import_id: UUID,
    step: Literal["pause", "resume", "cancel", "retry", "undo", "enrich"],
) -> ImportStarted:
    """Steer an import. `retry` takes up only what failed, `undo` takes everything back.

    `enrich` begins the second phase, or goes on with it: when the key that it waits for is set.
    """
    if step == "retry":
        await actions.retry_import(ctx, import_id)
    elif step == "undo":
        await actions.undo_import(ctx, import_id)
    elif step == "enrich":
        await request_enrichment(ctx, import_id)
    else:
        await actions.steer_import(ctx, import_id, step)
    return ImportStarted(id=import_id)


@router.put(
    "/{import_id}/mapping",
    status_code=202,
    summary="Say what the columns mean",
    responses=raises(ImportNotFoundError, StepImpossibleError, BadMappingError),
)
async def map_import(ctx: Write, import_id: UUID, given: MappingInput) -> ImportStarted:
    """Map an unknown table's columns; remembered for the next file with this header."""
    await actions.map_import(ctx, import_id, given, orjson.dumps(given.mapping).decode())
    return ImportStarted(id=import_id)
