"""Taking a handed-in file to the store, and finding out what it is. No transaction is open."""

from __future__ import annotations

import asyncio
import tempfile
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mediatheque.areas.exchange.rules.states import EmptyUploadError, UploadTooLargeError
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.areas.exchange.schemas.sources import SourceFile
from mediatheque.core.stores import storage
from mediatheque.kit.ids import uuid7
from mediatheque.kit.storage import ObjectTooLargeError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import UploadFile

    from mediatheque.areas.exchange.schemas.runs import Detected
    from mediatheque.core.settings import Settings

PIECE = 1024 * 1024


async def _pieces(upload: UploadFile) -> AsyncIterator[bytes]:
    while piece := await upload.read(PIECE):
        yield piece


async def keep_upload(
    settings: Settings, upload: UploadFile | None, pasted: str | None
) -> tuple[str, str, int]:
    """Store a file or pasted lines; answers key, name and size in bytes."""
    key = f"imports/{uuid7()}"
    limit = settings.upload_limit_mb * PIECE
    store = storage(settings)
    try:
        if upload is not None and upload.filename is not None:
            name = PurePath(upload.filename.replace("\\", "/")).name[:200] or "file"
            stored = await store.put(key, _pieces(upload), limit=limit)
        elif pasted and pasted.strip():
            name = "pasted.txt"
            stored = await store.put(key, pasted.encode(), limit=limit)
        else:
            raise EmptyUploadError(field="file")
    except ObjectTooLargeError as error:
        raise UploadTooLargeError(
            f"The file is larger than {settings.upload_limit_mb} MB.", field="file"
        ) from error
    return key, name, stored.size


async def recognise(settings: Settings, key: str, name: str) -> Detected | None:
    """Ask the areas whose format a stored file is; the surest wins, None when nobody knows."""
    store = storage(settings)
    if store.is_local:
        path = settings.data.resolve() / "files" / key
        return await asyncio.to_thread(_ask, SourceFile(path, name))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "import"
        opened = await store.get(key)
        with path.open("wb") as target:
            async for chunk in opened:
                target.write(chunk)
        return await asyncio.to_thread(_ask, SourceFile(path, name))


def _ask(file: SourceFile) -> Detected | None:
    found = [desk.detect(file) for desk in REGISTRY.desks]
    return max(found, key=lambda one: one.score, default=None)


def signature_of(header: tuple[str, ...]) -> str:
    """A header's fingerprint, by which a mapping is remembered."""
    return blake2b("\x1f".join(header).casefold().encode(), digest_size=16).hexdigest()
