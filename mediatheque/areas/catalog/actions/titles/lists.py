"""The lists of a work as the statements take them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.areas.catalog.actions.titles.statements import writing
from mediatheque.areas.catalog.rules.names import person_sort_key
from mediatheque.areas.catalog.rules.refusals import (
    ExternalIdTakenError,
    PersonNotFoundError,
    TryAgainError,
)
from mediatheque.areas.catalog.rules.words import SCHEMES, words_of
from mediatheque.kit.text import fold, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mediatheque.areas.catalog.rules.words import Word
    from mediatheque.areas.catalog.schemas.series import SeasonCreate
    from mediatheque.areas.catalog.schemas.titles import CreditInput
    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row

Pair = tuple[str, str]


@dataclass(slots=True)
class Lists:
    """What is to be written of a work's lists; None leaves a list alone.

    ``schemes`` are the vocabularies whose words are replaced by ``words``.
    """

    words: list[Word] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)
    credits: Sequence[CreditInput] | None = None
    ids: list[Pair] = field(default_factory=list)
    dropped_ids: list[Pair] = field(default_factory=list)
    seasons: Sequence[SeasonCreate] | None = None

    def take_words(self, name: str, names: Sequence[str]) -> None:
        """Replace the words of a field (``genres`` …)."""
        scheme = SCHEMES[name]
        self.schemes.append(scheme)
        self.words += words_of(scheme, names)

    @property
    def names(self) -> list[str]:
        """The lists to write, as :data:`statements.LISTS` names them."""
        wanted = {
            "ids": bool(self.ids or self.dropped_ids),
            "words": bool(self.schemes),
            "credits": self.credits is not None,
            "seasons": self.seasons is not None,
        }
        return [name for name, is_wanted in wanted.items() if is_wanted]

    def values(self) -> dict[str, Any]:
        """The parameters of the CTEs."""
        seasons = self.seasons or ()
        credits_ = self.credits or ()
        return {
            "words": _json(
                [{"scheme": w.scheme, "slug": w.slug, "name": w.name} for w in self.words]
            ),
            "schemes": self.schemes,
            "people": _json(_people(credits_)),
            "credits": _json([_credit(at, one) for at, one in enumerate(credits_, 1)]),
            "credits_count": len(credits_),
            "ids": _json([{"scheme": s, "value": v} for s, v in self.ids]),
            "dropped_ids": _json([{"scheme": s, "value": v} for s, v in self.dropped_ids]),
            "season_numbers": [season.number for season in seasons],
            "seasons": _json([season.model_dump(exclude={"episodes"}) for season in seasons]),
            "listed_seasons": [one.number for one in seasons if one.episodes is not None],
            "episodes": _json(
                [
                    {"season": season.number, **episode.model_dump()}
                    for season in seasons
                    for episode in season.episodes or ()
                ]
            ),
        }


async def write(ctx: Context, made: str, lists: Lists, values: Mapping[str, Any]) -> Row | None:
    """Write a work by the statement ``made`` with its lists; None when it made nothing.

    Raises ``TryAgainError`` and ``ExternalIdTakenError`` when somebody else was faster.
    """
    result = await ctx.db.execute(writing(made, lists.names), {**lists.values(), **values})
    found: Row = dict(result.mappings().one())
    if found["id"] is None:
        return None
    if found["ids"] < len(lists.ids):
        raise ExternalIdTakenError
    if found["credits"] < len(lists.credits or ()):
        if any(one.person_id for one in lists.credits or ()):
            raise PersonNotFoundError(field="credits")
        raise TryAgainError(field="credits")
    return found


def _people(credits_: Sequence[CreditInput]) -> list[dict[str, str]]:
    """Who may have to be made, each once by folded name."""
    found: dict[str, dict[str, str]] = {}
    for one in credits_:
        if one.person_id is None:
            key = fold(one.name)
            person = {
                "name": one.name,
                "name_key": key,
                "sort_key": person_sort_key(one.name),
                "slug": slugify(one.name),
            }
            found.setdefault(key, person)
    return list(found.values())


def _credit(position: int, one: CreditInput) -> dict[str, Any]:
    return {
        "position": position,
        "person_id": one.person_id,
        "name_key": fold(one.name),
        "job": one.job,
        "character": one.character or None,
    }


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
