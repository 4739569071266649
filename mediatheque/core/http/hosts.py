"""By which names the house may be called.

With a public address set, a request for any other name is refused (421, RFC 9110): a wrong ``Host``
would end in links of letters and in caches. Allowed are that address, its sub-domains (each can be
a space), ``allowed_hosts``, and the domains that areas know of (``extensions["http.hosts"]``).
Health is answered under every name, because probes know only addresses.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from mediatheque.core.http.networks import words
from mediatheque.core.http.raises import envelope
from mediatheque.kit.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

    Known = Callable[[Database], Awaitable[Sequence[str]]]

LOOK_EVERY: Final = 10.0
_EVERYWHERE = ("/health/",)


class UnknownHostError(RefusalError):
    """The house is not known by the name that the request gives."""

    status = 421
    code = "unknown_host"
    message = "This name is not one of the names of this house."


def bare(host: str) -> str:
    """A host header's name: lower case, without port, brackets and closing dot."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


class HostMiddleware:
    """Refuses requests for names that are not the house's."""

    def __init__(
        self, app: ASGIApp, settings: Settings, database: Database, known: Sequence[Known]
    ) -> None:
        self.app = app
        self._database = database
        self._known = known
        self._looked_at = -LOOK_EVERY
        self._domains: frozenset[str] = frozenset()
        public = bare(urlsplit(settings.public_url).netloc)
        self._names = {public, *map(bare, words(settings.allowed_hosts))} if public else set()
        self._roots = tuple(
            f".{one}" for one in (public, *_wildcards(settings.allowed_hosts)) if one and public
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if (
            not self._names
            or scope["type"] != "http"
            or scope["path"].startswith(_EVERYWHERE)
            or await self._is_ours(bare(Headers(scope=scope).get("host", "")))
        ):
            await self.app(scope, receive, send)
            return
        request_id = scope.get("state", {}).get("request_id", "")
        body = envelope(UnknownHostError(), request_id)
        await JSONResponse(body, status_code=UnknownHostError.status)(scope, receive, send)

    async def _is_ours(self, name: str) -> bool:
        if name in self._names or name.endswith(self._roots):
            return True
        if self._known and time.monotonic() - self._looked_at >= LOOK_EVERY:
            self._looked_at = time.monotonic()
            found = [one for ask in self._known for one in await ask(self._database)]
            self._domains = frozenset(map(bare, found))
        return name in self._domains


def _wildcards(text: str) -> list[str]:
    return [one[2:].lower() for one in words(text) if one.startswith("*.")]
