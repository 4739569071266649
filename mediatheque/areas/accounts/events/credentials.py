"""What happens to credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """A session began."""

    kind: ClassVar[str] = "accounts.signed_in"


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """Somebody ended the session they were in."""

    kind: ClassVar[str] = "accounts.signed_out"


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Somebody ended sessions of theirs, one or all; ``batch`` has their ids."""

    kind: ClassVar[str] = "accounts.sessions_ended"


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(Event):
    """Somebody made a key for a program. ``after``: ``prefix``, ``scopes``."""

    kind: ClassVar[str] = "accounts.api_key_made"


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key is no good any more."""

    kind: ClassVar[str] = "accounts.api_key_revoked"


@dataclass(frozen=True, kw_only=True)
class CredentialsCleaned(Event):
    """Ended credentials were deleted. ``after``: ``count``."""

    kind: ClassVar[str] = "accounts.credentials_cleaned"


LABELS = {
    SignedIn.kind: "signed in",
    SignedOut.kind: "signed out",
    SessionsEnded.kind: "ended sessions",
    ApiKeyMade.kind: "made the key {label}",
    ApiKeyRevoked.kind: "revoked the key {label}",
    CredentialsCleaned.kind: "deleted {count} ended credentials",
}
"""Event kind → words for people."""
