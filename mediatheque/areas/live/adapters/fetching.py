"""Taking a guide from its address (only when it is new, RFC 9110) or its file, into the store."""

from __future__ import annotations

import asyncio
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from mediatheque.core.stores import fetcher, storage
from mediatheque.kit.http import FetchError, Request
from mediatheque.kit.ids import uuid7
from mediatheque.kit.storage import ObjectNotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.core.settings import Settings

MB: Final = 1 << 20
PIECE: Final = 1 << 20
SECONDS: Final = 600.0
UNCHANGED: Final = 304


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it. ``file_key`` and ``size`` only where it is ``new``."""

    state: Literal["new", "unchanged", "failed"]
    message: str = ""
    etag: str | None = None
    last_modified: str | None = None
    file_key: str = ""
    filename: str = ""
    size: int = 0


async def fetch_guide(
    settings: Settings, url: str, etag: str | None, last_modified: str | None
) -> Fetched:
    """Ask an address with what it said last; a new guide is stored, not read."""
    headers = {"accept-encoding": "gzip"}
    if etag:
        headers["if-none-match"] = etag
    if last_modified:
        headers["if-modified-since"] = last_modified
    limit = settings.upload_limit_mb * MB
    key = f"imports/{uuid7()}"
    try:
        request = Request(url, headers=headers, limit=limit, seconds=SECONDS)
        async with fetcher(settings).open(request) as answer:
            if answer.status == UNCHANGED:
                return Fetched("unchanged", "The guide has not changed.")
            stored = await storage(settings).put(key, answer.chunks, limit=limit)
            return Fetched(
                "new",
                "",
                answer.headers.get("etag"),
                answer.headers.get("last-modified"),
                key,
                PurePosixPath(urlsplit(url).path).name[:200] or "guide.xml",
                stored.size,
            )
    except FetchError as error:
        return Fetched("failed", str(error))


async def take_file(settings: Settings, path: str, etag: str | None) -> Fetched:
    """Take a guide from a file below the import folder, if it is another one than before.

    Links are followed first: what lies outside of the folder is refused, whatever its name.
    ``etag`` is the file's time and size.
    """
    try:
        descriptor, name = await asyncio.to_thread(_open, settings.import_folder, path)
    except (OSError, ValueError) as error:
        return Fetched("failed", str(error))
    try:
        found = os.fstat(descriptor)
        tag = f"{found.st_mtime_ns:x}-{found.st_size:x}"
        if tag == etag:
            return Fetched("unchanged", "The file has not changed.")
        limit = settings.upload_limit_mb * MB
        if found.st_size > limit:
            return Fetched("failed", f"The file is larger than {settings.upload_limit_mb} MB.")
        key = f"imports/{uuid7()}"
        stored = await storage(settings).put(key, _pieces(descriptor), limit=limit)
        return Fetched("new", "", tag, None, key, name, stored.size)
    finally:
        os.close(descriptor)


async def take_kept(settings: Settings, key: str, filename: str, size: int) -> Fetched:
    """Take a file that was handed in again, as long as it is kept."""
    try:
        await storage(settings).head(key)
    except ObjectNotFoundError:
        return Fetched("failed", "The file is not kept any longer: hand it in again.")
    return Fetched("new", file_key=key, filename=filename, size=size)


def _open(folder: str, path: str) -> tuple[int, str]:
    """Open a file below a folder; ValueError says why not."""
    if not folder:
        raise ValueError("This server opens no folder for guides any more.")
    root = Path(folder).resolve()
    try:
        found = (root / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise ValueError(f"There is no file “{path}” in the import folder.") from error
    if not found.is_relative_to(root) or found == root:
        raise ValueError(f"“{path}” leads out of the import folder.")
    # The path is free of links now; a link that takes the file's place meanwhile is refused, and
    # a pipe does not make this wait.
    descriptor = os.open(found, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ValueError(f"“{path}” is no file.")
    return descriptor, found.name[:200]


async def _pieces(descriptor: int) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(os.read, descriptor, PIECE):
        yield piece
