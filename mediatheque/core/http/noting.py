"""Requests that the audit trail notes: which, and how many at most.

By ``MEDIATHEQUE_AUDIT_MODE``: ``off``; ``failures`` are all that were refused or broke;
``mutations`` also those that may change something; ``all`` every request to the API. A read by
somebody who gave no credential at all and was asked to sign in is no failure: nothing was tried.

The note is written after the answer was sent, in a transaction of its own. Of each address a
minute, and of all together an hour, only so many are written, so that nobody fills the disk; how
many were left out stands in the next note of the same address.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import structlog

from mediatheque.core.context import ANONYMOUS, Actor
from mediatheque.core.http.limits import grouped
from mediatheque.core.journal import BAD_REQUEST, RequestNote, note_request
from mediatheque.kit.ratelimit import RateLimiter, Rule

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mediatheque.core.context import Space
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

log = structlog.get_logger()

READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
PREFIX: Final = "/api/"
UNAUTHORIZED: Final = 401
HOUR: Final = 3600
MINUTE: Final = 60
REMEMBERED: Final = 10_000
_SHOWN_SEGMENTS: Final = 5


class NotingMiddleware:
    """Inside the edge, which gives requests their ids and makes answers of faults."""

    def __init__(
        self, app: ASGIApp, settings: Settings, database: Database, limiter: RateLimiter
    ) -> None:
        self.app = app
        self._mode = settings.audit_mode
        self._database = database
        self._limiter = limiter
        self._of_address = Rule("audit_address", settings.audit_notes_per_minute, MINUTE)
        self._of_all = Rule("audit_all", settings.audit_notes_per_hour, HOUR)
        self._left_out: OrderedDict[str, int] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through and note it."""
        if scope["type"] != "http" or self._mode == "off" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        status = 0

        async def forward(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, forward)
        except Exception:
            await self._note(scope, 500)
            raise
        await self._note(scope, status)

    async def _note(self, scope: Scope, status: int) -> None:
        if not self._is_noted(scope, status):
            return
        actor, space = _who(scope)
        suppressed = await self._turn(actor.ip, is_failure=status >= BAD_REQUEST)
        if suppressed is None:
            return
        route, params = _where(scope)
        code = str(scope["state"].get("refusal", ""))
        note = RequestNote(scope["method"], route, status, code, params, suppressed)
        try:
            await note_request(self._database, actor, space, note)
        except Exception:
            log.exception("a request could not be noted", request_id=actor.request_id)

    def _is_noted(self, scope: Scope, status: int) -> bool:
        if status >= BAD_REQUEST:
            return status != UNAUTHORIZED or scope["method"] not in READS or _gave_credential(scope)
        if self._mode == "mutations":
            return scope["method"] not in READS
        return self._mode == "all" and status > 0

    async def _turn(self, address: str, *, is_failure: bool) -> int | None:
        """How many of this address were left out so far; None if this one is, too."""
        key = grouped(address)
        if is_failure:
            own = await self._limiter.hit(key, self._of_address)
            if not own.allowed or not (await self._limiter.hit("", self._of_all)).allowed:
                self._left_out[key] = self._left_out.pop(key, 0) + 1
                if len(self._left_out) > REMEMBERED:
                    self._left_out.popitem(last=False)
                return None
        return self._left_out.pop(key, 0)


def _gave_credential(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"authorization" in names or b"cookie" in names


def _who(scope: Scope) -> tuple[Actor, Space | None]:
    """Who asked in which space, as far as that was found out."""
    state: dict[str, Any] = scope["state"]
    identity = state.get("identity")
    if identity is not None:
        return identity.actor, identity.space
    headers = dict(scope["headers"])
    client = scope.get("client")
    return Actor(
        ANONYMOUS.kind,
        request_id=state.get("request_id", ""),
        ip=client[0] if client else "",
        user_agent=headers.get(b"user-agent", b"").decode("latin-1")[:400],
    ), None


def _where(scope: Scope) -> tuple[str, dict[str, str]]:
    """The path's pattern and the ids in it; of a path that nobody answers only its beginning."""
    pattern = scope["state"].get("route") or getattr(scope.get("route"), "path", None)
    if pattern is None:
        shown = scope["path"].split("/")[: _SHOWN_SEGMENTS - 1]
        return "/".join(one[:40] for one in shown) + "/…", {}
    params = {
        name: str(value) for name, value in scope.get("path_params", {}).items() if _is_id(value)
    }
    return str(pattern), params


def _is_id(value: object) -> bool:
    """Whether it is a plain id: what else stands in a path may be a secret."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
