"""Reading imports, their rows and their reports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, desc, exists, func, select, tuple_

from mediatheque.areas.exchange.models import Import, ImportRow, Mapping
from mediatheque.areas.exchange.rules.states import possible
from mediatheque.areas.exchange.schemas.imports import (
    ImportFilter,
    ImportRead,
    ReviewFilter,
    ReviewRead,
    RowFilter,
    RowRead,
)
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from mediatheque.kit.db import Row


class ImportNotFoundError(NotFoundError):
    """No import of this space has this id."""

    code = "import_not_found"
    message = "There is no such import."


def _select() -> Select[Any]:
    retryable = exists().where(
        ImportRow.space_id == Import.space_id,
        ImportRow.import_id == Import.id,
        ImportRow.outcome == "failed",
        ImportRow.item.is_not(None),
    )
    return select(Import.__table__, retryable.label("retryable"))


def _read(row: Row) -> ImportRead:
    options = row["options"]
    done, total, busy = row["position"], row["total"], row["busy_seconds"]
    rate = done / busy if busy > 0 and done else None
    left = (total - done) / rate if rate and total is not None and total >= done else None
    enrichment = row["enrichment"] or None
    over = row["status"] in {"succeeded", "undone", "undoing"}
    suggestion = None
    if row["status"] == "needs_mapping":
        desk = REGISTRY.desk_of("mapped")
        targets = desk.targets if desk else ()
        suggestion = {
            "columns": options.get("columns", []),
            "targets": [{"name": name, "label": label} for name, label in targets],
        }
    return ImportRead.model_validate(
        {
            **row,
            "phase": "enrich" if over and enrichment else "rows",
            "library_id": options.get("library_id"),
            "progress": {
                "done": done,
                "total": total if total is not None else (done if over else None),
                "rows_per_second": round(rate, 1) if rate else None,
                "eta_seconds": round(max(left, 0), 1) if left is not None else None,
            },
            "summary": row,
            "enrichment": enrichment,
            "mapping_suggestion": suggestion,
            "can": possible(
                row["status"],
                failed=row["failed"],
                dry_run=row["dry_run"],
                retryable=row["retryable"],
            ),
        }
    )


@requires(Permission.IMPORT_READ)
async def get_import(ctx: ReadContext, import_id: UUID) -> ImportRead:
    """One import, or 404."""
    row = await ctx.db.row(_select().where(Import.space_id == ctx.space_id, Import.id == import_id))
    if row is None:
        raise ImportNotFoundError
    return _read(row)


@requires(Permission.IMPORT_READ)
async def list_imports(ctx: ReadContext, wanted: ImportFilter) -> Feed[ImportRead]:
    """The space's imports, the newest first."""
    statement = (
        _select()
        .where(Import.space_id == ctx.space_id)
        .order_by(desc(Import.created_at), desc(Import.id))
        .limit(wanted.limit + 1)
    )
    after = decode_cursor(wanted.cursor, 2)
    if after:
        statement = statement.where(
            tuple_(Import.created_at, Import.id)
            < tuple_(datetime.fromisoformat(after[0]), UUID(after[1]))
        )
    rows, more = cut(await ctx.db.rows(statement), wanted.limit)
    last = rows[-1] if more else None
    return Feed(
        items=[_read(row) for row in rows],
        next_cursor=encode_cursor(last["created_at"], last["id"]) if last else None,
    )


@requires(Permission.IMPORT_READ)
async def list_rows(ctx: ReadContext, import_id: UUID, wanted: RowFilter) -> Feed[RowRead]:
    """The rows of an import in the file's order."""
    statement = (
        select(ImportRow.__table__)
        .where(ImportRow.space_id == ctx.space_id, ImportRow.import_id == import_id)
        .order_by(ImportRow.position)
        .limit(wanted.limit + 1)
    )
    if wanted.outcome:
        statement = statement.where(ImportRow.outcome == wanted.outcome)
    after = decode_cursor(wanted.cursor, 1)
    if after:
        statement = statement.where(ImportRow.position > int(after[0]))
    there = select(Import.id).where(Import.space_id == ctx.space_id, Import.id == import_id)
    found, rows = await ctx.db.batch(there, statement)
    if not found:
        raise ImportNotFoundError
    rows, more = cut(rows, wanted.limit)
    return Feed(
        items=[RowRead.model_validate(row) for row in rows],
        next_cursor=encode_cursor(rows[-1]["position"]) if more else None,
    )


@requires(Permission.IMPORT_READ)
async def list_report(ctx: ReadContext, import_id: UUID, after: int, limit: int) -> list[Row]:
    """A stretch of an import's rows for its CSV report."""
    return await ctx.db.rows(
        select(
            ImportRow.position,
            ImportRow.line,
            ImportRow.outcome,
            ImportRow.reason,
            ImportRow.message,
            ImportRow.label,
            ImportRow.problems,
            ImportRow.ref_id,
            ImportRow.raw,
        )
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.import_id == import_id,
            ImportRow.position > after,
        )
        .order_by(ImportRow.position)
        .limit(limit)
    )


def _review(row: Row) -> ReviewRead:
    candidates = row["candidates"] or []
    return ReviewRead.model_validate(
        {
            **row,
            "id": f"{row['import_id']}.{row['position']}",
            "source_row": row["raw"],
            "candidates": candidates,
            "suggested": candidates[0]["title_id"] if candidates else None,
        }
    )


@requires(Permission.IMPORT_READ)
async def list_review(ctx: ReadContext, wanted: ReviewFilter) -> Feed[ReviewRead]:
    """The open decisions, import by import."""
    statement = (
        select(ImportRow.__table__, Import.source, Import.filename)
        .join(Import, (Import.space_id == ImportRow.space_id) & (Import.id == ImportRow.import_id))
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.outcome == "needs_review",
            Import.dry_run.is_(False),
            Import.status != "undone",
        )
        .order_by(ImportRow.import_id, ImportRow.position)
        .limit(wanted.limit + 1)
    )
    if wanted.import_id:
        statement = statement.where(ImportRow.import_id == wanted.import_id)
    after = decode_cursor(wanted.cursor, 2)
    if after:
        statement = statement.where(
            tuple_(ImportRow.import_id, ImportRow.position) > tuple_(UUID(after[0]), int(after[1]))
        )
    rows, more = cut(await ctx.db.rows(statement), wanted.limit)
    last = rows[-1] if more else None
    return Feed(
        items=[_review(row) for row in rows],
        next_cursor=encode_cursor(last["import_id"], last["position"]) if last else None,
    )


@requires(Permission.IMPORT_READ)
async def count_review(ctx: ReadContext) -> int:
    """How many decisions are open."""
    found = await ctx.db.scalar(
        select(func.count())
        .select_from(ImportRow)
        .join(Import, (Import.space_id == ImportRow.space_id) & (Import.id == ImportRow.import_id))
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.outcome == "needs_review",
            Import.dry_run.is_(False),
            Import.status != "undone",
        )
    )
    return int(found or 0)


@requires(Permission.IMPORT_CREATE)
async def find_mapping(ctx: ReadContext, signature: str) -> dict[str, str] | None:
    """A remembered column mapping for a header, or None."""
    found: dict[str, str] | None = await ctx.db.scalar(
        select(Mapping.mapping).where(
            Mapping.space_id == ctx.space_id, Mapping.signature == signature
        )
    )
    return found
