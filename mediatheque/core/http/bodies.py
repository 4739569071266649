"""How large a body may be, and how long it may take to come.

Counted as it comes, so that a body without a declared length is stopped too. Files have larger
limits of their own: their routes stop them at the exact byte, this is the outer bound.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from mediatheque.core.http.raises import envelope
from mediatheque.kit.errors import RefusalError, TooLargeError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mediatheque.core.settings import Settings

MB: Final = 1024 * 1024
FORM_OVERHEAD: Final = MB


class SlowBodyError(RefusalError):
    """The sender paused for too long in the middle of a body."""

    status = 408
    code = "slow_body"
    message = "The rest of the request did not come in time."


class BodyLimitMiddleware:
    """Stops bodies that are too large or never end."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._small = settings.body_limit_mb * MB
        largest = max(settings.upload_limit_mb, settings.image_limit_mb)
        self._large = largest * MB + FORM_OVERHEAD
        self._pause = settings.body_timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        bound = self._large if kind == "multipart/form-data" else self._small
        body = _Body(receive, send, bound, self._pause)
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > bound:
            body.refusal = _too_large(bound)
        else:
            try:
                await self.app(scope, body.receive, body.send)
            except RefusalError:
                if body.refusal is None:
                    raise
        if body.refusal is not None and not body.is_answered:
            await _refuse(body.refusal, scope, receive, send)


class _Body:
    """One request's body as it comes, and whether its answer has begun."""

    def __init__(self, receive: Receive, send: Send, bound: int, pause: float) -> None:
        self._receive = receive
        self._send = send
        self._bound = bound
        self._pause = pause
        self._size = 0
        self._is_complete = False
        self.refusal: RefusalError | None = None
        self.is_answered = False

    async def receive(self) -> Message:
        if self._is_complete:
            return await self._receive()
        try:
            async with asyncio.timeout(self._pause):
                message = await self._receive()
        except TimeoutError:
            self.refusal = SlowBodyError()
            raise self.refusal from None
        self._size += len(message.get("body", b""))
        self._is_complete = not message.get("more_body", False)
        if self._size > self._bound:
            self.refusal = _too_large(self._bound)
            raise self.refusal
        return message

    async def send(self, message: Message) -> None:
        # A framework that reads the body calls our refusal a malformed body; it is not.
        if self.refusal is None or self.is_answered:
            self.is_answered = True
            await self._send(message)


async def _refuse(refusal: RefusalError, scope: Scope, receive: Receive, send: Send) -> None:
    body = envelope(refusal, scope.get("state", {}).get("request_id", ""))
    headers = {"connection": "close"} if scope["http_version"].startswith("1") else {}
    answer = JSONResponse(body, status_code=refusal.status, headers=headers)
    await answer(scope, receive, send)


def _too_large(limit: int) -> TooLargeError:
    return TooLargeError(f"The body is larger than {limit // MB} MB.")
