"""Secrets: opaque tokens, their hashes, passwords and the CSRF token of a session."""

import asyncio
import functools
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

P = ParamSpec("P")
R = TypeVar("R")

_TOKEN_BYTES: Final = 32
_CSRF_LABEL: Final = b"mediatheque csrf v1"
# RFC 9106, section 4, the second recommended choice: Argon2id, 64 MiB, three passes, four lanes.
_argon2 = Argon2Hasher(time_cost=3, memory_cost=65_536, parallelism=4)
_passwords = PasswordHash((_argon2,))
# Each hash holds 64 MiB while it runs: two at a time, the rest wait in line.
_CONCURRENT_HASHES: Final = 2
_threads = ThreadPoolExecutor(_CONCURRENT_HASHES, thread_name_prefix="password")


def new_token(prefix: str = "") -> str:
    """Make an opaque token of 32 random bytes (43 URL-safe characters) after `prefix` and "_"."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    return f"{prefix}_{token}" if prefix else token


def hash_token(token: str) -> str:
    """Give the SHA-256 of a token in hex, the only form that is stored.

    Good for random tokens only: what people choose goes through `hash_password`.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in a time that doesn't tell where they differ."""
    return hmac.compare_digest(left.encode(), right.encode())


def csrf_token(session_token: str) -> str:
    """Derive the CSRF token of a session (HMAC-SHA-256, hex); nothing is stored for it."""
    return hmac.digest(session_token.encode(), _CSRF_LABEL, "sha256").hex()


def csrf_matches(session_token: str, given: str) -> bool:
    """Check a CSRF token against the session's, in constant time."""
    return same(csrf_token(session_token), given)


def sign(key: str, message: str) -> str:
    """Give HMAC-SHA-256 of `message` under `key`, in hex."""
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


async def hash_password(password: str) -> str:
    """Hash a password with Argon2id (PHC string), off the event loop, two at a time."""
    return await _in_thread(_passwords.hash, _normalised(password))


async def verify_password(password: str, stored: str) -> bool:
    """Check a password; an unreadable stored hash is False, not an error."""
    return await _in_thread(_verify, _normalised(password), stored)


async def verify_nobody(password: str) -> None:
    """Spend the time of a check where there is no user, so that the answer's time is the same."""
    await _in_thread(_verify, _normalised(password), await _in_thread(_nobody))


def needs_rehash(stored: str) -> bool:
    """Tell whether a stored hash has older parameters than new ones get (or is not ours)."""
    return not Argon2Hasher.identify(stored) or _argon2.check_needs_rehash(stored)


def _normalised(password: str) -> str:
    """Apply NFKC (NIST SP 800-63B): the same keys pressed on another system give the same text."""
    return unicodedata.normalize("NFKC", password)


def _verify(password: str, stored: str) -> bool:
    try:
        return _passwords.verify(password, stored)
    except UnknownHashError:
        return False


@functools.cache
def _nobody() -> str:
    """Hash a password that nobody has."""
    return _passwords.hash(secrets.token_urlsafe(_TOKEN_BYTES))


async def _in_thread(call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, functools.partial(call, *args, **kwargs))
