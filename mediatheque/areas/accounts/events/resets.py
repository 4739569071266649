"""What happens by links in letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class ResetRequested(Event):
    """Somebody asked for a new password; whether there is such a user is not said."""

    kind: ClassVar[str] = "accounts.reset_requested"


@dataclass(frozen=True, kw_only=True)
class TicketMade(Event):
    """A link that works once is on its way. ``after``: ``purpose``."""

    kind: ClassVar[str] = "accounts.ticket_made"


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Event):
    """Somebody chose a new password by a letter's link. ``after``: ``sessions_ended``."""

    kind: ClassVar[str] = "accounts.password_reset"


@dataclass(frozen=True, kw_only=True)
class EmailVerified(Event):
    """Somebody showed that they read letters to their address."""

    kind: ClassVar[str] = "accounts.email_verified"


@dataclass(frozen=True, kw_only=True)
class EmailChangeRequested(Event):
    """Somebody wants another address; it stays as it is until that one is confirmed."""

    kind: ClassVar[str] = "accounts.email_change_requested"


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Event):
    """Somebody has another address. The addresses themselves are not told."""

    kind: ClassVar[str] = "accounts.email_changed"


LABELS = {
    ResetRequested.kind: "asked for a new password",
    TicketMade.kind: "sent a link that works once",
    PasswordReset.kind: "chose a new password by a letter's link",
    EmailVerified.kind: "confirmed their e-mail address",
    EmailChangeRequested.kind: "asked for another e-mail address",
    EmailChanged.kind: "changed their e-mail address",
}
"""Event kind → words for people."""
