"""What happens to features that can be switched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class FlagChanged(Event):
    """A space switched a feature. ``flag``, ``is_on``: null leaves it to the house."""

    kind: ClassVar[str] = "spaces.flag_changed"


@dataclass(frozen=True, kw_only=True)
class FlagDefaultChanged(Event):
    """The house switched a feature for the spaces that did not choose themselves."""

    kind: ClassVar[str] = "spaces.flag_default_changed"


LABELS = {
    FlagChanged.kind: "switched the feature {label}",
    FlagDefaultChanged.kind: "switched the feature {label} for the house",
}
"""Event kind → words for people."""
