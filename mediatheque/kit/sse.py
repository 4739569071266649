"""Server-sent events (HTML Living Standard, section 9.2): one event as text, a stream of them.

What a route answers with: `StreamingResponse(stream(events), media_type=MEDIA_TYPE,
headers=HEADERS)`. A stream holds no database session; whatever makes the events sees to that.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

MEDIA_TYPE: Final = "text/event-stream"
# Proxies (nginx by its own header) would otherwise collect the events and send them late.
HEADERS: Final = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
KEEP_ALIVE: Final = b": keep-alive\n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """One message; `data` is text, or anything orjson writes (sent as JSON).

    `id` comes back as `Last-Event-ID` when the browser reconnects, `event` is the name listened
    for ("message" if None), `retry` the milliseconds a browser waits before it reconnects.
    """

    data: Any
    id: str | None = None
    event: str | None = None
    retry: int | None = None

    def encode(self) -> bytes:
        """Write the event as it goes over the wire; ValueError for a line break in id or name."""
        lines = []
        for name, value in (("id", self.id), ("event", self.event)):
            if value is None:
                continue
            if any(sign in value for sign in "\r\n\x00"):
                raise ValueError(f"No line break may stand in the {name} of an event.")
            lines.append(f"{name}: {value}")
        if self.retry is not None:
            lines.append(f"retry: {self.retry}")
        text = self.data if isinstance(self.data, str) else orjson.dumps(self.data).decode()
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            lines.append(f"data: {line}")  # noqa: PERF401  one line of data each
        return ("\n".join(lines) + "\n\n").encode()


async def stream(
    events: AsyncIterator[Event], *, keep_alive: float = 15.0, retry: int | None = None
) -> AsyncIterator[bytes]:
    """Encode events as they come, with a comment every `keep_alive` seconds of silence.

    Ends when the events end, and closes them when the reader goes away. `retry` is sent first.
    """
    if retry is not None:
        yield f"retry: {retry}\n\n".encode()
    waiting = asyncio.ensure_future(_next(events))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=keep_alive)
            if not done:
                yield KEEP_ALIVE
                continue
            event = waiting.result()
            if event is None:
                return
            yield event.encode()
            waiting = asyncio.ensure_future(_next(events))
    finally:
        waiting.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await waiting
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()


async def _next(events: AsyncIterator[Event]) -> Event | None:
    """Give the next event, or None at the end (a task may not raise StopAsyncIteration)."""
    return await anext(events, None)
