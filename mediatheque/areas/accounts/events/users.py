"""What happens to users."""

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
class SetupOffered(Event):
    """An empty house waits for its owner behind a link in its log."""

    kind: ClassVar[str] = "accounts.setup_offered"


@dataclass(frozen=True, kw_only=True)
class SetupUsed(Event):
    """The house has its owner; no set-up link works any more."""

    kind: ClassVar[str] = "accounts.setup_used"


LABELS = {
    UserCreated.kind: "joined as {label}",
    UserUpdated.kind: "changed their profile",
    PasswordChanged.kind: "changed their password",
    SetupOffered.kind: "offered the first set-up",
    SetupUsed.kind: "set up this house",
}
"""Event kind → words for people."""
