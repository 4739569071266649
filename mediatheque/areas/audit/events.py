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


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Who a person was is blanked in the journal; written by the database as it does so.

    ``after``: ``entries``, and the ``things`` that stood for the person.
    """

    kind: ClassVar[str] = FORGOTTEN


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Event):
    """A request got an answer of 4xx. ``after``: ``method``, ``route``, ``status``, ``code``.

    Noted by the edge, which also writes the next two; none of them is news.
    """

    kind: ClassVar[str] = "audit.request_refused"


@dataclass(frozen=True, kw_only=True)
class RequestFailed(Event):
    """A request met a fault of ours, 5xx."""

    kind: ClassVar[str] = "audit.request_failed"


@dataclass(frozen=True, kw_only=True)
class RequestMade(Event):
    """A request was carried out; noted in the audit modes ``mutations`` and ``all``."""

    kind: ClassVar[str] = "audit.request_made"


LABELS = {
    SealRequested.kind: "sealed the journal",
    RetentionChanged.kind: "changed how long the journal is kept",
    JournalShortened.kind: "removed {removed} old entries of the journal",
    PersonForgotten.kind: "forgot a person",
    RequestRefused.kind: "was refused {label}",
    RequestFailed.kind: "met a fault at {label}",
    RequestMade.kind: "asked for {label}",
}
"""Event kind → words for people."""
