"""A work, locked for a change that needs little of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import named, visible, visible_values
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.catalog.rules.titles import check_editor

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row


async def lock_title(ctx: Context, key: str | UUID) -> Row:
    """``{id, slug, kind, title, added_by, poster_id}`` of a work the actor may edit.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``.
    """
    condition, values = named(str(key))
    row = await ctx.db.row(
        text(
            "SELECT t.id, t.slug, t.kind, t.title, t.added_by, t.poster_id "  # noqa: S608  (our own names)
            f"FROM catalog_titles t WHERE t.space_id = :space AND {condition} "
            f"AND {visible(ctx)} FOR UPDATE"
        ).bindparams(space=ctx.space_id, **values, **visible_values(ctx))
    )
    if row is None:
        raise TitleNotFoundError
    check_editor(ctx, row["added_by"], row["id"])
    return row
