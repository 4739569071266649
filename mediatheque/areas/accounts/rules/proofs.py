"""Decisions about showing again who one is, before what could lock an account's owner out.

ASVS 5.0, 7.5.1: a session alone, which somebody may have found open, changes no way in and makes
none. Whoever signed in, or showed it again, within a quarter of an hour is not asked.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from mediatheque.kit.errors import NotAllowedError

if TYPE_CHECKING:
    from datetime import datetime

    from mediatheque.core.context import Actor

PROOF_LASTS: Final = timedelta(minutes=15)


class ReauthenticationNeededError(NotAllowedError):
    """It is too long since whoever is in this session showed who they are."""

    code = "reauthentication_needed"
    message = (
        "Show again that it is you: send your password, a code of your authenticator or a passkey "
        "to /api/v1/auth/proof, then ask once more."
    )


def needs_proof(actor: Actor, now: datetime) -> None:
    """Refuse a session in which nobody showed lately who they are.

    What acts without a credential (a command, a job) is not asked; keys are refused elsewhere.
    """
    if actor.credential_id is None:
        return
    if actor.proven_at is None or now - actor.proven_at > PROOF_LASTS:
        raise ReauthenticationNeededError
