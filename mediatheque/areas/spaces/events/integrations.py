"""What happens to the services that a space brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class IntegrationChanged(Event):
    """A service has other settings. Of secrets only that they were ``set`` or ``removed``."""

    kind: ClassVar[str] = "spaces.integration_changed"


@dataclass(frozen=True, kw_only=True)
class IntegrationRemoved(Event):
    """A service is not used any more; its secrets are deleted."""

    kind: ClassVar[str] = "spaces.integration_removed"


@dataclass(frozen=True, kw_only=True)
class IntegrationChecked(Event):
    """A service was tried. ``after``: ``state``, ``message``."""

    kind: ClassVar[str] = "spaces.integration_checked"


@dataclass(frozen=True, kw_only=True)
class SecretsRewrapped(Event):
    """Secrets are under another master key. ``after``: ``key``, ``secrets``, ``unreadable``."""

    kind: ClassVar[str] = "spaces.secrets_rewrapped"


LABELS = {
    IntegrationChanged.kind: "changed the settings of {label}",
    IntegrationRemoved.kind: "removed the settings of {label}",
    IntegrationChecked.kind: "tried {label}: it {state}",
    SecretsRewrapped.kind: "put {secrets} secrets under the key {key}",
}
"""Event kind → words for people."""
