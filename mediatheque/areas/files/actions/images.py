"""Putting pictures in: the slow part before the transaction, one row within it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sqlalchemy import insert

from mediatheque.areas.files.adapters.intake import fetch_image, take_image
from mediatheque.areas.files.events import ImagesAdded
from mediatheque.areas.files.models import File
from mediatheque.areas.files.rules import NoSuchFileError, refused_fetch, refused_image
from mediatheque.core.context import Context, ReadContext, public, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import check_quota
from mediatheque.core.stores import fetcher, storage
from mediatheque.kit.http import FetchError
from mediatheque.kit.images import FORMATS, SIZES, ImageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from uuid import UUID

    from mediatheque.areas.files.adapters.intake import PreparedImage
    from mediatheque.core.settings import Settings
    from mediatheque.kit.images import Format

MB = 1024 * 1024


@requires(Permission.FILE_CREATE)
async def prepare_image(  # noqa: PLR0913  (each is asked for by somebody)
    ctx: ReadContext,
    settings: Settings,
    source: bytes | str,
    *,
    name: str = "",
    sizes: Mapping[str, int] = SIZES,
    formats: Sequence[Format] = FORMATS,
) -> PreparedImage:
    """Take a picture in, from bytes or from an address, for :func:`keep_image` to keep.

    Takes a reading context, because it waits for the network and for the encoder: call it before
    the transaction. Raises the refusals of ``rules`` with the field ``file`` or ``url``. What is
    never kept is swept away after a day.
    """
    field = "url" if isinstance(source, str) else "file"
    try:
        if isinstance(source, str):
            limit = settings.image_limit_mb * MB
            source = await fetch_image(fetcher(settings), source, limit)
        return await take_image(
            storage(settings), ctx.space_id, source, name=name, sizes=sizes, formats=formats
        )
    except ImageError as error:
        raise refused_image(error, field) from error
    except FetchError as error:
        raise refused_fetch(error, field) from error


@requires(Permission.FILE_CREATE)
async def discard_image(ctx: ReadContext, settings: Settings, image: PreparedImage) -> None:
    """Take a prepared picture out of the store again."""
    if image.space_id == ctx.space_id:
        await storage(settings).delete(*image.keys)


@public
@asynccontextmanager
async def offered_image(
    ctx: ReadContext, settings: Settings, source: bytes | str, *, name: str = ""
) -> AsyncIterator[PreparedImage]:
    """A picture prepared for a block that keeps it; discarded when the block fails.

    The block's transaction must begin and end within. Permission and refusals are those of
    :func:`prepare_image`.
    """
    image = await prepare_image(ctx, settings, source, name=name)
    try:
        yield image
    except BaseException:
        await discard_image(ctx, settings, image)
        raise


@requires(Permission.FILE_CREATE)
async def keep_image(ctx: Context, image: PreparedImage) -> UUID:
    """Keep a prepared picture; answers the file's id."""
    return (await keep_images(ctx, [image]))[0]


@requires(Permission.FILE_CREATE)
async def keep_images(ctx: Context, images: Sequence[PreparedImage]) -> list[UUID]:
    """Keep prepared pictures of this space, in one statement; answers their ids in order."""
    if any(image.space_id != ctx.space_id for image in images):
        raise NoSuchFileError
    if not images:
        return []
    await check_quota(ctx, "storage", sum(image.size for image in images))
    await ctx.db.execute(insert(File), [_row(ctx, image) for image in images])
    ids = [image.id for image in images]
    one = images[0] if len(images) == 1 else None
    label = one.name if one else f"{len(images)} pictures"
    ctx.emit(
        ImagesAdded(
            ref=Ref("file", one.id if one else None, label), batch=() if one else tuple(ids)
        )
    )
    return ids


def _row(ctx: Context, image: PreparedImage) -> dict[str, object]:
    names = (
        *("id", "space_id", "name", "key", "content_type", "size", "sha256"),
        *("width", "height", "blurhash", "dominant_color", "variants"),
    )
    return {
        **{name: getattr(image, name) for name in names},
        "kind": "image",
        "created_by": ctx.actor.id,
    }
