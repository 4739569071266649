"""Imports on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor
from mediatheque.kit.wire import Filter, Input, Wire

Mode = Literal["add", "fill", "overwrite"]
Outcome = Literal["created", "updated", "removed", "skipped", "needs_review", "failed"]
Status = Literal[
    "queued",
    "running",
    "paused",
    "needs_mapping",
    "failed",
    "succeeded",
    "cancelled",
    "undoing",
    "undone",
]


class SourceRead(Wire):
    """A format that can be imported."""

    name: str
    label: str
    description: str
    extensions: list[str]
    template_url: str | None = None


class ImportStarted(Wire):
    """The import that was queued."""

    id: UUID


class Progress(Wire):
    """How far an import is. ``eta_seconds`` is null before the rate is known."""

    done: int
    total: int | None
    rows_per_second: float | None
    eta_seconds: float | None


class Summary(Wire):
    """Rows by what became of them."""

    created: int
    updated: int
    removed: int
    skipped: int
    needs_review: int
    failed: int


class Steps(Wire):
    """What can be done with an import now."""

    pause: bool
    resume: bool
    cancel: bool
    retry: bool
    undo: bool


class FileError(Wire):
    """Why a file as a whole could not be imported."""

    code: str
    message: str
    line: int | None = None


class Enrichment(Wire):
    """The second phase: what providers know is added under their own budgets."""

    state: str
    done: int = 0
    total: int = 0
    message: str = ""


class MappingColumn(Wire):
    """A column of an unknown table with what it may mean."""

    header: str
    samples: list[str]
    target: str | None = None
    confidence: float = 0


class MappingTarget(Wire):
    """What a column can mean."""

    name: str
    label: str


class MappingSuggestion(Wire):
    """The mapping step: columns and the meanings to choose from."""

    columns: list[MappingColumn]
    targets: list[MappingTarget]


class Kept(Wire):
    """Something that an undo left in place, and why."""

    kind: str
    id: UUID
    label: str
    reason: str
    message: str


class ImportRead(Wire):
    """An import with its progress."""

    id: UUID
    source: str
    filename: str
    status: Status
    phase: Literal["rows", "enrich"]
    mode: Mode
    dry_run: bool
    library_id: UUID | None
    created_by: UUID | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress: Progress
    summary: Summary
    enrichment: Enrichment | None = None
    error: FileError | None = None
    mapping_suggestion: MappingSuggestion | None = None
    kept: list[Kept] = Field(default_factory=list)
    can: Steps


class RowCandidate(Wire):
    """A work that a row may mean, 0–100."""

    title_id: UUID
    score: int
    reasons: list[str]


class RowRead(Wire):
    """What became of a row."""

    position: int
    line: int
    outcome: Outcome
    reason: str
    message: str
    label: str
    ref_kind: str | None
    ref_id: UUID | None
    raw: dict[str, Any]
    problems: list[dict[str, Any]] | None
    candidates: list[RowCandidate] | None
    changes: dict[str, Any] | None
    decided_at: datetime | None


class RowFilter(Filter):
    """Which rows of a report."""

    outcome: Outcome | None = None
    cursor: Cursor | None = None
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


class ImportFilter(Filter):
    """Which part of the list of imports."""

    cursor: Cursor | None = None
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


class MappingInput(Input):
    """Header → meaning; columns left out are kept in the rows' raw data."""

    mapping: dict[str, str]
    remember: bool = True


class ReviewFilter(Filter):
    """Which open decisions."""

    import_id: UUID | None = Field(None, alias="import")
    cursor: Cursor | None = None
    limit: int = Field(20, ge=1, le=MAX_LIMIT)


class ReviewRead(Wire):
    """One concrete decision: the source's row beside its candidates."""

    id: str
    import_id: UUID
    source: str
    filename: str
    line: int
    label: str
    reason: str
    message: str
    source_row: dict[str, Any]
    candidates: list[RowCandidate]
    suggested: UUID | None


class ReviewDecision(Input):
    """Accept the best candidate, choose a work, make a new one, or leave the row out."""

    decision: Literal["accept", "choose", "create", "skip"]
    title_id: UUID | None = None


class ReviewBulk(Input):
    """Accept the best candidate of every open row at or above a score."""

    min_score: int = Field(80, ge=50, le=100)
    import_id: UUID | None = None


class ReviewCount(Wire):
    """How many decisions are open."""

    open: int


class BulkDecided(Wire):
    """How many rows a bulk decision settled."""

    decided: int
