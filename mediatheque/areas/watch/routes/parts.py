"""What the routes of playing share: the signer, and addresses as the outside sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.watch.rules.tokens import Signer
from mediatheque.core.http.client import Client
from mediatheque.core.keys import keyring

if TYPE_CHECKING:
    from fastapi import Request

    from mediatheque.areas.watch.rules.tokens import Ticket
    from mediatheque.core.settings import Settings

HLS = "application/vnd.apple.mpegurl"
TRANSPORT = "video/mp2t"
_SIGNERS: dict[tuple[bytes, ...], Signer] = {}


def signer(settings: Settings) -> Signer:
    """The signer of the house's present keys."""
    keys = keyring(settings).keys
    if keys not in _SIGNERS:
        _SIGNERS.clear()
        _SIGNERS[keys] = Signer(keys)
    return _SIGNERS[keys]


def base_of(request: Request) -> str:
    """The address by which the house is asked, without a slash at the end."""
    settings = Client.of(request).settings
    return settings.base_url if settings.public_url else str(request.base_url).rstrip("/")


def is_hls(address: str) -> bool:
    """Whether an address says of itself that it is a playlist."""
    return address.split("?", 1)[0].split("#", 1)[0].lower().endswith((".m3u8", ".m3u"))


def address_of_stream(request: Request, ticket: Ticket, stream: str) -> tuple[str, str]:
    """The signed address of a playback, and its media type."""
    token = signer(Client.of(request).settings).sign(ticket)
    if is_hls(stream):
        return f"{base_of(request)}/live/{token}/index.m3u8", HLS
    return f"{base_of(request)}/live/{token}/stream.ts", TRANSPORT
