"""Fetching a guide from its address: only when it is new (RFC 9110), into the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from mediatheque.core.stores import fetcher, storage
from mediatheque.kit.http import FetchError, Request
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings

MB: Final = 1 << 20
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
