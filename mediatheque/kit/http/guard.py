"""Which addresses may be called: public ones, and those that are explicitly allowed.

After the IANA special-purpose address registries (RFC 6890 and its successors). The address that
was looked at is the one connected to, so a name that changes its answer gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final, TypeAlias

import httpcore

from mediatheque.kit.http.errors import FetchError

Address: TypeAlias = IPv4Address | IPv6Address
Resolver: TypeAlias = Callable[[str, int], Awaitable[list[str]]]

_CLOSED_4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local, and the metadata of clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_OPEN_6: Final = IPv6Network("2000::/3")  # the only space that is given out to hosts
_CLOSED_6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo
            "2001:db8::/32",
            "2002::/16",  # 6to4 carries an IPv4 address
            "3fff::/20",
        ),
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Tell whether an address is one that anybody on the Internet may have."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


class Guard:
    """Decides about a host; `allow` holds networks ("10.1.0.0/16", "::1") and host names."""

    def __init__(self, allow: Iterable[str] = (), *, resolver: Resolver | None = None) -> None:
        self._names: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        self._resolve = resolver or system_resolver
        for entry in allow:
            try:
                self._networks.append(ip_network(entry))
            except ValueError:
                self._names.add(entry.lower().rstrip("."))

    async def addresses(self, host: str, port: int) -> list[str]:
        """Resolve a host to the addresses that may be connected to.

        FetchError `dns_failed` or `forbidden_address`. One forbidden address among several
        forbids the host: nobody serves the public from such a set.
        """
        found = await self._lookup(host, port)
        if host.lower().rstrip(".") not in self._names:
            for address in found:
                if not self.allows(address):
                    raise FetchError(
                        "forbidden_address", f"{host} is a private or reserved address.", host=host
                    )
        return [str(address) for address in found]

    def allows(self, address: Address) -> bool:
        """Tell whether an address is public or in an allowed network."""
        plain = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        shapes = (address,) if plain is None else (address, plain)
        if any(shape in network for network in self._networks for shape in shapes):
            return True
        return is_public(address)

    async def _lookup(self, host: str, port: int) -> list[Address]:
        try:
            return [ip_address(host)]
        except ValueError:
            pass
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError("dns_failed", f"{host} is not known.", host=host) from error
        if not found:
            raise FetchError("dns_failed", f"{host} has no address.", host=host)
        return [ip_address(address) for address in found]


async def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system; each address once, in its order."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for the HTTP library, after asking the guard, to the address it gave."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the library's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of the host's addresses that answers."""
        last: Exception | None = None
        for address in await self._guard.addresses(host, port):
            try:
                return await self._network.connect_tcp(
                    address,
                    port,
                    timeout=timeout,
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError("No address to connect to.")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  the library's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: nothing outside is reached by a socket of this machine."""
        del timeout, socket_options
        raise FetchError("forbidden_address", f"{path} is a socket of this machine.")

    async def sleep(self, seconds: float) -> None:
        """Wait between attempts."""
        await self._network.sleep(seconds)
