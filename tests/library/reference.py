"""The list of works as one would write it without a database: what the product is held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

TERMS = ("genre", "tag", "mood", "theme", "language", "country")
ITEMS = ("format", "resolution", "library")
Query = dict[str, Any]


@dataclass(slots=True)
class Item:
    """A copy with what its edition says."""

    library: str
    format: str
    resolution: str
    is_lent: bool = False


@dataclass(slots=True)
class Work:
    """A work with all that a list can ask for."""

    id: UUID
    title: str
    sort_key: str
    kind: str
    status: str
    year: int | None
    rating: int | None
    popularity: int
    created_at: datetime
    age_rating: str | None
    starts: datetime | None
    ends: datetime | None
    added_by: UUID | None
    terms: set[tuple[str, str]] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and when."""

    id: UUID
    sees_drafts: bool
    sees_own: bool
    now: datetime

    def sees(self, work: Work) -> bool:
        if self.sees_drafts or (self.sees_own and work.added_by == self.id):
            return True
        return is_available(work, self.now)


def is_available(work: Work, now: datetime) -> bool:
    has_begun = work.starts is None or work.starts <= now
    has_ended = work.ends is not None and work.ends <= now
    return work.status == "published" and has_begun and not has_ended


def fits(item: Item, query: Query, without: str) -> bool:
    return all(
        facet == without or not query.get(facet) or getattr(item, facet) in query[facet]
        for facet in ITEMS
    )


def passes(work: Work, query: Query, without: str = "") -> bool:
    words = {scheme: {word for of, word in work.terms if of == scheme} for scheme in TERMS}
    asks_items = any(facet != without and query.get(facet) for facet in ITEMS)
    checks = [
        work.status in query["status"] if query.get("status") else work.status != "archived",
        without == "kind" or not query.get("kind") or work.kind in query["kind"],
        *(
            scheme == without or not query.get(scheme) or words[scheme] & set(query[scheme])
            for scheme in TERMS
        ),
        not query.get("person") or work.people & set(query["person"]),
        without == "decade"
        or "year_from" not in query
        or (work.year is not None and work.year >= query["year_from"]),
        without == "decade"
        or "year_to" not in query
        or (work.year is not None and work.year <= query["year_to"]),
        not query.get("age_rating") or work.age_rating in query["age_rating"],
        "rating_from" not in query
        or (work.rating is not None and work.rating >= query["rating_from"] * 10),
        "rating_to" not in query
        or (work.rating is not None and work.rating <= query["rating_to"] * 10),
        not asks_items or any(fits(item, query, without) for item in work.items),
        "available" not in query or is_available(work, datetime.now(UTC)) == query["available"],
        "owned" not in query or bool(work.items) == query["owned"],
        "on_loan" not in query or any(one.is_lent for one in work.items) == query["on_loan"],
    ]
    return all(checks)


def ordered(works: Iterable[Work], sort: str) -> list[Work]:
    is_falling = sort.startswith("-") or sort == "popularity"
    name = {"title": "sort_key", "added": "created_at"}.get(sort.lstrip("-"), sort.lstrip("-"))
    value: Callable[[Work], Any] = lambda work: getattr(work, name)  # noqa: E731  (a short key)
    filled = [work for work in works if value(work) is not None]
    empty = [work for work in works if value(work) is None]
    filled.sort(key=lambda work: (value(work), work.id), reverse=is_falling)
    empty.sort(key=lambda work: work.id, reverse=is_falling)
    return filled + empty


def counted(works: Iterable[Work], query: Query) -> dict[str, dict[str, int]]:
    """The counts of every facet's values."""
    seen = list(works)
    found: dict[str, dict[str, int]] = {}
    for facet in ("kind", "decade", *TERMS, *ITEMS):
        counts = found[facet] = {}
        for work in seen:
            if not passes(work, query, without=facet):
                continue
            for value in values_of(work, query, facet):
                counts[value] = counts.get(value, 0) + 1
    return found


def values_of(work: Work, query: Query, facet: str) -> set[str]:
    if facet == "kind":
        return {work.kind}
    if facet == "decade":
        return set() if work.year is None else {str(work.year // 10 * 10)}
    if facet in TERMS:
        return {word for of, word in work.terms if of == facet}
    values = {getattr(item, facet) for item in work.items if fits(item, query, facet)}
    return values - {""}
