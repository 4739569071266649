"""Listening to a stream as a browser does."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, MutableMapping

    from fastapi import FastAPI


@dataclass(slots=True)
class Listener:
    """A stream of server-sent events, parsed."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    lines: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    rest: bytes = b""

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Take what the application sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {key.decode(): value.decode() for key, value in message["headers"]}
            self.started.set()
        else:
            if message.get("body"):
                await self.lines.put(message["body"])
            if not message.get("more_body"):
                await self.lines.put(None)

    async def message(self, seconds: float = 5) -> dict[str, Any] | None:
        """The next message (comments and `retry` left out); None at the end of the stream."""
        async with asyncio.timeout(seconds):
            while True:
                while b"\n\n" not in self.rest:
                    chunk = await self.lines.get()
                    if chunk is None:
                        return None
                    self.rest += chunk
                block, _, self.rest = self.rest.partition(b"\n\n")
                fields = dict(
                    line.split(": ", 1) for line in block.decode().split("\n") if line[:1] != ":"
                )
                if "data" in fields:
                    return {**fields, "data": orjson.loads(fields["data"])}

    async def silence(self, seconds: float) -> bool:
        """Whether nothing comes for a while."""
        try:
            await self.message(seconds)
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def listening(app: FastAPI, path: str, **headers: str) -> AsyncIterator[Listener]:
    """A request that stays open, which the clients of the other tests cannot do."""
    listener = Listener()
    left = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
        "state": {},
    }
    task = asyncio.ensure_future(app(scope, receive, listener.send))
    try:
        await asyncio.wait_for(listener.started.wait(), 5)
        yield listener
    finally:
        left.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(task, 5)
