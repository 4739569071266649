"""A work's poster. The picture itself is a file of the area ``files``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.areas.catalog.actions.titles.locked import lock_title
from mediatheque.areas.catalog.events import TitleUpdated
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.refusals import PictureNotFoundError
from mediatheque.areas.catalog.rules.titles import BY_HAND
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.reads import TitleCore

_SET = text(
    """
    UPDATE catalog_titles
    SET poster_id = cast(:poster AS uuid), revision = revision + 1, updated_at = :now,
        edited_at = CASE WHEN :by_hand THEN :now ELSE edited_at END,
        edited_fields = CASE WHEN :by_hand AND NOT 'poster' = ANY(edited_fields)
                             THEN edited_fields || ARRAY['poster'] ELSE edited_fields END
    WHERE space_id = :space AND id = :id
      AND (cast(:poster AS uuid) IS NULL OR EXISTS (
          SELECT 1 FROM files_files f
          WHERE f.space_id = :space AND f.id = :poster AND f.kind = 'image'))
    RETURNING id
    """
)


async def _change(ctx: Context, key: str | UUID, file_id: UUID | None) -> TitleCore:
    title = await lock_title(ctx, key)
    before = title["poster_id"]
    if before == file_id:
        return await get_title(ctx, title["id"])
    written = await ctx.db.execute(
        _SET,
        {
            "space": ctx.space_id,
            "id": title["id"],
            "poster": file_id,
            "now": ctx.now,
            "by_hand": ctx.actor.kind in BY_HAND,
        },
    )
    if written.first() is None:
        raise PictureNotFoundError
    ctx.emit(
        TitleUpdated(
            ref=Ref("title", title["id"], title["title"]),
            before={"poster": str(before) if before else None},
            after={"poster": str(file_id) if file_id else None},
        )
    )
    return await get_title(ctx, title["id"])


@requires(Permission.CATALOG_EDIT)
async def set_poster(ctx: Context, key: str | UUID, file_id: UUID) -> TitleCore:
    """Give a work a picture of ``files`` as its poster.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``, ``PictureNotFoundError``.
    """
    return await _change(ctx, key, file_id)


@requires(Permission.CATALOG_EDIT)
async def remove_poster(ctx: Context, key: str | UUID) -> TitleCore:
    """Take a work's poster away; the file stays. Raises as :func:`set_poster`."""
    return await _change(ctx, key, None)
