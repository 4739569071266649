"""Shapes of questions and answers; those of the things found come from the areas' manifests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from mediatheque.kit.paging import Cursor, Feed, Listing
from mediatheque.kit.wire import Filter, Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.search.rules.declared import Cards

LONGEST_QUESTION = 200
DEFAULT_LIMIT = 20
MAX_LIMIT = 100
SUGGESTED = 8


class SuggestFilter(Filter):
    """What has been typed so far."""

    q: Annotated[str, Field(max_length=LONGEST_QUESTION)]


class SearchFilter(SuggestFilter):
    """A question. ``kind`` repeats for "or"; so does ``facet``, e.g. ``genre:drama``."""

    kind: list[str] = Field([])
    facet: list[Annotated[str, Field(pattern=r"^[a-z_]+:.+$", max_length=200)]] = Field([])
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT


class SearchCount(Wire):
    """A value of a facet, and how many of the findings have it."""

    value: str
    label: str
    count: int


class Hit(Wire):
    """Something found."""

    highlight: str = Field(description="Its name as safe HTML, what was asked for in <mark>.")
    score: float = Field(description="How well it fits; only for comparing within one answer.")


class Results(Wire):
    """What belongs to the answer as a whole."""

    total: int | None = Field(None, description="Number of findings; null when there are too many.")
    did_you_mean: str | None = Field(None, description="The question with slips corrected.")
    facets: dict[str, list[SearchCount]] | None = Field(
        None, description="On the first part: facet → its values, the most frequent first."
    )


class Suggested(Wire):
    """Something that may be meant."""

    id: str
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The answers' shapes with what the manifests put in."""

    hit: type[BaseModel]
    results: type[BaseModel]
    suggestion: type[BaseModel]
    suggestions: type[BaseModel]


def shapes_of(cards: Sequence[Cards]) -> Shapes:
    """Hits with a field for each kind of thing, suggestions with the kinds' further fields."""
    kinds: Any = Literal[tuple(one.ref_kind for one in cards)]
    things: dict[str, Any] = {one.ref_kind: (one.model | None, None) for one in cards}
    extras: dict[str, Any] = {
        name: (kind | None, None) for one in cards for name, kind in one.extras.items()
    }
    hit = create_model("SearchHit", __base__=Hit, type=(kinds, ...), **things)
    suggestion = create_model("Suggestion", __base__=Suggested, type=(kinds, ...), **extras)
    return Shapes(
        hit=hit,
        results=create_model("SearchResults", __base__=(Results, Feed[hit])),
        suggestion=suggestion,
        suggestions=create_model("Suggestions", __base__=Listing[suggestion]),
    )
