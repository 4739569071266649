"""The news of imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Event):
    """Somebody handed in a file."""

    kind: ClassVar[str] = "exchange.import_started"


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Event):
    """An import came to its end; ``after`` holds its status and its counts."""

    kind: ClassVar[str] = "exchange.import_finished"


@dataclass(frozen=True, kw_only=True)
class ImportSteered(Event):
    """Somebody paused, resumed, cancelled or retried an import."""

    kind: ClassVar[str] = "exchange.import_steered"


@dataclass(frozen=True, kw_only=True)
class ImportMapped(Event):
    """Somebody said what the columns of an unknown table mean."""

    kind: ClassVar[str] = "exchange.import_mapped"


@dataclass(frozen=True, kw_only=True)
class EnrichmentRequested(Event):
    """Somebody wants an import's works enriched, or to go on with it."""

    kind: ClassVar[str] = "exchange.enrichment_requested"


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    """An import was taken back; ``after`` counts what stays."""

    kind: ClassVar[str] = "exchange.import_undone"


@dataclass(frozen=True, kw_only=True)
class ImportsForgotten(Event):
    """The house removed old imports with their files and reports; ``after`` counts them."""

    kind: ClassVar[str] = "exchange.imports_forgotten"


@dataclass(frozen=True, kw_only=True)
class ReviewDecided(Event):
    """Somebody decided what a row means; ``after`` holds the decision."""

    kind: ClassVar[str] = "exchange.review_decided"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they contributed. ``after``: ``count``."""

    kind: ClassVar[str] = "exchange.person_forgotten"


LABELS = {
    ImportStarted.kind: "started the import of {label}",
    ImportFinished.kind: "finished the import of {label}",
    ImportSteered.kind: "steered the import of {label}",
    ImportMapped.kind: "mapped the columns of {label}",
    EnrichmentRequested.kind: "asked what providers know of {label}",
    ImportUndone.kind: "took back the import of {label}",
    ImportsForgotten.kind: "removed old imports",
    ReviewDecided.kind: "decided on {label}",
    PersonForgotten.kind: "let go of a person",
}
