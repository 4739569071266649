"""What a guide says that tells which work a programme is: ids of other catalogues, names, people.

The score is 0–100. An id gives 100. Without one, the same folded title gives ``SAME_TITLE``, and
the rest is added to it; what speaks against it is taken away. From ``SURE`` on the house joins the
two, unless another work is as likely.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.rules.names import person_sort_key, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

SURE: Final = 75
"""From this score on the house joins a programme to a work."""
LEAD: Final = 5
"""So much likelier than the next work the best one has to be."""
SCORES: Final[dict[str, int]] = {
    "same_title": 60,
    "same_year": 30,
    "near_year": 20,
    "other_year": -40,
    "before_series": -30,
    "numbered": 20,
    "numbered_film": -40,
    "episode": 15,
    "kind": 15,
    "named_part": 5,
    "person": 20,
    "nobody": -20,
    "length": 5,
    "too_short": -25,
}
"""Points; the statement of ``actions.matching`` says what each is for."""
FILMS: Final = ("movie", "movies", "film", "films", "spielfilm", "feature film", "pelicula", "cine")
SERIES: Final = ("series", "serie", "tv series", "tv show", "episode", "soap", "sitcom")
"""Folded genres that tell films from series."""

_SYSTEMS: Final = {
    "imdb": "imdb",
    "imdb.com": "imdb",
    "themoviedb.org": "tmdb",
    "themoviedb": "tmdb",
    "tmdb": "tmdb",
    "thetvdb.com": "tvdb",
    "thetvdb": "tvdb",
    "tvdb": "tvdb",
}
_URLS: Final = (
    ("imdb", re.compile(r"imdb\.com/(?:[a-z]{2}/)?title/(tt\d{7,10})", re.IGNORECASE)),
    ("tmdb", re.compile(r"themoviedb\.org/movie/(\d+)", re.IGNORECASE)),
    ("tmdb_tv", re.compile(r"themoviedb\.org/tv/(\d+)", re.IGNORECASE)),
    ("tvdb", re.compile(r"thetvdb\.com/\S*?(?:series/|[?&]id=)(\d+)", re.IGNORECASE)),
)
_IMDB: Final = re.compile(r"tt\d{7,10}")
_NUMBER: Final = re.compile(r"(?:(movie|series|tv|show)/)?(\d{1,10})\Z", re.IGNORECASE)


def ids_of(episodes: Iterable[Any], urls: Iterable[Any]) -> set[tuple[str, str]]:
    """Schemes and ids of works in ``episode-num`` and ``url`` elements (pairs of system and text).

    Ids of episodes (``episode/…``) are none of a work's.
    """
    found: set[tuple[str, str]] = set()
    for system, value in episodes:
        scheme = _SYSTEMS.get(str(system).casefold())
        if scheme == "imdb":
            found |= {("imdb", one[0]) for one in [_IMDB.search(value)] if one}
        elif scheme and (one := _NUMBER.match(value.strip())):
            is_series = (one[1] or "").lower() in {"series", "tv", "show"}
            named = "tmdb_tv" if scheme == "tmdb" and is_series else scheme
            found.add((named, one[2].lstrip("0") or "0"))
    for _, url in urls:
        found |= {(scheme, one[1].lower()) for scheme, form in _URLS if (one := form.search(url))}
    return found


def keys_of(titles: Iterable[str]) -> list[tuple[str, str]]:
    """Titles and their keys, as the catalogue has them; what folds to nothing is left out."""
    return [(title, key) for title in titles if (key := title_key(title))]


def programmes_called(key: str, rows: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """The ids of programmes with a title of a key; rows with ``id``, ``title`` and ``titles``."""
    known: dict[str, bool] = {}

    def is_it(title: str) -> bool:
        if title not in known:
            known[title] = title_key(title) == key
        return known[title]

    return {
        row["id"]
        for row in rows
        if is_it(row["title"]) or any(is_it(one[1]) for one in row["titles"] or ())
    }


def people_of(credits_: Iterable[Any]) -> set[str]:
    """The keys of who directed, wrote or played: pairs (or more) of a part and a name."""
    parts = {"director", "actor", "writer", "presenter"}
    return {person_sort_key(one[1]) for one in credits_ if one[0] in parts and one[1]}


def rows_of_ids(rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, str, str]]:
    """Programme, scheme and id, from rows with ``id``, ``episodes`` and ``urls``."""
    return [
        (row["id"], scheme, value)
        for row in rows
        for scheme, value in sorted(ids_of(row["episodes"] or (), row["urls"] or ()))
    ]
