"""What happens to users and their credentials. These events belong to no space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class UserCreated(Event):
    """Somebody has an account. ``after``: ``is_instance_owner``."""

    kind: ClassVar[str] = "accounts.user_created"


@dataclass(frozen=True, kw_only=True)
class UserUpdated(Event):
    """Somebody changed their name, language or time zone."""

    kind: ClassVar[str] = "accounts.user_updated"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody has a new password. ``after``: ``sessions_ended``, how many."""

    kind: ClassVar[str] = "accounts.password_changed"


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
class SetupOffered(Event):
    """An empty house waits for its owner behind a link in its log."""

    kind: ClassVar[str] = "accounts.setup_offered"


@dataclass(frozen=True, kw_only=True)
class SetupUsed(Event):
    """The house has its owner; no set-up link works any more."""

    kind: ClassVar[str] = "accounts.setup_used"


@dataclass(frozen=True, kw_only=True)
class CredentialsCleaned(Event):
    """Ended credentials were deleted. ``after``: ``count``."""

    kind: ClassVar[str] = "accounts.credentials_cleaned"


LABELS = {
    UserCreated.kind: "joined as {label}",
    UserUpdated.kind: "changed their profile",
    PasswordChanged.kind: "changed their password",
    SignedIn.kind: "signed in",
    SignedOut.kind: "signed out",
    SessionsEnded.kind: "ended sessions",
    ApiKeyMade.kind: "made the key {label}",
    ApiKeyRevoked.kind: "revoked the key {label}",
    SetupOffered.kind: "offered the first set-up",
    SetupUsed.kind: "set up this house",
    CredentialsCleaned.kind: "deleted {count} ended credentials",
}
"""Event kind → words for people."""
