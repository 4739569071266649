"""Signed addresses of streams: whose, of what, until when; and what lies behind them, sealed.

The keys are derived from the house's master key for this use alone: what signs a stream signs no
session. A token is a playback, its space and an end in seconds, with HMAC-SHA-256 cut to 128 bits.
The addresses behind it, which may hold a provider's password, are encrypted with AES-GCM; the
nonce is derived from the address, so that the same piece has the same address at every look.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS: Final = b"mediatheque playback token v1"
_SEALS: Final = b"mediatheque playback address v1"
_TAG: Final = 16
_NONCE: Final = 12
_BODY: Final = struct.Struct(">16s16sI")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a signed address says."""

    playback_id: UUID
    space_id: UUID
    expires_at: datetime


class Signer:
    """Signs and checks with the house's keys: the first signs, all are checked."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._signing = [hmac.digest(key, _SIGNS, "sha256") for key in keys]
        self._naming = [hmac.digest(key, _SEALS + b" nonce", "sha256") for key in keys]
        self._sealing = [AESGCM(hmac.digest(key, _SEALS, "sha256")) for key in keys]

    def sign(self, ticket: Ticket) -> str:
        """The token of a ticket, 70 URL-safe characters."""
        body = _BODY.pack(
            ticket.playback_id.bytes, ticket.space_id.bytes, int(ticket.expires_at.timestamp())
        )
        return _text(body + _tag(self._signing[0], body))

    def read(self, token: str) -> Ticket | None:
        """The ticket of a token of ours, also when it has run out; None for any other."""
        data = _bytes(token)
        if data is None or len(data) != _BODY.size + _TAG:
            return None
        body, tag = data[:-_TAG], data[-_TAG:]
        if not any([hmac.compare_digest(_tag(key, body), tag) for key in self._signing]):  # noqa: C419  (all, for the time it takes)
            return None
        playback, space, until = _BODY.unpack(body)
        return Ticket(UUID(bytes=playback), UUID(bytes=space), datetime.fromtimestamp(until, UTC))

    def seal(self, ticket: Ticket, address: str) -> str:
        """An address behind a ticket, for its holder to send back and not to read."""
        plain, about = address.encode(), ticket.playback_id.bytes
        nonce = hmac.digest(self._naming[0], about + plain, "sha256")[:_NONCE]
        return _text(nonce + self._sealing[0].encrypt(nonce, plain, about))

    def open(self, ticket: Ticket, sealed: str) -> str | None:
        """The address again; None for what this ticket's holder was not given."""
        data = _bytes(sealed)
        if data is None or len(data) <= _NONCE + _TAG:
            return None
        for box in self._sealing:
            try:
                plain = box.decrypt(data[:_NONCE], data[_NONCE:], ticket.playback_id.bytes)
            except InvalidTag:
                continue
            return plain.decode()
        return None


def _tag(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_TAG]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
