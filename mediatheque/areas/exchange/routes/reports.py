"""Reports of imports as CSV, streamed."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from mediatheque.areas.exchange.queries import imports as queries
from mediatheque.areas.exchange.queries.imports import ImportNotFoundError
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Read, raises

router = APIRouter(prefix="/imports", tags=["exchange"])

STRETCH = 1_000
HEADER = ("line", "outcome", "reason", "message", "title", "title_id", "problems", "row")


@router.get(
    "/{import_id}/report.csv",
    summary="Report as CSV",
    response_class=StreamingResponse,
    responses=raises(ImportNotFoundError),
)
async def read_report(ctx: Read, import_id: UUID) -> StreamingResponse:
    """One line for each row: what became of it, why, and the row itself."""
    await queries.get_import(ctx, import_id)
    return StreamingResponse(
        _lines(ctx, import_id),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="import-{import_id}.csv"'},
    )


async def _lines(ctx: ReadContext, import_id: UUID) -> AsyncIterator[str]:
    yield _csv([HEADER])
    after = 0
    while rows := await queries.list_report(ctx, import_id, after, STRETCH):
        after = rows[-1]["position"]
        yield _csv(
            [
                (
                    row["line"],
                    row["outcome"],
                    row["reason"],
                    row["message"],
                    row["label"],
                    row["ref_id"] or "",
                    "; ".join(one["message"] for one in row["problems"] or ()),
                    orjson.dumps(row["raw"]).decode(),
                )
                for row in rows
            ]
        )


def _csv(rows: list[tuple[Any, ...]]) -> str:
    """Rows as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _plain(cell: Any) -> Any:  # noqa: ANN401  (any cell)
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"} else cell
