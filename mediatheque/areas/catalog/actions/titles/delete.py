"""Deleting a work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.areas.catalog.events import TitleDeleted
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.titles import check_deleter
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

_DELETE = text("DELETE FROM catalog_titles WHERE space_id = :space AND id = :id")


@requires(Permission.CATALOG_EDIT)
async def delete_title(ctx: Context, key: str | UUID) -> None:
    """Delete a work with everything that hangs on it; the journal keeps what it was.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``.
    """
    title = await get_title(ctx, key)
    check_deleter(ctx, title.added_by.id if title.added_by else None)
    await ctx.db.execute(_DELETE, {"space": ctx.space_id, "id": title.id})
    ctx.emit(
        TitleDeleted(
            ref=Ref("title", title.id, title.title),
            before=title.model_dump(
                mode="json", exclude_none=True, exclude={"can_edit", "can_delete", "poster"}
            ),
        )
    )
