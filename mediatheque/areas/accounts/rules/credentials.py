"""Decisions about sessions and keys."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from mediatheque.core.context import LimitedProfileError
from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
)

if TYPE_CHECKING:
    from mediatheque.core.context import Actor


Audience: TypeAlias = Literal["app", "admin"]
"""Whose endpoints take a token: the application's or the administration's."""

SESSIONS_PER_USER = 20
"""A further session ends the one that was not seen for the longest time."""


KEYS_PER_USER = 50


ENDED_ARE_KEPT = timedelta(days=30)
"""So long an ended credential stays, for whoever asks where it was used."""


KEY_PREFIX = "mk"


SHOWN_CHARACTERS = 11
"""Of a key: ``mk_`` and eight more, which tell keys apart and give nothing away."""


class SessionNeededError(NotAllowedError):
    """What only a signed-in person may do, not a program with their key."""

    code = "session_needed"
    message = "This needs you to be signed in: a key is not allowed to do it."


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


def needs_session(actor: Actor) -> None:
    """Refuse a key what only who sits before the screen does."""
    if actor.kind == "key":
        raise SessionNeededError


def needs_person(actor: Actor) -> None:
    """Refuse a key, and a profile with a limit, where it could give itself more than it has.

    A second way in (a key, a device, a passkey) would be one without the profile's limit.
    """
    needs_session(actor)
    if actor.profile is not None and actor.profile.is_limited:
        raise LimitedProfileError
