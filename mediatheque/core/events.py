"""What news is: something happened to a thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing of some area, for those who know nothing of that area."""

    kind: str
    id: UUID | None
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """The base of all events. ``kind`` is ``area.past_tense`` and never changes.

    ``before`` / ``after`` hold what changed, as JSON objects; ``batch`` the ids of bulk work.
    """

    kind: ClassVar[str]

    ref: Ref
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    batch: tuple[UUID, ...] = field(default=())


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The keys whose values differ, on both sides."""
    differing = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in differing}, {key: after[key] for key in differing}
