"""The schedule as a file. Each stretch is read on its own: no session waits for the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from mediatheque.areas.live.adapters import schedule_csv
from mediatheque.areas.live.adapters.xmltv import writing
from mediatheque.areas.live.queries import exports as queries
from mediatheque.areas.live.schemas.exports import ScheduleExportFilter
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Read
from mediatheque.core.http.limits import EXPORT, rated

router = APIRouter(tags=["live"])


@router.get("/schedule/export", summary="The schedule as a file", response_class=StreamingResponse)
@rated(EXPORT)
async def export_schedule(
    ctx: Read, wanted: Annotated[ScheduleExportFilter, Query()]
) -> StreamingResponse:
    """As XMLTV that the official validator accepts, or as CSV; importing it changes nothing."""
    channels = await queries.list_export_channels(ctx, wanted)
    if wanted.format == "csv":
        return _sent(_csv(ctx, wanted, channels), "text/csv", "schedule.csv")
    return _sent(_xmltv(ctx, wanted, channels), "application/xml", "guide.xml")


def _sent(body: AsyncIterator[str], kind: str, name: str) -> StreamingResponse:
    return StreamingResponse(
        body,
        media_type=f"{kind}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def _xmltv(
    ctx: ReadContext, wanted: ScheduleExportFilter, channels: list[dict[str, Any]]
) -> AsyncIterator[str]:
    yield writing.HEAD
    for channel in channels:
        yield writing.write_channel(channel)
    async for channel, rows in await queries.list_export_entries(ctx, wanted, channels):
        key = writing.channel_id(channel)
        yield "".join(writing.write_programme(row, key) for row in rows)
    yield writing.TAIL


async def _csv(
    ctx: ReadContext, wanted: ScheduleExportFilter, channels: list[dict[str, Any]]
) -> AsyncIterator[str]:
    yield schedule_csv.write_lines([schedule_csv.HEADER])
    async for channel, rows in await queries.list_export_entries(ctx, wanted, channels):
        yield schedule_csv.write_rows(rows, channel)
