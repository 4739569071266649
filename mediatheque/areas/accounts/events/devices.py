"""What happens to devices that are signed in without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class DeviceDecided(Event):
    """Somebody let a device in, or did not. ``after``: ``decision``, ``name``."""

    kind: ClassVar[str] = "accounts.device_decided"


@dataclass(frozen=True, kw_only=True)
class DeviceSignedIn(Event):
    """A device that was let in has its first tokens. ``after``: ``name``."""

    kind: ClassVar[str] = "accounts.device_signed_in"


@dataclass(frozen=True, kw_only=True)
class DeviceReuseFound(Event):
    """A refresh token was shown twice: somebody has a copy, and the device is signed out."""

    kind: ClassVar[str] = "accounts.device_reuse_found"


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(Event):
    """A device gave its tokens back."""

    kind: ClassVar[str] = "accounts.device_revoked"


LABELS = {
    DeviceDecided.kind: "decided about the device {label}",
    DeviceSignedIn.kind: "signed in on {label}",
    DeviceReuseFound.kind: "was signed out on {label}: its token was used twice",
    DeviceRevoked.kind: "signed out on {label}",
}
"""Event kind → words for people."""
