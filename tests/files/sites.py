"""Other applications over the same database, and a site on this machine."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from httpx import ASGITransport, AsyncClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.house import Member


@asynccontextmanager
async def as_owner(app: object, owner: Member) -> AsyncIterator[AsyncClient]:
    """The owner's session on another application over the same database."""
    async with AsyncClient(
        transport=ASGITransport(app=app, raise_app_exceptions=False),  # type: ignore[arg-type]  # any application
        base_url="http://test",
        cookies=owner.client.cookies,
        headers=owner.client.headers,
    ) as client:
        yield client


@asynccontextmanager
async def web(answer: Callable[[str], Awaitable[bytes]]) -> AsyncIterator[str]:
    """A site on this machine; ``answer`` maps a path to the bytes of its picture."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        body = await answer(request.split(b" ")[1].decode())
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}"
    finally:
        running.close()
        await running.wait_closed()
