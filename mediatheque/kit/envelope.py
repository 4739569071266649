"""Envelope encryption: every secret under a data key of its own, that under a master key.

AES-256-GCM (NIST SP 800-38D) with random nonces throughout. The key that wraps is derived from the
master key (HKDF-SHA-256, RFC 5869). What a secret is about (which space, which field) is
authenticated with it: copied to another place it does not open. Written as
``e1.<key id>.<wrapped data key>.<secret>``, both base64url of nonce and ciphertext; the id says
which master key it takes, so that keys can change: rewrapping touches the data key only.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import re
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_BYTES: Final = 32
_NONCE: Final = 12
_VERSION: Final = "e1"
_LABEL: Final = b"mediatheque envelope v1"
_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")


class EnvelopeError(Exception):
    """A secret that cannot be opened; the message is for people and names no secret."""


class UnknownKeyError(EnvelopeError):
    """It was sealed under a master key that is not here."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(f"It was encrypted under the key {key_id}, which is not here.")


class DamagedError(EnvelopeError):
    """It was changed, or belongs somewhere else."""

    def __init__(self) -> None:
        super().__init__("It was changed in the database, or copied from another place.")


class BadKeyError(ValueError):
    """A master key that is none; the message does not show it."""


def parse_key(text: str) -> bytes:
    """Read a master key: 32 bytes as 64 hexadecimal digits or as base64. BadKeyError."""
    plain = text.strip()
    if _HEX.fullmatch(plain):
        return bytes.fromhex(plain)
    try:
        key = b64decode(
            plain.replace("-", "+").replace("_", "/") + "=" * (-len(plain) % 4), validate=True
        )
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKeyError(
            "A master key is 32 bytes, as 64 hexadecimal digits or in base64. "
            "`openssl rand -hex 32` makes one."
        )
    return key


def new_key() -> bytes:
    """Make a master key."""
    return os.urandom(KEY_BYTES)


def key_id(key: bytes) -> str:
    """What a master key is called: twelve hexadecimal digits that tell nothing of it."""
    return hashlib.sha256(b"mediatheque key name" + key).hexdigest()[:12]


class Keyring:
    """Master keys: the first seals, all open. Each is 32 bytes."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise BadKeyError("There is no master key.")
        self.keys = tuple(keys)
        self.ids = tuple(key_id(key) for key in keys)
        self._wrapping = {key_id(key): AESGCM(_derive(key)) for key in keys}

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return self.ids[0]

    def seal(self, secret: str, about: str) -> str:
        """Encrypt a text; ``about`` has to be said again to open it."""
        data_key = AESGCM.generate_key(KEY_BYTES * 8)
        sealed = _encrypt(AESGCM(data_key), secret.encode(), about.encode())
        return ".".join((_VERSION, self.current, self._wrap(data_key, about), _text(sealed)))

    def open(self, sealed: str, about: str) -> str:
        """Decrypt; UnknownKeyError or DamagedError."""
        _, wrapped, secret = _parts(sealed)
        data_key = self._unwrap(used_key(sealed), wrapped, about)
        return _decrypt(AESGCM(data_key), secret, about.encode()).decode()

    def rewrap(self, sealed: str, about: str) -> str:
        """Put the data key under the current master key; the same text if it is there already."""
        used, wrapped, secret = _parts(sealed)
        if used == self.current:
            return sealed
        data_key = self._unwrap(used, wrapped, about)
        return ".".join((_VERSION, self.current, self._wrap(data_key, about), _text(secret)))

    def _wrap(self, data_key: bytes, about: str) -> str:
        return _text(_encrypt(self._wrapping[self.current], data_key, _wrapped_for(about)))

    def _unwrap(self, used: str, wrapped: bytes, about: str) -> bytes:
        if used not in self._wrapping:
            raise UnknownKeyError(used)
        return _decrypt(self._wrapping[used], wrapped, _wrapped_for(about))


def used_key(sealed: str) -> str:
    """The id of the master key that a secret takes; DamagedError."""
    return _parts(sealed)[0]


def _derive(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_LABEL).derive(key)


def _wrapped_for(about: str) -> bytes:
    return b"data key of " + about.encode()


def _encrypt(box: AESGCM, plain: bytes, about: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + box.encrypt(nonce, plain, about)


def _decrypt(box: AESGCM, sealed: bytes, about: bytes) -> bytes:
    try:
        return box.decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError) as error:
        raise DamagedError from error


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode()


def _parts(sealed: str) -> tuple[str, bytes, bytes]:
    try:
        version, used, wrapped, secret = sealed.split(".")
        if version != _VERSION:
            raise DamagedError
        return used, urlsafe_b64decode(wrapped), urlsafe_b64decode(secret)
    except (ValueError, binascii.Error) as error:
        raise DamagedError from error
