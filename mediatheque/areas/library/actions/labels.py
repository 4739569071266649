"""What the library's news is called by: the work's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.catalog.queries.parts import visible_clause
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context


async def get_label(ctx: Context, title_id: UUID) -> str:
    """The title of a work that the actor may see; 404 otherwise."""
    found = await ctx.db.scalar(
        select(Title.title).where(
            Title.space_id == ctx.space_id, Title.id == title_id, visible_clause(ctx)
        )
    )
    if found is None:
        raise TitleNotFoundError
    return cast("str", found)
