"""The stream itself, behind a signed address: passed through, or led to.

Who has the address needs no login: televisions and casting devices send none. It names a playback
that can be ended, holds for hours, and is asked of at every piece. What a playlist leads to is
sealed into addresses of ours, so that nobody learns where the stream comes from.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from mediatheque.areas.watch.actions.playbacks import see
from mediatheque.areas.watch.queries.playbacks import find_behind
from mediatheque.areas.watch.routes.parts import HLS, signer
from mediatheque.areas.watch.rules.refusals import PlaybackEndedError, SourceFailedError
from mediatheque.core.context import Space
from mediatheque.core.edge import write_context
from mediatheque.core.http.client import Client
from mediatheque.core.http.limits import STREAM, address_of, limit
from mediatheque.core.stores import fetcher
from mediatheque.kit import hls
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.http import FetchError
from mediatheque.kit.http import Request as Asked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from mediatheque.areas.watch.rules.tokens import Ticket
    from mediatheque.kit.db import Database
    from mediatheque.kit.http import Answer

log = structlog.get_logger()
router = APIRouter(prefix="/live/{token}")

LONGEST_ENDING: Final = 5
"""Characters of a file's ending that are passed on."""
PLAYLIST_LIMIT: Final = 4 * 1024 * 1024
STREAM_LIMIT: Final = 1 << 50
STREAM_SECONDS: Final = 6 * 3600.0
SEEN_AFTER: Final = timedelta(seconds=15)
OPEN: Final = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
"""Casting devices and players of other sites may read it: the address is the secret."""
PASSED: Final = ("content-type", "content-length", "content-range", "accept-ranges", "etag")
_SEEING: set[asyncio.Task[None]] = set()


@router.get("/index.m3u8")
@router.get("/stream.ts")
async def open_stream(request: Request, token: str) -> Response:
    """The stream of a playback: its playlist, or its bytes."""
    ticket, found = await _behind(request, token)
    address = found["stream_url"]
    if Client.of(request).settings.stream_gateway == "redirect":
        return RedirectResponse(address, 302, headers={"cache-control": "no-store", **OPEN})
    return await _pass(request, token, ticket, address)


@router.get("/r/{sealed}/{name}")
async def open_piece(request: Request, token: str, sealed: str, name: str) -> Response:
    """What a playlist of the stream leads to: another playlist, a segment, a key."""
    ticket, _ = await _behind(request, token)
    address = signer(Client.of(request).settings).open(ticket, sealed)
    if address is None or not name:
        raise NotFoundError
    if request.url.query:  # blocking reloads of low-latency streams
        address += ("&" if "?" in address else "?") + request.url.query
    return await _pass(request, token, ticket, address)


async def _behind(request: Request, token: str) -> tuple[Ticket, dict[str, Any]]:
    """The playback of a token, if it may still be played; notes that it is."""
    client = Client.of(request)
    await limit(request, STREAM.rule(client.settings), address_of(request))
    ticket = signer(client.settings).read(token)
    if ticket is None:
        raise NotFoundError
    now = datetime.now(UTC)
    if ticket.expires_at <= now:
        raise PlaybackEndedError(headers=OPEN)
    found = await find_behind(client.database, ticket)
    if found is None or found["ended_at"] is not None or not found["stream_url"]:
        raise PlaybackEndedError(headers=OPEN)
    if now - found["last_seen_at"] > SEEN_AFTER:
        task = asyncio.get_running_loop().create_task(_see(client.database, ticket))
        _SEEING.add(task)
        task.add_done_callback(_SEEING.discard)
    return ticket, found


async def _see(database: Database, ticket: Ticket) -> None:
    """Count the playback as alive, on no request's way."""
    try:
        async with write_context(database, space=Space(ticket.space_id, "", "")) as ctx:
            await see(ctx, [ticket.playback_id])
    except Exception:
        log.warning("a playback was not seen", id=str(ticket.playback_id), exc_info=True)


async def _pass(request: Request, token: str, ticket: Ticket, address: str) -> Response:
    """Fetch, and pass on: playlists with our addresses in them, everything else as it comes."""
    client = Client.of(request)
    stack = contextlib.AsyncExitStack()
    wanted = {"range": request.headers["range"]} if "range" in request.headers else None
    asked = Asked(address, headers=wanted, limit=STREAM_LIMIT, seconds=STREAM_SECONDS)
    try:
        answer = await stack.enter_async_context(fetcher(client.settings).open(asked))
        chunks = aiter(answer.chunks)
        first = await anext(chunks, b"")
        if answer.content_type in hls.MEDIA_TYPES or hls.is_playlist(first[:64]):
            return await _playlist(client, token, ticket, answer, first)
    except FetchError as error:
        await stack.aclose()
        log.info("a stream's source failed", reason=error.code, playback=str(ticket.playback_id))
        raise SourceFailedError(details={"reason": error.code}, headers=OPEN) from error
    except BaseException:
        await stack.aclose()
        raise
    headers = {name: answer.headers[name] for name in PASSED if name in answer.headers}
    if "content-encoding" in answer.headers:
        headers.pop("content-length", None)
    return StreamingResponse(
        _rest(stack, first, chunks, ticket.playback_id),
        status_code=answer.status,
        headers={**headers, "cache-control": "private, max-age=60", **OPEN},
    )


async def _playlist(
    client: Client, token: str, ticket: Ticket, answer: Answer, first: bytes
) -> Response:
    body = first
    async for chunk in answer.chunks:
        body += chunk
        if len(body) > PLAYLIST_LIMIT:
            raise FetchError("too_large", "The playlist is too large.")
    seals = signer(client.settings)

    def through(uri: str) -> str:
        if not uri.startswith(("http://", "https://")):
            return "about:blank"
        plain = uri.split("?", 1)[0].rsplit("/", 1)[-1]
        ending = plain.rsplit(".", 1)[-1].lower() if "." in plain else ""
        name = f"p.{ending}" if ending.isalnum() and len(ending) <= LONGEST_ENDING else "p"
        return f"/live/{token}/r/{seals.seal(ticket, uri)}/{name}"

    made = hls.rewrite(body.decode("utf-8-sig", "replace"), answer.url, through)
    return Response(made, media_type=HLS, headers={"cache-control": "no-store", **OPEN})


async def _rest(
    stack: contextlib.AsyncExitStack, first: bytes, chunks: AsyncIterator[bytes], playback: UUID
) -> AsyncIterator[bytes]:
    async with stack:
        try:
            if first:
                yield first
            async for chunk in chunks:
                yield chunk
        except FetchError as error:
            log.info("a stream broke off", reason=error.code, playback=str(playback))
