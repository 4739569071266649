"""Covers of editions. The picture itself is a file of the area ``files``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mediatheque.areas.catalog.queries.parts import visible, visible_values
from mediatheque.areas.files.actions import keep_image
from mediatheque.areas.library.events import EditionUpdated
from mediatheque.areas.library.queries.copies import get_edition
from mediatheque.areas.library.rules.ownership import BY_HAND, check_editor
from mediatheque.areas.library.rules.refusals import NoSuchEditionError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.areas.library.schemas.copies import EditionRead

# Whether the actor may is asked afterwards, of the row that comes back: a refusal takes the
# transaction with it.
_SET: Final = """
    UPDATE library_editions e
    SET cover_id = cast(:cover AS uuid), edited_at = :at,
        edited_fields = CASE WHEN :by_hand AND NOT 'cover' = ANY(e.edited_fields)
                             THEN e.edited_fields || ARRAY['cover'] ELSE e.edited_fields END
    FROM catalog_titles t
    WHERE e.space_id = :space AND e.id = :id AND t.space_id = :space AND t.id = e.title_id
      AND {visible}
    RETURNING e.added_by, old.cover_id AS before, t.title
"""


@requires(Permission.LIBRARY_COPY_EDIT)
async def give_cover(ctx: Context, edition_id: UUID, image: PreparedImage) -> EditionRead:
    """Keep a prepared picture and make it an edition's cover.

    Raises ``NoSuchEditionError``, ``NotYoursError``.
    """
    return await _change(ctx, edition_id, await keep_image(ctx, image))


@requires(Permission.LIBRARY_COPY_EDIT)
async def remove_cover(ctx: Context, edition_id: UUID) -> EditionRead:
    """Take an edition's cover away; the file stays. Raises as :func:`give_cover`."""
    return await _change(ctx, edition_id, None)


async def _change(ctx: Context, edition_id: UUID, cover: UUID | None) -> EditionRead:
    result = await ctx.db.execute(
        _SET.format(visible=visible(ctx)),
        {
            **visible_values(ctx),
            "space": ctx.space_id,
            "id": edition_id,
            "cover": cover,
            "at": ctx.now,
            "by_hand": ctx.actor.kind in BY_HAND,
        },
    )
    edition = result.mappings().one_or_none()
    if edition is None:
        raise NoSuchEditionError
    check_editor(ctx, edition["added_by"])
    before = edition["before"]
    if before != cover:
        ctx.emit(
            EditionUpdated(
                ref=Ref("edition", edition_id, edition["title"]),
                before={"cover": str(before) if before else None},
                after={"cover": str(cover) if cover else None},
            )
        )
    return await get_edition(ctx, edition_id)
