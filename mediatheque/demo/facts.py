"""The works of the demonstration world: facts from `data/*.json`, checked as they are read.

Every figure there is meant to be right and every synopsis is ours. A field that nobody was
sure of is left out.
"""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mediatheque.demo.artwork import Sleeve

Kind = Literal["movie", "series", "album", "book", "game", "comic", "other"]

_SHELVES = ("movies", "series", "books", "albums", "games", "comics", "others")


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CreditFact(_Fact):
    """Who did what; `character` for actors."""

    name: str
    job: str
    character: str | None = None


class EpisodeFact(_Fact):
    """An episode inside its season."""

    number: int
    title: str
    aired_on: date | None = None
    runtime_minutes: int | None = None


class SeasonFact(_Fact):
    """A season; fewer episodes than expected means that it is not complete on the shelf."""

    number: int
    title: str | None = None
    expected_episodes: int | None = None
    episodes: tuple[EpisodeFact, ...] = ()


class ArtFact(_Fact):
    """A motif and a palette of `mediatheque.demo.artwork`."""

    motif: str
    palette: str


class Work(_Fact):
    """One work. All fields but `key` and `art` are those of the catalogue's `TitleCreate`.

    `languages` are ISO 639-1, `countries` ISO 3166-1 alpha-2, times in minutes.
    """

    key: str
    kind: Kind
    title: str
    synopsis: str
    art: ArtFact
    original_title: str | None = None
    sort_title: str | None = None
    year: int | None = None
    released_on: date | None = None
    runtime_minutes: int | None = None
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    external_ids: dict[str, str] = Field(default_factory=dict)
    credits: tuple[CreditFact, ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)
    seasons: tuple[SeasonFact, ...] = ()

    @property
    def byline(self) -> str:
        """Who stands on the cover: author, artist or composer, at most two."""
        for job in ("author", "artist", "composer"):
            names = [credit.name for credit in self.credits if credit.job == job]
            if names:
                return " and ".join(names[:2])
        return ""


@cache
def works() -> dict[str, Work]:
    """Read all works, by their key, in the order of the shelves."""
    found = [Work.model_validate(entry) for shelf in _SHELVES for entry in read(shelf)]
    by_key = {work.key: work for work in found}
    if len(by_key) != len(found):
        raise ValueError("two works share a key")
    return by_key


def read(name: str) -> Any:  # noqa: ANN401 - what JSON holds; the models check it
    """Read one file of `data/` as it stands."""
    text = files("mediatheque.demo").joinpath("data", f"{name}.json").read_text("utf-8")
    return json.loads(text)


def cover_of(work: Work) -> Sleeve:
    """Say how the picture of a work is to be drawn."""
    return Sleeve(
        kind=work.kind,
        title=work.title,
        year=work.year,
        byline=work.byline if work.kind in {"book", "album"} else "",
        motif=work.art.motif,
        palette=work.art.palette,
    )
