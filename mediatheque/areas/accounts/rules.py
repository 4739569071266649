"""Decisions about e-mail addresses, passwords and keys, and how they refuse."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from mediatheque.kit import crypto
from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
)
from mediatheque.kit.ratelimit import Rule

if TYPE_CHECKING:
    from mediatheque.core.context import Actor

SESSIONS_PER_USER = 20
"""A further session ends the one that was not seen for the longest time."""
KEYS_PER_USER = 50
SETUP_LASTS = timedelta(days=7)
ENDED_ARE_KEPT = timedelta(days=30)
"""So long an ended credential stays, for whoever asks where it was used."""
KEY_PREFIX = "mk"
SHOWN_CHARACTERS = 11
"""Of a key: ``mk_`` and eight more, which tell keys apart and give nothing away."""
PER_ADDRESS = 10
"""An address may try so many times as often as an address and an account together."""

PASSWORD_LENGTH = 8
PASSWORD_LIMIT = 256
EMAIL_LIMIT = 254

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(\.[^@\s\x00-\x1f\x7f.]+)*")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


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


class EmailTakenError(ConflictError):
    """Another user has this address."""

    code = "email_taken"
    message = "Somebody with this e-mail address is here already."


class SessionNeededError(NotAllowedError):
    """What only a signed-in person may do, not a program with their key."""

    code = "session_needed"
    message = "This needs you to be signed in: a key is not allowed to do it."


class SetupClosedError(NotFoundError):
    """The set-up link is used, too old or made up."""

    code = "setup_closed"
    message = "This set-up link does not work (any more). The newest one stands in the log."


class ScopeNotHeldError(NotAllowedError):
    """A key cannot have a permission that its owner has nowhere."""

    code = "scope_not_held"
    message = "A key can have only permissions that you have yourself."


class KeyExpiryError(BadInputError):
    """A key that would have ended before it began."""

    code = "expires_in_the_past"
    message = "The key must end in the future."


class TooManyKeysError(ConflictError):
    """More keys than anybody uses."""

    code = "too_many_keys"
    message = f"You have {KEYS_PER_USER} keys. Revoke one that you don't use any more."


def clean_email(text: str) -> str:
    """An address as it is kept (NFC, trimmed); ValueError when it cannot be one.

    Only its shape is looked at: whether it exists, a letter to it will tell.
    """
    address = unicodedata.normalize("NFC", text.strip())
    if len(address) > EMAIL_LIMIT or not _EMAIL.fullmatch(address):
        raise ValueError("This is not an e-mail address.")
    return address


def clean_locale(text: str) -> str:
    """A language tag (BCP 47) in its simple form, e.g. ``de`` or ``pt-BR``."""
    if not _LOCALE.fullmatch(text):
        raise ValueError("This is not a language tag such as “en” or “pt-BR”.")
    return text


def clean_time_zone(text: str) -> str:
    """A name of the IANA time zone database, e.g. ``Europe/Vienna``."""
    if text not in available_timezones():
        raise ValueError("This is not a time zone such as “Europe/Vienna”.")
    return text


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


def needs_person(actor: Actor) -> None:
    """Refuse a key where it could give itself more than it was given."""
    if actor.kind == "key":
        raise SessionNeededError


def sign_in_rule(per_minute: int) -> Rule:
    """For one address trying one account."""
    return Rule("sign_in", per_minute, 60)


def address_rule(per_minute: int) -> Rule:
    """For one address trying anything that gives access."""
    return Rule("sign_in_address", per_minute * PER_ADDRESS, 60)


def password_rule(per_minute: int) -> Rule:
    """For one user naming their present password."""
    return Rule("password", per_minute, 60)
