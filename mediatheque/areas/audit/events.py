"""What happens to the journal itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event
from mediatheque.core.seals import FORGOTTEN, SHORTENED


@dataclass(frozen=True, kw_only=True)
class SealRequested(Event):
    """Somebody had the journal sealed up to now."""

    kind: ClassVar[str] = "audit.seal_requested"


@dataclass(frozen=True, kw_only=True)
class RetentionChanged(Event):
    """The journal is kept for another time. ``keep_days``, null for always."""

    kind: ClassVar[str] = "audit.retention_changed"


@dataclass(frozen=True, kw_only=True)
class JournalShortened(Event):
    """The beginning of the journal was removed. ``removed``, ``until``, ``position``, ``hash``.

    The hash is that of the last entry which is gone: verifying goes on from it, and asks for
    this event.
    """

    kind: ClassVar[str] = SHORTENED


LABELS = {
    SealRequested.kind: "sealed the journal",
    RetentionChanged.kind: "changed how long the journal is kept",
    JournalShortened.kind: "removed {removed} old entries of the journal",
    FORGOTTEN: "forgot a person",
    "audit.request_refused": "was refused {label}",
    "audit.request_failed": "met a fault at {label}",
    "audit.request_made": "asked for {label}",
}
"""Event kind → words for people."""
