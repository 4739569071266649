"""Looking whether a stream is there: its answer's head and first bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mediatheque.kit.http import FetchError, Request

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.http import Fetcher

SECONDS: Final = 10.0
LIMIT: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a stream found."""

    channel_id: UUID
    is_up: bool
    milliseconds: int
    http_status: int | None = None
    content_type: str | None = None
    message: str = ""


async def look(fetcher: Fetcher, channel_id: UUID, address: str) -> Looked:
    """Ask for a stream and read its first bytes; no more, for it may have no end."""
    began = time.monotonic()

    def took() -> int:
        return round((time.monotonic() - began) * 1000)

    try:
        async with fetcher.open(Request(address, limit=LIMIT, seconds=SECONDS)) as answer:
            first = await anext(aiter(answer.chunks), b"")
            return Looked(
                channel_id,
                bool(first),
                took(),
                answer.status,
                answer.content_type or None,
                "" if first else "The stream is empty.",
            )
    except FetchError as error:
        return Looked(channel_id, is_up=False, milliseconds=took(), message=str(error))
