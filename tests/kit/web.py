"""A web server that says what it is told, and a resolver that knows what it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from mediatheque.kit.http import Fetcher, FetchError, Request

LOCAL = ("127.0.0.0/8",)
Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve on a free port of 127.0.0.1; the handler gets the request's head."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await handler(head, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def saying(*answers: bytes) -> Handler:
    waiting = list(answers)

    async def handle(head: bytes, writer: asyncio.StreamWriter) -> None:
        del head
        writer.write(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return handle


def names(**known: str | list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    async def resolve(host: str, port: int) -> list[str]:
        del port
        found = known.get(host.partition(".")[0])
        if found is None:
            raise OSError(-2, "Name or service not known")
        return [found] if isinstance(found, str) else found

    return resolve


async def refused(fetcher: Fetcher, request: Request | str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(request)
    await fetcher.close()
    return caught.value
