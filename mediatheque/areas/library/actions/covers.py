"""Covers of editions. The picture itself is a file of the area ``files``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.files.actions import keep_image
from mediatheque.areas.library.actions.editions import lock_edition
from mediatheque.areas.library.actions.labels import get_label
from mediatheque.areas.library.events import EditionUpdated
from mediatheque.areas.library.queries.copies import get_edition
from mediatheque.areas.library.rules.ownership import check_editor, edited
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.areas.library.schemas.copies import EditionRead


@requires(Permission.LIBRARY_COPY_EDIT)
async def give_cover(ctx: Context, edition_id: UUID, image: PreparedImage) -> EditionRead:
    """Keep a prepared picture and make it an edition's cover."""
    return await _change(ctx, edition_id, image)


@requires(Permission.LIBRARY_COPY_EDIT)
async def remove_cover(ctx: Context, edition_id: UUID) -> EditionRead:
    """Take an edition's cover away."""
    return await _change(ctx, edition_id, None)


async def _change(ctx: Context, edition_id: UUID, image: PreparedImage | None) -> EditionRead:
    edition = await lock_edition(ctx, edition_id)
    check_editor(ctx, edition.added_by)
    before, after = edition.cover_id, image.id if image else None
    if before != after:
        if image:
            await keep_image(ctx, image)
        edition.cover_id = after
        edition.edited_fields = edited(ctx, edition.edited_fields, ("cover",))
        edition.edited_at = ctx.now
        await ctx.db.flush()
        ctx.emit(
            EditionUpdated(
                ref=Ref("edition", edition_id, await get_label(ctx, edition.title_id)),
                before={"cover": str(before) if before else None},
                after={"cover": str(after) if after else None},
            )
        )
    return await get_edition(ctx, edition_id)
