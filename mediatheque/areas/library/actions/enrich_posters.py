"""Posters that providers offer: taken in before the transaction that keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.files.actions import discard_image, prepare_image
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.errors import RefusalError

if TYPE_CHECKING:
    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.areas.library.adapters.providers import Answer
    from mediatheque.core.settings import Settings


@requires(Permission.FILE_CREATE)
async def prepare_poster(
    ctx: ReadContext, settings: Settings, answer: Answer
) -> PreparedImage | None:
    """The poster of a provider's answer, if the work lacks one; none if it cannot be had."""
    if answer.facts is None or not answer.facts.image_url:
        return None
    if "poster" in answer.work.has | answer.work.edited:
        return None
    try:
        return await prepare_image(ctx, settings, answer.facts.image_url, name=answer.work.title)
    except RefusalError:
        return None


@requires(Permission.FILE_CREATE)
async def discard_poster(ctx: ReadContext, settings: Settings, image: PreparedImage | None) -> None:
    """Take a prepared poster out of the store again, because it was not kept."""
    if image is not None:
        await discard_image(ctx, settings, image)
