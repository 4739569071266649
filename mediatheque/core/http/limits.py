"""Rate limits on the paths where somebody could try things out."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request

from mediatheque.core.http.contexts import Client
from mediatheque.kit.errors import TooManyRequestsError
from mediatheque.kit.ratelimit import Rule

_V6_CUSTOMER = 64


async def limit(request: Request, rule: Rule, key: str) -> None:
    """Count one attempt of ``key``; refuse it when the rule allows no more of them."""
    decision = await Client.of(request).limiter.hit(key, rule)
    if not decision.allowed:
        raise TooManyRequestsError(
            details={"retry_after": decision.retry_after}, headers=decision.headers()
        )


def address_of(request: Request) -> str:
    """Who to count for: the address, or the /64 that one IPv6 customer has to themselves."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, _V6_CUSTOMER), strict=False))
    return host
