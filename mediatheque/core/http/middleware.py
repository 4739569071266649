"""What every request passes: an id, headers, a log line, and an answer even to a bug."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import structlog
from starlette.responses import JSONResponse

from mediatheque.core.http.policy import Policy
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mediatheque.core.settings import Settings
    from mediatheque.kit.ratelimit import Decision

log = structlog.get_logger()

SLOW_MS = 500
_NOT_KEPT = (b"cache-control", b"no-store")


class EdgeMiddleware:
    """Outermost: request id, security headers, timing, the envelope of a 500."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._policy = Policy(settings)

    def _complete(self, scope: Scope, message: Message, request_id: str) -> None:
        """Add the headers of every answer that it does not have: policy, tightest count, id."""
        given: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
        names = {name.lower() for name, _ in given}
        rate: Decision | None = scope["state"].get("rate")
        added = self._policy.headers(scope["scheme"])
        if rate is not None:
            counted = rate.headers().items()
            added = [*added, *((name.lower().encode(), one.encode()) for name, one in counted)]
        if scope["path"].startswith("/api/"):
            added = [*added, _NOT_KEPT]
        given += [one for one in added if one[0] not in names]
        given.append((b"x-request-id", request_id.encode()))
        message["headers"] = given

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid7().hex
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()
        status = 0

        async def forward(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._complete(scope, message, request_id)
            await send(message)

        try:
            await self.app(scope, receive, forward)
        except Exception:
            log.exception("request failed", path=scope["path"], request_id=request_id)
            if status:
                raise
            body: dict[str, Any] = {
                "error": {
                    "code": "internal_error",
                    "message": "Something went wrong on our side. It has been logged.",
                    "field": None,
                    "details": {},
                    "request_id": request_id,
                }
            }
            await JSONResponse(body, status_code=500)(scope, receive, forward)
        took = (time.perf_counter() - started) * 1000
        if took > SLOW_MS and not scope["path"].endswith("/events"):
            log.warning("slow request", path=scope["path"], ms=round(took), status=status)
