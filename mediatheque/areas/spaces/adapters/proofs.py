"""Looking for the proof that a host name is a space's: a file at a well-known address.

As RFC 8615 wants it, below ``/.well-known/``. Whoever can put it there rules over what the name
shows; the house itself never serves it, so pointing a name here proves nothing.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from mediatheque.kit.http import FetchError, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.kit.http import Fetcher

PATH: Final = "/.well-known/mediatheque-domain"
_LIMIT: Final = 4096
_SECONDS: Final = 10.0


def proof_of(token: str) -> str:
    """What the file holds."""
    return f"mediatheque-domain={token}"


def proof_url(host: str) -> str:
    """Where the file lies."""
    return f"https://{host}{PATH}"


async def is_proven(
    fetcher: Fetcher, host: str, token: str, schemes: Sequence[str] = ("https", "http")
) -> bool:
    """Whether the file is there and holds the proof; over TLS or without, no redirects."""
    for scheme in schemes:
        asked = Request(f"{scheme}://{host}{PATH}", limit=_LIMIT, seconds=_SECONDS, redirects=0)
        try:
            found = await fetcher.fetch(asked)
        except FetchError:
            continue
        if hmac.compare_digest(found.body.strip(), proof_of(token).encode()):
            return True
    return False
