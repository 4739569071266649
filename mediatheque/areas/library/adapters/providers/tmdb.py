"""The Movie Database, version 3 of its API, with a read access token.

Films and series are told apart by the path. ``append_to_response`` brings credits and ids with
the details in one call; the addresses of pictures are put together as ``/configuration`` says.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.catalog.rules.ages import age_of
from mediatheque.areas.library.adapters.own.values import Values
from mediatheque.areas.library.adapters.providers.calls import Budget, Caller
from mediatheque.areas.library.adapters.providers.provider import Facts, Found
from mediatheque.areas.library.schemas.rows import CreditRow, ItemRow
from mediatheque.core.stores import fetcher

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.http import Fetcher

LANGUAGE: Final = "en-US"
CALLS_PER_SECOND: Final = 20.0
POSTER_WIDTH: Final = 780
CAST: Final = 30
_PATHS: Final = {"movie": "movie", "series": "tv"}
_FOUND_AS: Final = {"movie": "movie_results", "series": "tv_results"}
_YEAR: Final = {"movie": "year", "series": "first_air_date_year"}
_SOURCES: Final = {"imdb": "imdb_id", "tvdb": "tvdb_id"}
_CERTIFIED: Final = {"movie": "release_dates", "series": "content_ratings"}
_BOARDS: Final = ("US", "GB", "DE", "FR", "NL", "AU")
"""Whose certificates are taken, the first that tells an age."""
_CREW: Final = {
    "Director": "director",
    "Screenplay": "writer",
    "Writer": "writer",
    "Author": "writer",
    "Original Music Composer": "composer",
    "Director of Photography": "cinematographer",
    "Editor": "editor",
    "Producer": "producer",
}
_FEW: Final = 40
_ADULT: Final = 18


class Tmdb:
    """Films and series (``providers.provider.Provider``)."""

    name: ClassVar[str] = "tmdb"
    label: ClassVar[str] = "TMDB"
    kinds: ClassVar[frozenset[str]] = frozenset(_PATHS)
    needs: ClassVar[tuple[str, ...]] = ("MEDIATHEQUE_TMDB_TOKEN",)

    def __init__(self, fetcher: Fetcher, url: str, token: str, budget: Budget) -> None:
        self.budget = budget
        self.is_ready = bool(token)
        headers = {"Authorization": f"Bearer {token}"}
        self._calls = Caller(fetcher, self.label, url, headers, budget)
        self._images: str | None = None

    async def search(self, kind: str, title: str, year: int | None) -> list[Found]:
        """Find works by title; without a match in its year, in any."""
        path = f"/search/{_PATHS[kind]}"
        for wanted in (year, None) if year else (None,):
            answer = await self._calls.get(
                path, query=title, language=LANGUAGE, **{_YEAR[kind]: wanted}
            )
            found = _list(answer, "results")
            if found:
                return [_found(one) for one in found]
        return []

    async def find(self, kind: str, scheme: str, value: str) -> list[Found]:
        """Find a work by its IMDb or TVDB id."""
        if scheme not in _SOURCES:
            return []
        answer = await self._calls.get(
            f"/find/{value}", external_source=_SOURCES[scheme], language=LANGUAGE
        )
        return [_found(one) for one in _list(answer, _FOUND_AS[kind])]

    async def details(self, kind: str, found_id: str) -> Facts | None:
        """Tell what is known of a film or a series, with credits and ids."""
        answer = await self._calls.get(
            f"/{_PATHS[kind]}/{found_id}",
            append_to_response=f"credits,external_ids,{_CERTIFIED[kind]}",
            language=LANGUAGE,
        )
        if answer is None:
            return None
        poster = Values(answer).text("poster_path")
        url = f"{await self._image_base()}{poster}" if poster else None
        return Facts(_row(kind, found_id, answer), url)

    async def _image_base(self) -> str:
        """Where posters of about the wished width are."""
        if self._images is None:
            answer = await self._calls.get("/configuration") or {}
            images = Values(Values(answer).mapping("images"))
            sizes = [size for size in images.texts("poster_sizes") if size[1:].isdigit()]
            fitting = [size for size in sizes if int(size[1:]) >= POSTER_WIDTH]
            base = images.text("secure_base_url", "base_url") or "https://image.tmdb.org/t/p/"
            self._images = f"{base}{min(fitting, key=lambda one: int(one[1:]), default='original')}"
        return self._images


def open_provider(settings: Settings, token: str | None = None) -> Tmdb:
    """The provider with a space's own token, else the house's; who share one share its budget."""
    return _opened(fetcher(settings), settings.tmdb_url, token or settings.tmdb_token)


@lru_cache(maxsize=256)
def _opened(fetcher: Fetcher, url: str, token: str) -> Tmdb:
    return Tmdb(fetcher, url, token, Budget(CALLS_PER_SECOND))


def _list(answer: dict[str, Any] | None, name: str) -> list[dict[str, Any]]:
    return Values(answer or {}).objects(name)


def _found(one: dict[str, Any]) -> Found:
    values = Values(one)
    day = values.day("release_date", "first_air_date")
    return Found(
        str(one.get("id", "")),
        values.text("title", "name") or "",
        values.text("original_title", "original_name"),
        day.year if day else None,
    )


def _row(kind: str, found_id: str, answer: dict[str, Any]) -> ItemRow:
    values = Values(answer)
    day = values.day("release_date", "first_air_date")
    title = values.text("title", "name") or ""
    original = values.text("original_title", "original_name")
    votes = values.whole("vote_count") or 0
    return ItemRow(
        0,
        kind,
        title,
        year=day.year if day else None,
        original_title=original if original != title else None,
        synopsis=values.text("overview"),
        released_on=day,
        runtime_minutes=_runtime(answer),
        external_ids=_ids(found_id, values),
        credits=_credits(kind, answer),
        age_rating=(rated := _certificate(kind, values)),
        minimum_age=_ADULT if answer.get("adult") is True else age_of(rated),
        genres=[one["name"] for one in values.objects("genres") if one.get("name")],
        languages=values.texts("original_language"),
        countries=values.texts("origin_country")
        or [
            one["iso_3166_1"]
            for one in values.objects("production_countries")
            if one.get("iso_3166_1")
        ],
        rating=values.rating("vote_average") if votes else None,
    )


def _certificate(kind: str, values: Values) -> str | None:
    """What a board printed on it: the first of :data:`_BOARDS` whose certificate tells an age."""
    said: dict[str, str] = {}
    for one in Values(values.mapping(_CERTIFIED[kind])).objects("results"):
        of_country = Values(one)
        releases = of_country.objects("release_dates")
        marks = [Values(release).text("certification") for release in releases]
        marks.append(of_country.text("rating"))
        country = of_country.text("iso_3166_1") or ""
        found = next((mark for mark in marks if mark and age_of(mark) is not None), None)
        if found:
            said.setdefault(country, found)
    return next((said[board] for board in _BOARDS if board in said), None)


def _runtime(answer: dict[str, Any]) -> int | None:
    """Minutes; of a series the usual length of an episode. Zero means unknown."""
    minutes = Values(answer).whole("runtime") or 0
    times = answer.get("episode_run_time")
    if not minutes and isinstance(times, list) and times and isinstance(times[0], int):
        minutes = times[0]
    return minutes or None


def _ids(found_id: str, values: Values) -> dict[str, str]:
    others = Values(values.mapping("external_ids"))
    imdb = values.text("imdb_id") or others.text("imdb_id")
    ids = {"tmdb": found_id, "imdb": imdb, "tvdb": others.text("tvdb_id")}
    return {scheme: value for scheme, value in ids.items() if value}


def _credits(kind: str, answer: dict[str, Any]) -> list[CreditRow]:
    credits_ = Values(Values(answer).mapping("credits"))
    made = [
        CreditRow(one["name"], "creator")
        for one in (Values(answer).objects("created_by") if kind == "series" else ())
        if one.get("name")
    ]
    crew = [
        CreditRow(one["name"], _CREW[one["job"]])
        for one in credits_.objects("crew")
        if one.get("name") and one.get("job") in _CREW
    ]
    order = list(dict.fromkeys(_CREW.values()))
    made += sorted(crew, key=lambda one: order.index(one.job))[:_FEW]
    made += [
        CreditRow(one["name"], "actor", one.get("character") or None)
        for one in credits_.objects("cast")[:CAST]
        if one.get("name")
    ]
    return made
