"""What administrators do to people. These events belong to no space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class AdminSessionsEnded(Event):
    """Sessions of the administration ended. ``after``: ``everybody``, ``count``."""

    kind: ClassVar[str] = "accounts.admin_sessions_ended"


@dataclass(frozen=True, kw_only=True)
class UserSuspended(Event):
    """Somebody may not come in, and all their tokens are dead. ``after``: ``tokens_ended``."""

    kind: ClassVar[str] = "accounts.user_suspended"


@dataclass(frozen=True, kw_only=True)
class UserActivated(Event):
    """Somebody who was suspended may come in again."""

    kind: ClassVar[str] = "accounts.user_activated"


@dataclass(frozen=True, kw_only=True)
class UserSignedOut(Event):
    """An administrator ended all sessions and devices of somebody. ``after``: ``tokens_ended``."""

    kind: ClassVar[str] = "accounts.user_signed_out"


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    """An administrator took somebody's second factors away, and signed them out."""

    kind: ClassVar[str] = "accounts.second_factor_reset"


@dataclass(frozen=True, kw_only=True)
class InstanceRoleChanged(Event):
    """Somebody has another role in the house. ``before``, ``after``: ``role``."""

    kind: ClassVar[str] = "accounts.instance_role_changed"


LABELS = {
    AdminSessionsEnded.kind: "ended sessions of the administration",
    UserSuspended.kind: "suspended {label}",
    UserActivated.kind: "activated {label}",
    UserSignedOut.kind: "signed {label} out everywhere",
    SecondFactorReset.kind: "reset the second factor of {label}",
    InstanceRoleChanged.kind: "changed the role of {label} in the house",
}
"""Event kind → words for people."""
