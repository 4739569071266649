"""Decisions about passwords."""

from __future__ import annotations

import unicodedata

from mediatheque.kit import crypto
from mediatheque.kit.errors import (
    BadInputError,
    NotSignedInError,
)

PASSWORD_LENGTH = 8


PASSWORD_LIMIT = 256


class WrongCredentialsError(NotSignedInError):
    """No such user, no such password, or a user who may not come in: always the same answer."""

    code = "wrong_credentials"
    message = "E-mail address or password is wrong."


class WrongPasswordError(BadInputError):
    """The present password, asked for before it changes, is another."""

    code = "wrong_password"
    message = "This is not your present password."


class WeakPasswordError(BadInputError):
    """A password that is guessed at once."""

    code = "weak_password"
    message = f"Take a password of at least {PASSWORD_LENGTH} characters that is not your address."


def check_new_password(password: str, *known: str) -> None:
    """Refuse a password that is too short, or is something known of its owner."""
    folded = unicodedata.normalize("NFKC", password)
    if len(folded) < PASSWORD_LENGTH or folded.casefold() in {one.casefold() for one in known}:
        raise WeakPasswordError(field="password")


async def is_password(password: str, stored: str | None) -> bool:
    """Check a password; without a stored hash it takes as long and is false.

    Takes tens of milliseconds on purpose: never call it inside a transaction.
    """
    if stored is None:
        await crypto.verify_nobody(password)
        return False
    return await crypto.verify_password(password, stored)


async def refreshed_hash(password: str, stored: str) -> str | None:
    """The password's hash with today's parameters, when the stored one has older ones."""
    return await crypto.hash_password(password) if crypto.needs_rehash(stored) else None
