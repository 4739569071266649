"""Pictures on their way in: fetched, checked, made small and put into the store.

Slow and partly network, so it happens before the transaction that keeps the row.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mediatheque.kit.http import FetchError, Request
from mediatheque.kit.ids import uuid7
from mediatheque.kit.images import FORMATS, SIZES, ImageError, process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from mediatheque.kit.http import Fetcher
    from mediatheque.kit.images import Format, Picture, Variant
    from mediatheque.kit.storage import Storage

FOLDER: Final = "images"
FETCH_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """A picture whose variants are in the store and which no row knows yet.

    ``variants``: ``small.webp`` → ``{key, width, height, content_type, size}``.
    """

    id: UUID
    space_id: UUID
    name: str
    key: str
    content_type: str
    size: int
    sha256: str
    width: int
    height: int
    blurhash: str
    dominant_color: str
    variants: dict[str, dict[str, Any]]

    @property
    def keys(self) -> list[str]:
        """What the store holds of it."""
        return [variant["key"] for variant in self.variants.values()]


def folder_of(space_id: UUID, file_id: UUID) -> str:
    """Where a picture's variants are in the store."""
    return f"{FOLDER}/{space_id.hex}/{file_id.hex}"


async def fetch_image(fetcher: Fetcher, url: str, limit: int) -> bytes:
    """Fetch a picture of at most ``limit`` bytes; FetchError.

    The declared type is not asked for: what counts is the content.
    """
    request = Request(url, headers={"Accept": "image/*"}, limit=limit, seconds=FETCH_SECONDS)
    return (await fetcher.fetch(request)).body


async def take_image(  # noqa: PLR0913  (each is asked for by somebody)
    storage: Storage,
    space_id: UUID,
    data: bytes,
    *,
    name: str = "",
    sizes: Mapping[str, int] = SIZES,
    formats: Sequence[Format] = FORMATS,
) -> PreparedImage:
    """Check a picture, make its variants and put them into the store; ImageError, StorageError.

    The bytes that were sent are not kept: they may say where a photograph was taken. Orientation
    is applied, everything else that a picture tells of itself is dropped.
    """
    picture = await process(data, sizes=sizes, formats=formats)
    file_id = uuid7()
    folder = folder_of(space_id, file_id)
    variants = {_name(one): _described(folder, one) for one in picture.variants}
    await asyncio.gather(
        *(
            storage.put(f"{folder}/{_name(one)}", one.data, content_type=one.media_type)
            for one in picture.variants
        )
    )
    largest = picture.variants[-1]
    return PreparedImage(
        id=file_id,
        space_id=space_id,
        name=name[:200],
        key=f"{folder}/{_name(largest)}",
        content_type=largest.media_type,
        size=sum(len(one.data) for one in picture.variants),
        sha256=hashlib.sha256(data).hexdigest(),
        variants=variants,
        **_facts(picture),
    )


def _facts(picture: Picture) -> dict[str, Any]:
    return {
        "width": picture.facts.width,
        "height": picture.facts.height,
        "blurhash": picture.blurhash,
        "dominant_color": picture.colour,
    }


def _name(variant: Variant) -> str:
    return f"{variant.name}.{variant.media_type.partition('/')[2]}"


def _described(folder: str, variant: Variant) -> dict[str, Any]:
    return {
        "key": f"{folder}/{_name(variant)}",
        "width": variant.width,
        "height": variant.height,
        "content_type": variant.media_type,
        "size": len(variant.data),
    }


__all__ = ["FetchError", "ImageError", "PreparedImage", "fetch_image", "folder_of", "take_image"]
