"""What every request passes: an id, headers, a log line, and an answer even to a bug."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse

from mediatheque.core.http.policy import Policy
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mediatheque.core.settings import Settings
    from mediatheque.kit.ratelimit import Decision

log = structlog.get_logger()

SLOW_MS = 500


class EdgeMiddleware:
    """Outermost: request id, security headers, timing, the envelope of a 500."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._policy = Policy(settings)

    def _added(self, scope: Scope) -> dict[str, str]:
        """Headers of every answer: the policy, and how the tightest count stands."""
        rate: Decision | None = scope["state"].get("rate")
        return self._policy.headers(scope["scheme"]) | (rate.headers() if rate else {})

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
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in self._added(scope).items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("cache-control", "no-store")
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
