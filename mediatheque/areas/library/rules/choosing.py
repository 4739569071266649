"""Which of a provider's answers is the work that is meant: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from mediatheque.areas.catalog.rules.names import title_key

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR_YEARS = 1
"""Years of a first showing and of a release may differ by so much."""


class Named(Protocol):
    """An answer: titles and a year."""

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def original_title(self) -> str | None:
        """Its original title."""
        ...

    @property
    def year(self) -> int | None:
        """Its year."""
        ...


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Choice(Generic[N]):
    """The answer that is meant, or why there is none (``not_found``, ``several_found``)."""

    found: N | None
    reason: str = ""


def choose(titles: Sequence[str], year: int | None, answers: Sequence[N]) -> Choice[N]:
    """The one answer with one of these titles and the right year; doubt is no choice."""
    keys = {title_key(title) for title in titles}
    named = [
        one
        for one in answers
        if title_key(one.title) in keys or title_key(one.original_title or "") in keys - {""}
    ]
    if year is not None:
        exact = [one for one in named if one.year == year]
        near = [one for one in named if one.year and abs(one.year - year) <= NEAR_YEARS]
        named = exact or near
    if not named:
        return Choice(None, "not_found")
    if len(named) > 1:
        return Choice(None, "several_found")
    return Choice(named[0])
