"""What somebody likes, as weights, and why an entry of the guide is recommended to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

FAVOURITE: Final = 1.0
"""The weight of a genre that the profile names itself."""
CERTAIN: Final = 3.0
"""So much liking of one genre makes it as good as named; less counts less."""

WORK: Final = 3.0
GENRE: Final = 2.0
CHANNEL: Final = 0.8
KNOWN: Final = 0.3
PREMIERE: Final = 0.25
NEW: Final = 0.15
REPEAT: Final = -0.1
PLAYABLE: Final = 0.1

Reason = Literal["work", "genre", "channel", "premiere"]


@dataclass(frozen=True, slots=True)
class Taste:
    """Weights from -1 (disliked) to 1: of genres (folded words), of works, of channels."""

    genres: Mapping[str, float] = field(default_factory=dict)
    works: Mapping[UUID, float] = field(default_factory=dict)
    channels: Mapping[UUID, float] = field(default_factory=dict)


def taste_from(rows: Iterable[Mapping[str, Any]]) -> Taste:
    """A taste of rows ``{what, id, word, weight}``.

    ``what`` is ``work``, ``genre`` (its liking summed up), ``channel`` (the same), or
    ``favourite`` (a genre in the person's own words).
    """
    genres: dict[str, float] = {}
    works: dict[UUID, float] = {}
    channels: dict[UUID, float] = {}
    favourites: set[str] = set()
    for row in rows:
        weight = float(row["weight"])
        match row["what"]:
            case "work":
                works[row["id"]] = _bound(weight)
            case "channel":
                channels[row["id"]] = _bound(weight)
            case "genre":
                genres[fold(row["word"])] = weight
            case "favourite":
                favourites.add(fold(row["word"]))
    most = max([CERTAIN, *(abs(weight) for weight in genres.values())])
    liked = {genre: weight / most for genre, weight in genres.items()}
    return Taste(liked | dict.fromkeys(favourites, FAVOURITE), works, channels)


def reason_of(row: Mapping[str, Any]) -> Reason | None:
    """What weighs most for an entry; None where only its channel's place does."""
    said: list[tuple[float, Reason]] = [
        (WORK * row["work_weight"], "work"),
        (GENRE * row["genre_weight"], "genre"),
        (CHANNEL * row["channel_weight"], "channel"),
        (PREMIERE if row["is_premiere"] else 0.0, "premiere"),
    ]
    weight, reason = max(said, key=lambda one: one[0])
    return reason if weight > 0 else None


def _bound(weight: float) -> float:
    return max(-1.0, min(1.0, weight))
