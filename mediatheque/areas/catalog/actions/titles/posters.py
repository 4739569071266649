"""A work's poster. The picture itself is a file of the area ``files``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mediatheque.areas.catalog.events import TitleUpdated
from mediatheque.areas.catalog.queries.parts import named, visible, visible_values
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.refusals import PictureNotFoundError, TitleNotFoundError
from mediatheque.areas.catalog.rules.titles import BY_HAND, check_editor
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.reads import TitleCore

# Another poster counts as an edit, the same one again does not. Whether the actor may is asked
# afterwards, of the row that comes back: a refusal takes the transaction with it.
_SET: Final = """
    UPDATE catalog_titles t
    SET poster_id = n.id,
        revision = t.revision + CASE WHEN n.is_other THEN 1 ELSE 0 END,
        updated_at = CASE WHEN n.is_other THEN cast(:at AS timestamptz) ELSE t.updated_at END,
        edited_at = CASE WHEN n.is_other AND :by_hand THEN :at ELSE t.edited_at END,
        edited_fields = CASE WHEN n.is_other AND :by_hand AND NOT 'poster' = ANY(t.edited_fields)
                             THEN t.edited_fields || ARRAY['poster'] ELSE t.edited_fields END
    FROM (SELECT t.id AS title_id, f.id, t.poster_id IS DISTINCT FROM f.id AS is_other
          FROM catalog_titles t
          LEFT JOIN files_files f
            ON f.space_id = t.space_id AND f.id = cast(:poster AS uuid) AND f.kind = 'image'
          WHERE t.space_id = :space AND {condition} AND {visible}
          FOR UPDATE OF t) n
    WHERE t.space_id = :space AND t.id = n.title_id
    RETURNING t.id, t.title, t.added_by, old.poster_id AS before, new.poster_id AS after
"""


async def _change(ctx: Context, key: str | UUID, file_id: UUID | None) -> TitleCore:
    condition, values = named(str(key))
    result = await ctx.db.execute(
        _SET.format(condition=condition, visible=visible(ctx)),
        {
            **values,
            **visible_values(ctx),
            "space": ctx.space_id,
            "poster": file_id,
            "at": ctx.now,
            "by_hand": ctx.actor.kind in BY_HAND,
        },
    )
    title = result.mappings().one_or_none()
    if title is None:
        raise TitleNotFoundError
    check_editor(ctx, title["added_by"], title["id"])
    if title["after"] != file_id:
        raise PictureNotFoundError
    before = title["before"]
    if before != file_id:
        ctx.emit(
            TitleUpdated(
                ref=Ref("title", title["id"], title["title"]),
                before={"poster": str(before) if before else None},
                after={"poster": str(file_id) if file_id else None},
            )
        )
    return await get_title(ctx, title["id"])


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def set_poster(ctx: Context, key: str | UUID, file_id: UUID) -> TitleCore:
    """Give a work a picture of ``files`` as its poster.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``, ``PictureNotFoundError``.
    """
    return await _change(ctx, key, file_id)


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def remove_poster(ctx: Context, key: str | UUID) -> TitleCore:
    """Take a work's poster away; the file stays. Raises as :func:`set_poster`."""
    return await _change(ctx, key, None)
