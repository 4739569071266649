"""Which work a row of a source means: pure decisions over candidates.

An equal external id decides; then the title's key with kind, year and creators, scored.
Conflicting strong ids always mean two works. At or above :data:`HIGH` the row is applied,
from :data:`LOW` a person decides, below it the work is new.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from uuid import UUID

HIGH = 90
LOW = 60
STRONG = frozenset(
    {"imdb", "tmdb", "tmdb_tv", "tvdb", "isbn13", "musicbrainz", "mal", "igdb", "discogs"}
)
CREATORS = frozenset({"director", "author", "artist", "creator", "developer", "composer"})
REISSUED = frozenset({"book", "album", "comic", "game"})
"""Kinds whose sources often give the year of an edition instead of the work's."""

SAME_TITLE = 70
SAME_YEAR = 30
NEAR_YEAR = 15
NO_YEAR = 22
ONE_YEAR = 20
OTHER_YEAR = -30
OTHER_YEAR_REISSUED = -10
SAME_CREATOR = 20
SAME_CREATOR_REISSUED = 40
OTHER_CREATOR = -25


def id_scheme(kind: str, scheme: str) -> str:
    """TMDB counts films and series apart: the ids of series get a scheme of their own."""
    return "tmdb_tv" if scheme == "tmdb" and kind == "series" else scheme


@dataclass(slots=True)
class Wanted:
    """What a row says about the work it means. ``ids`` maps schemes to values.

    ``is_exact``: the year is the work's own, so rows of one file that differ in it or in their
    creators are two works, however alike their titles. ``is_whole``: a row is a whole work, so
    having no year differs from having one. ``is_literal``: so does the title in other letters.
    """

    position: int
    kind: str
    key: str
    year: int | None
    ids: dict[str, str] = field(default_factory=dict)
    creators: frozenset[str] = frozenset()
    is_exact: bool = False
    is_whole: bool = False
    is_literal: bool = False
    title: str = ""


@dataclass(slots=True)
class Candidate:
    """A work that a row may mean. ``how`` it was found: by origin, id, barcode or title.

    ``is_sibling``: another row of the same file made it.
    """

    title_id: UUID
    how: Literal["origin", "id", "barcode", "title"]
    kind: str
    key: str
    year: int | None
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    creators: frozenset[str] = frozenset()
    is_sibling: bool = False
    title: str = ""


@dataclass(slots=True)
class Decision:
    """What to do with a row: use a work, make a new one, or ask (with scored candidates)."""

    verdict: Literal["match", "new", "review"]
    title_id: UUID | None = None
    score: int = 0
    reason: str = ""
    scored: list[tuple[UUID, int, list[str]]] = field(default_factory=list)


def conflicts(wanted: Wanted, candidate: Candidate) -> list[str]:
    """The strong schemes in which both have an id and none agrees."""
    return [
        scheme
        for scheme, value in wanted.ids.items()
        if scheme in STRONG and candidate.ids.get(scheme) and value not in candidate.ids[scheme]
    ]


def _is_parted(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether the row's own file has the candidate as another work."""
    if not (wanted.is_exact and candidate.is_sibling):
        return False
    if candidate.key != wanted.key or (wanted.is_literal and candidate.title != wanted.title):
        return True
    if candidate.year != wanted.year and (wanted.is_whole or (wanted.year and candidate.year)):
        return True
    creators = wanted.creators, candidate.creators
    return all(creators) and creators[0].isdisjoint(creators[1])


def score(wanted: Wanted, candidate: Candidate) -> tuple[int, list[str]]:
    """0–100 for two works of one title key and kind, with the reasons in words."""
    reissued = wanted.kind in REISSUED
    points, reasons = SAME_TITLE, ["same title"]
    if wanted.year is None and candidate.year is None:
        points += NO_YEAR
        reasons.append("no year on either side")
    elif wanted.year is None or candidate.year is None:
        points += ONE_YEAR
        reasons.append("one side has no year")
    elif wanted.year == candidate.year:
        points += SAME_YEAR
        reasons.append("same year")
    elif abs(wanted.year - candidate.year) == 1:
        points += NEAR_YEAR
        reasons.append("years one apart")
    else:
        points += OTHER_YEAR_REISSUED if reissued else OTHER_YEAR
        reasons.append(f"years {abs(wanted.year - candidate.year)} apart")
    if wanted.creators and candidate.creators:
        if wanted.creators & candidate.creators:
            points += SAME_CREATOR_REISSUED if reissued else SAME_CREATOR
            reasons.append("same creator")
        else:
            points += OTHER_CREATOR
            reasons.append("other creator")
    return max(0, min(100, points)), reasons


def decide(wanted: Wanted, candidates: list[Candidate]) -> Decision:
    """Decide for one row. Deterministic: equal scores are a question, never a coin."""
    for candidate in candidates:
        if candidate.how == "origin":
            return Decision("match", candidate.title_id, 100, "imported before")
    by_id = {c.title_id: c for c in candidates if c.how == "id"}
    if len(by_id) > 1:
        return Decision(
            "review",
            reason="ids_of_two_titles",
            scored=[(one, 95, ["same external id"]) for one in by_id],
        )
    for title_id, candidate in by_id.items():
        clash = conflicts(wanted, candidate)
        if clash:
            return Decision(
                "review",
                reason="conflicting_ids",
                scored=[(title_id, 80, ["same external id", f"other {' and '.join(clash)}"])],
            )
        return Decision("match", title_id, 100, "same external id")
    return _by_title(wanted, [c for c in candidates if c.how in {"title", "barcode"}])


def _by_title(wanted: Wanted, candidates: list[Candidate]) -> Decision:
    found: dict[UUID, tuple[int, list[str]]] = {}
    same_year = [c for c in candidates if c.how == "title" and c.year == wanted.year]
    for candidate in candidates:
        if same_year and candidate.how == "title" and candidate.year != wanted.year:
            continue
        if conflicts(wanted, candidate) or _is_parted(wanted, candidate):
            continue
        if candidate.how == "barcode":
            same = candidate.key == wanted.key or not wanted.key
            points, reasons = (100 if same else HIGH - 10), ["same barcode"]
        else:
            points, reasons = score(wanted, candidate)
        if points > found.get(candidate.title_id, (0, []))[0]:
            found[candidate.title_id] = (points, reasons)
    literal = {c.title_id for c in candidates if c.how == "title" and c.title == wanted.title}
    scored = sorted(
        ((one, points, reasons) for one, (points, reasons) in found.items() if points >= LOW),
        key=lambda entry: (-entry[1], entry[0] not in literal, str(entry[0])),
    )
    if not scored:
        return Decision("new")
    best, points, _ = scored[0]
    rivals = [one for one, score_, _ in scored[1:] if score_ == points]
    if rivals and (best not in literal or not literal.isdisjoint(rivals)):
        return Decision("review", score=points, reason="several_titles", scored=scored)
    if points >= HIGH:
        return Decision("match", best, points, "same title")
    return Decision("review", score=points, reason="similar_title", scored=scored)
