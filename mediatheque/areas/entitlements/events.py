"""The news of packages and of who has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class PackageCreated(Event):
    """There is a new package."""

    kind: ClassVar[str] = "entitlements.package_created"


@dataclass(frozen=True, kw_only=True)
class PackageUpdated(Event):
    """A package's name, description or state changed."""

    kind: ClassVar[str] = "entitlements.package_updated"


@dataclass(frozen=True, kw_only=True)
class EntitlementGranted(Event):
    """A member has a package now."""

    kind: ClassVar[str] = "entitlements.entitlement_granted"


@dataclass(frozen=True, kw_only=True)
class EntitlementRevoked(Event):
    """A member does not have a package any more."""

    kind: ClassVar[str] = "entitlements.entitlement_revoked"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they left here. ``after``: ``count``."""

    kind: ClassVar[str] = "entitlements.person_forgotten"


LABELS = {
    PersonForgotten.kind: "forgot a person",
    PackageCreated.kind: "made the package {label}",
    PackageUpdated.kind: "changed the package {label}",
    EntitlementGranted.kind: "gave the package {label}",
    EntitlementRevoked.kind: "took the package {label} back",
}
