"""Copying pictures for another space, so that what becomes of one leaves the other alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Uuid, any_, literal, select

from mediatheque.areas.files.adapters.intake import PreparedImage, folder_of
from mediatheque.areas.files.models import File
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.core.stores import storage
from mediatheque.kit.ids import uuid7
from mediatheque.kit.storage import ObjectNotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.core.settings import Settings
    from mediatheque.kit.storage import Storage

_ROW = (
    *("id", "name", "key", "content_type", "size", "sha256"),
    *("width", "height", "blurhash", "dominant_color", "variants"),
)


@requires(Permission.FILE_CREATE)
async def copy_images(
    ctx: ReadContext, settings: Settings, ids: Sequence[UUID], to: UUID
) -> dict[UUID, PreparedImage]:
    """Pictures of this space, copied in the store for :func:`keep_images` in the space ``to``.

    Before the transaction. One whose bytes are gone is left out; a copy that is never kept is
    swept away after a day.
    """
    rows = await ctx.db.rows(
        select(*(getattr(File, name) for name in _ROW)).where(
            File.space_id == ctx.space_id,
            File.kind == "image",
            File.id == any_(literal(list(ids), ARRAY(Uuid))),
        )
    )
    store = storage(settings)
    found: dict[UUID, PreparedImage] = {}
    for row in rows:
        old, file_id = row["id"], uuid7()
        folder = folder_of(to, file_id)
        try:
            variants = {
                name: await _copied(store, one, f"{folder}/{name}")
                for name, one in row["variants"].items()
            }
        except ObjectNotFoundError:
            continue
        image = PreparedImage(**{**row, "id": file_id, "space_id": to, "variants": variants})
        largest = row["key"].rpartition("/")[2]
        found[old] = replace(image, key=f"{folder}/{largest}")
    return found


async def _copied(store: Storage, variant: dict[str, Any], key: str) -> dict[str, Any]:
    data = await store.read(variant["key"], limit=int(variant["size"]))
    await store.put(key, data, content_type=variant["content_type"])
    return {**variant, "key": key}
