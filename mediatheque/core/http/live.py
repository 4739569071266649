"""Answers that stay open until their reader leaves or the process is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

from fastapi import Request
from fastapi.responses import StreamingResponse

from mediatheque.core.http.client import Client
from mediatheque.kit.sse import HEADERS, MEDIA_TYPE


def live(request: Request, messages: AsyncIterator[bytes]) -> StreamingResponse:
    """Answer with server-sent events (``kit.sse`` writes them).

    A server waits for its open answers before it stops; these end when it is told to, not when
    their readers leave.
    """
    ending = _until(Client.of(request).stopping, messages)
    return StreamingResponse(ending, media_type=MEDIA_TYPE, headers=HEADERS)


async def _until(stopping: asyncio.Event, messages: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    told = asyncio.ensure_future(stopping.wait())
    coming = asyncio.ensure_future(_next(messages))
    try:
        while True:
            await asyncio.wait({told, coming}, return_when=asyncio.FIRST_COMPLETED)
            if told.done():
                return
            chunk = coming.result()
            if chunk is None:
                return
            yield chunk
            coming = asyncio.ensure_future(_next(messages))
    finally:
        told.cancel()
        coming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await coming
        if isinstance(messages, AsyncGenerator):
            await messages.aclose()


async def _next(messages: AsyncIterator[bytes]) -> bytes | None:
    return await anext(messages, None)
