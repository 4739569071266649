"""Lists of networks, as settings write them."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Network: TypeAlias = IPv4Network | IPv6Network


def words(text: str) -> tuple[str, ...]:
    """The parts of a list with commas or spaces."""
    return tuple(text.replace(",", " ").split())


def networks(text: str) -> tuple[Network, ...]:
    """The networks of a list such as ``10.0.0.0/8, ::1``; ValueError for anything else."""
    return tuple(ip_network(one, strict=False) for one in words(text))


def is_within(host: str, known: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks; a name or nothing never does."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in known)
