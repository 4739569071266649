"""Paths of the audit trail, of its seal and of how long it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import StreamingResponse

from mediatheque.areas.audit import actions
from mediatheque.areas.audit.adapters.table import HEAD, lines
from mediatheque.areas.audit.queries import seals, trail
from mediatheque.areas.audit.rules import NoSuchEntryError
from mediatheque.areas.audit.schemas.trail import (
    EntryRead,
    RetentionRead,
    RetentionUpdate,
    SealRead,
    TrailConditions,
    TrailFilter,
)
from mediatheque.core.context import NoSpaceError, ReadContext
from mediatheque.core.http import Read, Write, house_of, raises, rated
from mediatheque.core.http.admin import ReadAdmin
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.core.http.limits import EXPORT
from mediatheque.kit.db import Row
from mediatheque.kit.errors import NotAllowedError, NotFoundError, NotSignedInError
from mediatheque.kit.paging import BadCursorError, Feed

audit = APIRouter(tags=["audit"])

HERE = (NoSpaceError, NotSignedInError, NotAllowedError, NotFoundError)
ADMIN = (NotSignedInError, NotAllowedError)
Position = Annotated[int, Path(ge=1, le=2**63 - 1)]


@audit.get("/audit", summary="The audit trail", responses=raises(BadCursorError, *HERE))
async def list_entries(
    ctx: Read, wanted: Annotated[TrailFilter, Query()], request: Request
) -> Feed[EntryRead]:
    """Everything that was done or tried in the space: by whom, from where, with what outcome."""
    return await trail.list_entries(ctx, wanted, house_of(request).labels)


@audit.get(
    "/audit.csv",
    summary="The audit trail as a file",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/csv": {}}, "description": "RFC 4180, UTF-8, the newest first."},
        **raises(*HERE),
    },
)
@rated(EXPORT)
async def export_entries(
    ctx: Read, wanted: Annotated[TrailConditions, Query()]
) -> StreamingResponse:
    """The entries that fit, as a stream. Texts that a spreadsheet would run are guarded."""
    first = await trail.list_rows(ctx, wanted, None)
    return StreamingResponse(
        _csv(ctx, wanted, first),
        media_type="text/csv",
        headers={"content-disposition": 'attachment; filename="audit.csv"'},
    )


async def _csv(ctx: ReadContext, wanted: TrailConditions, rows: list[Row]) -> AsyncIterator[bytes]:
    yield HEAD
    while rows:
        yield lines(rows)
        rows = await trail.list_rows(ctx, wanted, rows[-1]["position"])


@audit.get("/audit/seal", summary="How far the journal is sealed", responses=raises(*HERE))
async def read_seal(ctx: Read) -> SealRead:
    """Entries are sealed within a minute: each with a hash that holds all before it."""
    return await seals.get_seal(ctx)


@audit.post(
    "/audit/seal",
    status_code=202,
    summary="Seal the journal now",
    responses=raises(*HERE, BadOriginError),
)
async def request_seal(ctx: Write) -> None:
    """Have everything up to this request sealed as soon as possible."""
    await actions.request_seal(ctx)


@audit.get(
    "/audit/{position}",
    summary="An entry of the audit trail",
    responses=raises(*HERE, NoSuchEntryError),
)
async def read_entry(position: Position, ctx: Read, request: Request) -> EntryRead:
    """One entry, by its position in the journal."""
    return await trail.get_entry(ctx, position, _labels(request))


def _labels(request: Request) -> Mapping[str, str]:
    return house_of(request).labels


@audit.get("/space/retention", summary="How long the journal is kept", responses=raises(*HERE))
async def read_retention(ctx: Read) -> RetentionRead:
    """How long the space keeps its journal."""
    return await seals.get_retention(ctx)


@audit.put(
    "/space/retention",
    summary="Set how long the journal is kept",
    responses=raises(*HERE, BadOriginError),
)
async def set_retention(body: RetentionUpdate, ctx: Write) -> RetentionRead:
    """Older entries are removed each night; verifying goes on from the last one removed."""
    return await actions.set_retention(ctx, body.keep_days)


@audit.get(
    "/admin/audit",
    summary="The audit trail of the house",
    responses=raises(BadCursorError, *ADMIN),
)
async def list_house_entries(
    ctx: ReadAdmin, wanted: Annotated[TrailFilter, Query()], request: Request
) -> Feed[EntryRead]:
    """What was done or tried in no space: sign-ins, accounts, settings of the house."""
    return await trail.list_house_entries(ctx, wanted, house_of(request).labels)


@audit.get(
    "/admin/audit/seal",
    summary="How far the journal of the house is sealed",
    responses=raises(*ADMIN),
)
async def read_house_seal(ctx: ReadAdmin) -> SealRead:
    """The same as for a space, for what belongs to none."""
    return await seals.get_house_seal(ctx)
