"""The collection as a file. Each stretch is read on its own: no session waits for the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from mediatheque.areas.library.adapters.own.columns import COLUMNS
from mediatheque.areas.library.adapters.writers import (
    ALL_COLUMNS,
    JSON_TAIL,
    csv_header,
    csv_stretch,
    json_head,
    json_stretch,
)
from mediatheque.areas.library.queries import exports as queries
from mediatheque.areas.library.queries.exports import Stretch
from mediatheque.areas.library.rules.refusals import NoSuchLibraryError
from mediatheque.areas.library.schemas.exports import ExportFilter, TableFilter
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Read, raises
from mediatheque.core.http.limits import EXPORT, rated

router = APIRouter(prefix="/exports", tags=["library"])


@router.get(
    "/library.csv",
    summary="The collection as CSV",
    response_class=StreamingResponse,
    responses=raises(NoSuchLibraryError),
)
@rated(EXPORT)
async def export_csv(ctx: Read, wanted: Annotated[TableFilter, Query()]) -> StreamingResponse:
    """A line for each copy, and for each work without one. Importing the file changes nothing.

    Of ratings, notes and marks it has one's own.
    """
    libraries = await queries.find_libraries(ctx, wanted)
    return _sent(_csv(ctx, wanted, libraries), "text/csv", "library.csv")


@router.get(
    "/library.json",
    summary="The collection as JSON",
    response_class=StreamingResponse,
    responses=raises(NoSuchLibraryError),
)
@rated(EXPORT)
async def export_json(ctx: Read, wanted: Annotated[ExportFilter, Query()]) -> StreamingResponse:
    """Each work with its copies, seasons, episodes, credits, words and ids, a line for each.

    Of ratings, notes and marks it has one's own.
    """
    libraries = await queries.find_libraries(ctx, wanted)
    total = await queries.count_works(ctx, wanted, libraries)
    return _sent(_json(ctx, wanted, libraries, total), "application/json", "library.json")


def _sent(body: AsyncIterator[bytes], media: str, name: str) -> StreamingResponse:
    return StreamingResponse(
        body,
        media_type=f"{media}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def _stretches(
    ctx: ReadContext, wanted: ExportFilter, libraries: list[UUID]
) -> AsyncIterator[Stretch]:
    after: str | None = None
    while True:
        stretch = await queries.list_stretch(ctx, wanted, libraries, after)
        if stretch.after is None:
            return
        after = stretch.after
        yield stretch


async def _csv(
    ctx: ReadContext, wanted: TableFilter, libraries: list[UUID]
) -> AsyncIterator[bytes]:
    columns = ALL_COLUMNS if wanted.columns == "all" else COLUMNS
    yield csv_header(columns)
    async for stretch in _stretches(ctx, wanted, libraries):
        yield csv_stretch(stretch.items, columns)


async def _json(
    ctx: ReadContext, wanted: ExportFilter, libraries: list[UUID], total: int
) -> AsyncIterator[bytes]:
    yield json_head(total)
    is_first = True
    async for stretch in _stretches(ctx, wanted, libraries):
        yield json_stretch(stretch.items, is_first=is_first)
        is_first = False
    yield JSON_TAIL
