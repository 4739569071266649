"""Where works wait for their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

_DUE = text(
    "SELECT DISTINCT space_id FROM catalog_titles "
    "WHERE status = 'scheduled' AND available_from <= :now"
)
_SPACES = text("SELECT id FROM spaces_spaces ORDER BY id")


@requires(Permission.CATALOG_EDIT_ANY)
async def list_due_spaces(ctx: ReadContext) -> list[UUID]:
    """Spaces with scheduled works whose time has come; for a context over all spaces."""
    return [row["space_id"] for row in await ctx.db.rows(_DUE.bindparams(now=ctx.now))]


@requires(Permission.CATALOG_MERGE)
async def list_space_ids(ctx: ReadContext) -> list[UUID]:
    """Every space; for a context over all spaces."""
    return [row["id"] for row in await ctx.db.rows(_SPACES)]
