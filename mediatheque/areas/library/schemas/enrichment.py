"""What is asked of providers, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mediatheque.kit.wire import Wire

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Lacking:
    """A work as it is before and after: what identifies it, and which properties it has."""

    id: UUID
    kind: str
    title: str
    original_title: str | None
    year: int | None
    ids: dict[str, str] = field(default_factory=dict)
    has: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()


class EnrichmentRead(Wire):
    """What was filled in of a work; ``reason`` says why nothing was."""

    provider: str
    filled: list[str]
    reason: str | None = None
    message: str = ""
