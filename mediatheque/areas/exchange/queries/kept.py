"""What an import keeps of its rows for a second try and for taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from mediatheque.areas.exchange.models import ImportRow
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.db import Row


@requires(Permission.IMPORT_CREATE)
async def list_kept_rows(
    ctx: ReadContext, import_id: UUID, outcome: str, after: int, limit: int
) -> list[Row]:
    """Rows of an outcome that were kept whole, behind a position: position, line, item."""
    return await ctx.db.rows(
        select(ImportRow.position, ImportRow.line, ImportRow.item)
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.import_id == import_id,
            ImportRow.outcome == outcome,
            ImportRow.item.is_not(None),
            ImportRow.position > after,
        )
        .order_by(ImportRow.position)
        .limit(limit)
    )


@requires(Permission.IMPORT_CREATE)
async def list_changes(ctx: ReadContext, import_id: UUID, after: int, limit: int) -> list[Row]:
    """What the rows behind a position changed: position, ref_id, changes."""
    return await ctx.db.rows(
        select(ImportRow.position, ImportRow.ref_id, ImportRow.changes)
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.import_id == import_id,
            ImportRow.changes.is_not(None),
            ImportRow.position > after,
        )
        .order_by(ImportRow.position)
        .limit(limit)
    )
