"""How often something may be asked: every class of requests, declared once.

The counts are kept by one authority (:class:`mediatheque.kit.ratelimit.RateLimiter`): this
process, or Redis for all processes. Counting asks PostgreSQL nothing. Each answer that was
counted carries ``X-RateLimit-Limit``, ``-Remaining`` and ``-Reset``, a refused one ``Retry-After``
too; where several counts apply, those of the tightest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fastapi import Request

from mediatheque.core.http.client import Client
from mediatheque.kit.errors import TooManyRequestsError
from mediatheque.kit.ratelimit import Decision, Rule

if TYPE_CHECKING:
    from mediatheque.core.module import Identity
    from mediatheque.core.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

MINUTE: Final = 60
HOUR: Final = 3600
_V6_CUSTOMER: Final = 64
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Rate:
    """A class of requests: the setting with its amount, and in which time. 0 is no limit."""

    name: str
    amount: Callable[[Settings], int]
    seconds: int = MINUTE

    def rule(self, settings: Settings) -> Rule:
        """The rule as it is set."""
        return Rule(self.name, self.amount(settings), self.seconds)


ANONYMOUS = Rate("anonymous", lambda chosen: chosen.requests_per_minute)
"""Whatever somebody asks who is not signed in, by address."""
SIGN_IN = Rate("sign_in", lambda chosen: chosen.sign_in_per_minute)
"""Attempts with a password, by address and account."""
SECOND_FACTOR = Rate("second_factor", lambda chosen: chosen.second_factor_per_minute)
"""Attempts with a code, by account."""
PASSWORD_RESET = Rate("password_reset", lambda chosen: chosen.password_resets_per_hour, HOUR)
"""Letters with a link to a new password, by e-mail address."""
PIN = Rate("pin", lambda chosen: chosen.pins_per_minute)
"""Attempts with PINs of profiles, by account; each profile has a lock of its own besides."""
SIGN_OUT = Rate("sign_out", lambda chosen: chosen.sign_outs_per_minute)
SIGN_OUT_EVERYWHERE = Rate(
    "sign_out_everywhere", lambda chosen: chosen.sign_outs_everywhere_per_minute
)
SESSION_LIST = Rate("session_list", lambda chosen: chosen.session_lists_per_minute)
READ = Rate("read", lambda chosen: chosen.reads_per_minute)
WRITE = Rate("write", lambda chosen: chosen.writes_per_minute)
SEARCH = Rate("search", lambda chosen: chosen.searches_per_minute)
UPLOAD = Rate("upload", lambda chosen: chosen.uploads_per_minute)
EXPORT = Rate("export", lambda chosen: chosen.exports_per_minute)
STREAM = Rate("stream", lambda chosen: chosen.streams_per_minute)
"""Pieces of a stream and its playlists, by address: players ask every few seconds."""

RATES: Final = (
    ANONYMOUS, SIGN_IN, SECOND_FACTOR, PASSWORD_RESET, PIN, SIGN_OUT, SIGN_OUT_EVERYWHERE,
    SESSION_LIST, READ, WRITE, SEARCH, UPLOAD, EXPORT, STREAM,
)  # fmt: skip


def rated(rate: Rate) -> Callable[[F], F]:
    """Put a route's function into a class; without it, its method decides: reading or writing."""

    def declare(endpoint: F) -> F:
        endpoint.__rate__ = rate  # type: ignore[attr-defined]  # read at each request
        return endpoint

    return declare


def rate_of(request: Request) -> Rate:
    """The class of a request, by its route's declaration or its method."""
    declared = getattr(request.scope.get("endpoint"), "__rate__", None)
    if isinstance(declared, Rate):
        return declared
    return READ if request.method in _READS else WRITE


async def limit(request: Request, rule: Rule, key: str) -> None:
    """Count one attempt of ``key``; refuse it when the rule allows no more of them."""
    if rule.amount <= 0:
        return
    decision = await Client.of(request).limiter.hit(key, rule)
    _remember(request, decision)
    if not decision.allowed:
        raise TooManyRequestsError(
            details={"retry_after": decision.retry_after}, headers=decision.headers()
        )


def _remember(request: Request, decision: Decision) -> None:
    """Keep the tightest count of a request for the headers of its answer."""
    known = getattr(request.state, "rate", None)
    if known is None or decision.remaining <= known.remaining:
        request.state.rate = decision


async def count(request: Request, identity: Identity) -> None:
    """Count a request for who asks it: a person over all their sessions, a stranger's address.

    A key with a limit of its own is counted by itself.
    """
    settings, rate = Client.of(request).settings, rate_of(request)
    actor = identity.actor
    if actor.id is None:
        chosen = rate if rate is STREAM else ANONYMOUS
        await limit(request, chosen.rule(settings), address_of(request))
    elif identity.requests_per_minute and actor.credential_id is not None:
        own = Rule("key", identity.requests_per_minute, MINUTE)
        await limit(request, own, str(actor.credential_id))
    else:
        await limit(request, rate.rule(settings), str(actor.id))


def address_of(request: Request) -> str:
    """Who to count for: the address, or the /64 that one IPv6 customer has to themselves."""
    return grouped(request.client.host if request.client else "")


def grouped(host: str) -> str:
    """An address, or the /64 it belongs to."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, _V6_CUSTOMER), strict=False))
    return host
