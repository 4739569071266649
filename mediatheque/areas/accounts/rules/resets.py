"""Decisions about links that arrive by letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError
from mediatheque.kit.ratelimit import Rule

RESET_LASTS: Final = timedelta(hours=1)
VERIFY_LASTS: Final = timedelta(days=3)
EMAIL_LASTS: Final = timedelta(days=1)
RESET_PAGE: Final = "/password-reset"
"""Asks whose password is forgotten; with ``?token=…`` it asks for the new one."""
LETTERS_AN_HOUR: Final = 3
"""Letters with a link to one's own address, asked for by oneself."""


class LinkEndedError(NotFoundError):
    """The link of a letter is used, too old, called off or made up."""

    code = "link_ended"
    message = "This link does not work (any more). Ask for a new one."


class AlreadyVerifiedError(ConflictError):
    """There is nothing to confirm."""

    code = "already_verified"
    message = "Your e-mail address is confirmed already."


class NoPasswordError(BadInputError):
    """Somebody who signs in elsewhere has no password to ask for."""

    code = "no_password"
    message = (
        "Your account has no password yet. Choose one first: ask for a new password by e-mail."
    )


def letter_rule(name: str) -> Rule:
    """For one user having letters sent."""
    return Rule(name, LETTERS_AN_HOUR, 3600)
