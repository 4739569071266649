"""What happens to the profiles of a household."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class ProfileCreated(Event):
    """An account has one more profile."""

    kind: ClassVar[str] = "accounts.profile_created"


@dataclass(frozen=True, kw_only=True)
class ProfileUpdated(Event):
    """A profile got another name, limit, or the like."""

    kind: ClassVar[str] = "accounts.profile_updated"


@dataclass(frozen=True, kw_only=True)
class ProfileDeleted(Event):
    """A profile is gone. ``after``: ``sessions_ended``, how many were in it."""

    kind: ClassVar[str] = "accounts.profile_deleted"


@dataclass(frozen=True, kw_only=True)
class ProfileChosen(Event):
    """A session goes on as somebody else of the household."""

    kind: ClassVar[str] = "accounts.profile_chosen"


@dataclass(frozen=True, kw_only=True)
class ProfileLeft(Event):
    """A session goes on as the account itself."""

    kind: ClassVar[str] = "accounts.profile_left"


@dataclass(frozen=True, kw_only=True)
class PinTried(Event):
    """Somebody typed a PIN, right or wrong; counted before it is looked at."""

    kind: ClassVar[str] = "accounts.pin_tried"


@dataclass(frozen=True, kw_only=True)
class PinSet(Event):
    """A profile has a (new) PIN."""

    kind: ClassVar[str] = "accounts.pin_set"


@dataclass(frozen=True, kw_only=True)
class PinRemoved(Event):
    """A profile needs no PIN any more."""

    kind: ClassVar[str] = "accounts.pin_removed"


@dataclass(frozen=True, kw_only=True)
class PinReset(Event):
    """Somebody who manages the member took a PIN away that nobody knows any more."""

    kind: ClassVar[str] = "accounts.pin_reset"


LABELS = {
    ProfileCreated.kind: "made the profile {label}",
    ProfileUpdated.kind: "changed the profile {label}",
    ProfileDeleted.kind: "deleted the profile {label}",
    ProfileChosen.kind: "went on as {label}",
    ProfileLeft.kind: "left the profile {label}",
    PinTried.kind: "typed a PIN",
    PinSet.kind: "gave the profile {label} a PIN",
    PinRemoved.kind: "took the PIN of the profile {label} away",
    PinReset.kind: "reset the PIN of the profile {label}",
}
"""Event kind → words for people."""
