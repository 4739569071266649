"""The path of live news: server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from mediatheque.areas.audit.routes.pulse import pulse_of
from mediatheque.areas.audit.schemas.activity import News, NewsRef
from mediatheque.core.context import NoSpaceError, ReadContext
from mediatheque.core.http import Client, Read, live, raises
from mediatheque.core.http.contexts import identify
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Row
from mediatheque.kit.errors import NotFoundError, NotSignedInError, RefusalError
from mediatheque.kit.sse import KEEP_ALIVE, Event

events = APIRouter(prefix="/events", tags=["audit"])

SILENCE_SECONDS = 15.0
"""After so long a comment is sent, and whoever listens is asked again who they are.

They are also asked at once when the space's members change.
"""
RETRY_MS = 2000


@events.get(
    "",
    summary="Live news of the space",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {"text/event-stream": {}},
            "description": "One message for each event; its `data` is a `News` as JSON. A message "
            "named `reset` says that more was missed than is told: load everything again.",
        },
        **raises(NoSpaceError, NotSignedInError, NotFoundError),
    },
)
async def watch(
    ctx: Read,
    request: Request,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> StreamingResponse:
    """Follow what happens in the space, from `Last-Event-ID` on when it is sent.

    Any member may; what an event is about is told only to those who may read the activity. The
    stream holds no connection to the database and ends when its listener's session does.
    """
    _ = ctx.user_id, ctx.space_id
    return live(request, _stream(ctx, request, last_event_id))


async def _stream(
    ctx: ReadContext, request: Request, last_event_id: str | None
) -> AsyncIterator[bytes]:
    after = int(last_event_id) if last_event_id and last_event_id.isdecimal() else None
    profile = ctx.actor.profile
    sees_all = ctx.may(Permission.ACTIVITY_READ) and not (profile and profile.is_limited)
    asked_at = time.monotonic()
    yield f"retry: {RETRY_MS}\n\n".encode()
    pulse = pulse_of(Client.of(request).database)
    async with aclosing(pulse.follow(ctx.space_id, after, SILENCE_SECONDS)) as followed:
        async for position, news in followed:
            if time.monotonic() - asked_at >= SILENCE_SECONDS or _is_about_members(news):
                if not await _is_still_here(request, ctx):
                    return
                asked_at = time.monotonic()
            yield _message(position, news, sees_all=sees_all)


def _message(position: int, news: list[Row] | None, *, sees_all: bool) -> bytes:
    if news is None:
        return Event({}, id=str(position), event="reset").encode()
    if not news:
        return KEEP_ALIVE
    return b"".join(
        Event(_news(row, sees_all=sees_all).model_dump(), id=str(row["position"])).encode()
        for row in news
    )


def _news(row: Row, *, sees_all: bool) -> News:
    area = row["kind"].partition(".")[0]
    if not sees_all:
        return News(position=row["position"], area=area)
    ref = NewsRef(kind=row["ref_kind"], id=row["ref_id"])
    return News(position=row["position"], area=area, kind=row["kind"], ref=ref)


def _is_about_members(news: list[Row] | None) -> bool:
    return any(row["kind"].startswith("spaces.member") for row in news or ())


async def _is_still_here(request: Request, ctx: ReadContext) -> bool:
    """Whether the credential still opens the space, with the same permissions and profile."""
    request.state.identity = None
    try:
        now = await identify(request)
    except RefusalError:
        return False
    is_here = now.space is not None and now.space.id == ctx.space_id
    return is_here and now.grants == ctx.grants and now.actor.profile == ctx.actor.profile
