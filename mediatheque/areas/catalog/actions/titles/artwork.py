"""A poster that was just taken in: kept, then given to its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.catalog.actions.titles.posters import set_poster
from mediatheque.areas.files.actions import keep_image
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.reads import TitleCore
    from mediatheque.areas.files.actions import PreparedImage


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def give_poster(ctx: Context, key: str | UUID, image: PreparedImage) -> TitleCore:
    """Keep a prepared picture and make it a work's poster.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``.
    """
    return await set_poster(ctx, key, await keep_image(ctx, image))
