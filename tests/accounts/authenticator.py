"""An authenticator in software: makes passkeys and signs with them, as a browser would."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def pack(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unpack(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One passkey: ES256, a counter that goes up, a user who is verified unless told otherwise."""

    origin: str = "http://test"
    counter: int = 0
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: os.urandom(16))
    user_handle: bytes = b""

    def _client_data(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, site: str, flags: int) -> bytes:
        self.counter += 1
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        head = hashlib.sha256(site.encode()).digest() + bytes([flags])
        return head + self.counter.to_bytes(4, "big")

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer to creation options."""
        self.user_handle = unpack(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = cbor2.dumps(
            {
                1: 2,
                3: -7,
                -1: 1,
                -2: numbers.x.to_bytes(32, "big"),
                -3: numbers.y.to_bytes(32, "big"),
            }
        )
        data = self._data(options["rp"]["id"], ATTESTED)
        data += bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", options["challenge"])
        return {
            "id": pack(self.id),
            "rawId": pack(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": pack(client),
                "attestationObject": pack(attestation),
                "transports": ["internal", "unheard-of"],
            },
        }

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer to request options."""
        data = self._data(options["rpId"], 0)
        client = self._client_data("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return {
            "id": pack(self.id),
            "rawId": pack(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": pack(client),
                "authenticatorData": pack(data),
                "signature": pack(signature),
                "userHandle": pack(self.user_handle),
            },
        }
