"""Whether two works may be one: pure decisions over a pair.

Like :mod:`matching`, by which imports find a work, but for two works that are both there: their
titles may differ a little, and their kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mediatheque.areas.catalog.rules.matching import LOW, STRONG, Candidate, Wanted, score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

OTHER_KIND: Final = -15
LEAST_SIMILAR: Final = 0.6
"""Trigram similarity (pg_trgm) of sort titles from which two works are looked at."""


@dataclass(slots=True)
class Side:
    """What is known of one of the two works. ``ids``: strong schemes → values."""

    id: UUID
    kind: str
    key: str
    year: int | None
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    creators: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works that may be one, ``score`` 0–100, with the reasons in words."""

    left: UUID
    right: UUID
    score: int
    reasons: tuple[str, ...]


def are_told_apart(left: Side, right: Side) -> bool:
    """Different ids in one strong scheme (IMDb, ISBN …): two works, whatever their titles say."""
    return any(
        right.ids.get(scheme) and not set(values) & set(right.ids[scheme])
        for scheme, values in left.ids.items()
        if scheme in STRONG
    )


def judge(left: Side, right: Side, similarity: float) -> Pair | None:
    """Score a pair; None when they are two works, or too little speaks for one."""
    if are_told_apart(left, right):
        return None
    points, reasons = score(
        Wanted(0, left.kind, left.key, left.year, creators=left.creators),
        Candidate(right.id, "title", right.kind, right.key, right.year, creators=right.creators),
    )
    if left.key != right.key:
        points -= round((1 - similarity) * 100)
        reasons[0] = "similar title"
    if left.kind != right.kind:
        points += OTHER_KIND
        reasons.append("other kind")
    if points < LOW:
        return None
    older, younger = sorted((left.id, right.id))
    return Pair(older, younger, points, tuple(reasons))
