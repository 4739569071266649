"""Ratings and marks of the demonstration world: everybody has some, and each always the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mediatheque.demo.artwork.canvas import Dice
from mediatheque.demo.facts import Work
from mediatheque.demo.world import Room

_KEENNESS = {"ada": 0.4, "basile": 0.3, "chiyo": 0.45, "dov": 0.35, "emil": 0.8}
_LEAST, _MOST = 4.0, 10.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """A member on a work: the rating in halves from 0.5 to 10, the mark, when finished."""

    work: str
    by: str
    rating: float | None
    status: Literal["wanted", "started", "finished"]
    finished_on: date | None


def opinions(room: Room) -> list[Opinion]:
    """What the members of a space think of its works. Who wants a work has not rated it."""
    held = [
        _opinion(room, work, member.person) for work in room.catalogue() for member in room.members
    ]
    return [opinion for opinion in held if opinion]


def _opinion(room: Room, work: Work, person: str) -> Opinion | None:
    dice = Dice(f"{room.slug}|{work.key}|{person}")
    if not dice.chance(_KEENNESS[person]):
        return None
    status = dice.pick(("finished", "finished", "finished", "finished", "started", "wanted"))
    if work.key in room.unowned:
        status = "wanted"
    if status == "finished":
        finished_on = date(2018, 1, 1) + timedelta(days=dice.whole(0, 2700))
        return Opinion(work.key, person, _rating(work, dice), "finished", finished_on)
    return Opinion(work.key, person, None, "started" if status == "started" else "wanted", None)


def _rating(work: Work, dice: Dice) -> float:
    standing = Dice(work.key).between(6.5, 9.2)
    taste = standing + dice.between(-1.8, 1.3)
    return min(_MOST, max(_LEAST, round(taste * 2) / 2))
