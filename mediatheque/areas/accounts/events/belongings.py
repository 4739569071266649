"""What happens to what the house knows about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class ExportRequested(Event):
    """Somebody wants an archive of their data."""

    kind: ClassVar[str] = "accounts.export_requested"


@dataclass(frozen=True, kw_only=True)
class ExportReady(Event):
    """An archive can be fetched. ``after``: ``size`` in bytes."""

    kind: ClassVar[str] = "accounts.export_ready"


@dataclass(frozen=True, kw_only=True)
class ExportFailed(Event):
    """An archive could not be made."""

    kind: ClassVar[str] = "accounts.export_failed"


@dataclass(frozen=True, kw_only=True)
class ExportsExpired(Event):
    """Old archives were deleted; ``batch`` has their ids."""

    kind: ClassVar[str] = "accounts.exports_expired"


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(Event):
    """Somebody wants to be forgotten; from now on nobody can sign in to their account."""

    kind: ClassVar[str] = "accounts.erasure_requested"


@dataclass(frozen=True, kw_only=True)
class UserErased(Event):
    """An account is gone. ``after``: ``journal_rows``, how many rows forgot who it was."""

    kind: ClassVar[str] = "accounts.user_erased"


LABELS = {
    ExportRequested.kind: "asked for their data",
    ExportReady.kind: "got an archive of their data ready",
    ExportFailed.kind: "could not make an archive",
    ExportsExpired.kind: "deleted old archives",
    ErasureRequested.kind: "asked to be forgotten",
    UserErased.kind: "forgot a person",
}
"""Event kind → words for people."""
