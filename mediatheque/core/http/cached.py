"""Answers that hold as long as their space does not change: an ETag, and bytes kept in memory.

Every write of a space moves its version, so an answer is known by the version, who may see it
and what was asked; nothing has to be thrown away by hand.
"""

from __future__ import annotations

import asyncio
from hashlib import blake2b
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from mediatheque.core.http.compressing import LARGE
from mediatheque.core.permissions import Permission
from mediatheque.kit.gzipped import gzipped
from mediatheque.kit.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mediatheque.core.context import ReadContext

MOST_BYTES: Final = 32 * 1024 * 1024
DAY: Final = 86_400
MINUTE: Final = 60
HEADERS: Final = {
    "cache-control": "private, no-cache",
    "vary": "Authorization, Cookie, X-Space, Accept-Encoding",
}
ANSWERS = Kept(MOST_BYTES)


class CachedAnswers:
    """The answers to one request's address."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def answer(  # noqa: PLR0913  (each says one thing of how an answer is kept)
        self,
        ctx: ReadContext,
        make: Callable[[], Awaitable[BaseModel]],
        *,
        is_shared: bool = False,
        write: Callable[[BaseModel], bytes] | None = None,
        holds: Callable[[BaseModel], bool] | None = None,
        turns: int | None = None,
    ) -> Response:
        """The answer from memory, or made now; 304 if the client has it.

        ``is_shared``: it is the same for everybody with the same permissions. ``write`` turns it
        into JSON, ``holds`` says whether it may be kept at all. What depends on the time (windows
        of availability, due dates) turns with the day for those who see drafts, and with the
        minute for the others; or for all every ``turns`` seconds.
        """
        tag = self._tag(ctx, is_shared=is_shared, turns=turns)
        if tag is None:
            return self._send(_json(await make(), write))
        if self._request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag, **HEADERS})
        body = ANSWERS.get((tag, self._takes_gzip))
        if body is None:
            made = await make()
            body = _json(made, write)
            if holds is not None and not holds(made):
                return self._send(body)
            body = await _packed(body) if self._takes_gzip else body
            ANSWERS.put((tag, self._takes_gzip), body)
        encoding = {"content-encoding": "gzip"} if self._takes_gzip else {}
        return self._send(body, {"etag": tag, **HEADERS, **encoding})

    @staticmethod
    def _send(body: bytes, headers: dict[str, str] | None = None) -> Response:
        return Response(body, media_type="application/json", headers=headers)

    @property
    def _takes_gzip(self) -> bool:
        """Whether the client takes it compressed; kept so, it is compressed once."""
        return "gzip" in self._request.headers.get("accept-encoding", "")

    def _tag(self, ctx: ReadContext, *, is_shared: bool, turns: int | None) -> str | None:
        """A weak validator (the body may be compressed); none where there is no version."""
        if ctx.space is None or not ctx.space.version:
            return None
        slice_ = turns or (DAY if ctx.may(Permission.CATALOG_DRAFT_READ) else MINUTE)
        known = (
            str(ctx.space.id),
            str(ctx.space.version),
            str(int(ctx.now.timestamp()) // slice_),
            "" if is_shared else str(ctx.actor.id),
            _limit(ctx),
            *sorted(ctx.grants),
            *sorted(f"{flag}={is_on}" for flag, is_on in ctx.space.flags.items()),
            *sorted(f"{one} {thing}" for one, held in ctx.narrow.items() for thing in held),
            self._request.url.path,
            self._request.url.query,
        )
        digest = blake2b("\n".join(known).encode(), digest_size=18).hexdigest()
        return f'W/"{digest}"'


async def _packed(body: bytes) -> bytes:
    """Compressed; what is large beside other requests, not before them."""
    if len(body) < LARGE:
        return gzipped(body)
    return await asyncio.to_thread(gzipped, body)


def _json(made: BaseModel, write: Callable[[BaseModel], bytes] | None) -> bytes:
    return write(made) if write else made.model_dump_json().encode()


def _limit(ctx: ReadContext) -> str:
    """What tells the answers of profiles apart: nothing but what is kept from them."""
    profile = ctx.actor.profile
    if profile is None or not profile.is_limited:
        return ""
    return f"{profile.maturity_limit}{'+' if profile.shows_unknown else ''}"


async def _cached(request: Request) -> CachedAnswers:
    # Not for waiting: FastAPI runs what is not asynchronous in a thread.
    return CachedAnswers(request)


Cached = Annotated[CachedAnswers, Depends(_cached)]
"""Answers kept by the version of the space."""
