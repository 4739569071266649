"""Who really asks, where trusted proxies stand before us.

``X-Forwarded-For``, ``-Proto`` and ``-Host`` are what anybody can write. They count only when the
connection comes from a network that the setting ``trusted_proxies`` names. Each proxy adds the
address it saw at the right, so the rightmost one that is no trusted proxy is the client; whatever
stands further left was written by the client.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

import structlog

from mediatheque.core.http.networks import Network, is_within, networks, words

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

log = structlog.get_logger()

_OURS = networks("127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7")
FORWARDED = frozenset(
    {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port"}
)


class ProxyMiddleware:
    """Outermost: replaces the connection's address, scheme and host by the client's."""

    def __init__(self, app: ASGIApp, trusted: str) -> None:
        self.app = app
        self._trusted = networks(trusted)
        self._has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] in {"http", "websocket"}:
            found = resolved(scope, self._trusted)
            if found is not scope:
                self._warn(scope)
            scope = found
        await self.app(scope, receive, send)

    def _warn(self, scope: Scope) -> None:
        """Say once that everybody behind a proxy of our own shares one address."""
        peer = scope.get("client")
        if self._has_warned or peer is None or is_within(peer[0], self._trusted):
            return
        if is_within(peer[0], _OURS):
            self._has_warned = True
            log.warning(
                "a proxy that is not in MEDIATHEQUE_TRUSTED_PROXIES passes requests on: all of "
                "them count as one address",
                proxy=peer[0],
            )


def resolved(scope: Scope, trusted: tuple[Network, ...]) -> Scope:
    """The scope as the client made it; the forwarding headers are gone from it."""
    told: dict[bytes, list[str]] = {}
    kept: list[tuple[bytes, bytes]] = []
    for name, value in scope["headers"]:
        if name in FORWARDED:
            told.setdefault(name, []).extend(words(value.decode("latin-1")))
        else:
            kept.append((name, value))
    if not told:
        return scope
    found: dict[str, Any] = dict(scope) | {"headers": kept}
    peer = scope.get("client")
    if peer is None or not is_within(peer[0], trusted):
        return found
    address = _client(told.get(b"x-forwarded-for", []), trusted)
    if address:
        found["client"] = (address, 0)
    if scheme := told.get(b"x-forwarded-proto", [""])[-1].lower():
        found["scheme"] = scheme if scheme in {"http", "https"} else found["scheme"]
    if host := told.get(b"x-forwarded-host", [""])[-1]:
        others = [(name, value) for name, value in kept if name != b"host"]
        found["headers"] = [(b"host", host.encode("latin-1")), *others]
    return found


def _client(chain: list[str], trusted: tuple[Network, ...]) -> str:
    """The rightmost address that is no trusted proxy; of trusted ones only, the leftmost."""
    found = ""
    for entry in reversed(chain):
        address = _bare(entry)
        if address is None:
            break
        found = address
        if not is_within(address, trusted):
            break
    return found


def _bare(entry: str) -> str | None:
    """An address without port and brackets (``1.2.3.4:80``, ``[::1]:80``); None if it is none."""
    text = entry.strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
