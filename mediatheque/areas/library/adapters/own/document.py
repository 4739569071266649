"""Our own JSON as a source: titles with seasons, episodes, credits, copies, notes.

Shape: ``{"format": "mediatheque-titles", "version": 1, "total": n, "titles": […]}``, a bare list
of titles, or a title a line (JSON Lines). A title has the fields of ``ItemRow`` by their names;
days are ISO 8601, prices are ``price_cents`` (minor units) or ``price`` (a decimal) with
``currency``. Friendly to what people write by hand: ``type`` for ``kind``, ``id`` for ``key``,
names alone for credits, ``cast``, ``director``, ``author`` and the other jobs as lists of names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.catalog.rules.external_ids import BadExternalIdError, clean_id
from mediatheque.areas.library.adapters.own.values import Values
from mediatheque.areas.library.adapters.vocabulary.words import JOBS, read_kind
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    EpisodeRow,
    ItemRow,
    MarkRow,
    Problem,
    RowFailure,
    SeasonRow,
)
from mediatheque.kit.archives import open_content
from mediatheque.kit.jsonstream import stream_entries
from mediatheque.kit.unreadable import HEADER_ONLY, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions

FORMAT: Final = "mediatheque-titles"
VERSION: Final = 1
LIST_KEYS: Final = ("titles", "items")
_TOTAL: Final = re.compile(rb'"total"\s*:\s*(\d{1,9})')
_CHUNK: Final = 1 << 16


class OwnJson:
    """Titles as the catalogue's export writes them, nested as deep as they are."""

    name: ClassVar[str] = "json"
    label: ClassVar[str] = "Mediatheque JSON"
    description: ClassVar[str] = (
        "The JSON export of a catalogue, or titles in JSON with seasons, episodes and cast."
    )
    extensions: ClassVar[tuple[str, ...]] = (".json", ".jsonl", ".ndjson", ".zip")

    def detect(self, sample: Sample) -> float:
        """Know the document by its first keys."""
        keys = set(sample.json_keys)
        if "titles" in keys:
            return 0.95
        if "title" in keys:
            return 0.9 if keys & {"kind", "type"} else 0.6
        return 0.0

    def total(self, file: SourceFile) -> int | None:
        """Take the number from the document's head, or count the lines of JSON Lines."""
        with open_content(file.path) as stream:
            head = stream.read(_CHUNK)
            found = _TOTAL.search(head.split(b'"titles"', 1)[0])
            if found:
                return int(found[1])
            if not head.lstrip().startswith(b"{") or b"}\n{" not in head:
                return None
            lines = head.count(b"\n")
            last = head[-1:]
            while chunk := stream.read(_CHUNK):
                lines += chunk.count(b"\n")
                last = chunk[-1:]
            return lines + (last != b"\n")

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the titles as a stream; ``line`` is a title's number in the document."""
        number = 0
        with open_content(file.path) as stream:
            for number, found in enumerate(stream_entries(stream, LIST_KEYS), start=1):
                if isinstance(found, dict):
                    yield read_title(number, found, options)
                else:
                    yield RowFailure(number, "not_a_title", "This entry is no object.")
        if not number:
            raise UnreadableError(HEADER_ONLY, "The document holds no titles.", 1)


def read_title(line: int, found: dict[str, Any], options: SourceOptions) -> ItemRow | RowFailure:
    """Make a row of a title's object."""
    values = Values(found)
    title = values.text("title", "name")
    if not title:
        return RowFailure(line, "missing_title", "The title has no name: fill in “title”.", found)
    said = values.text("kind", "type")
    kind = read_kind(said) if said else options.default_kind or _kind_of(found)
    if kind is None:
        return RowFailure(line, "unknown_kind", f"“{(said or '')[:40]}” is no kind of work.", found)
    item = ItemRow(
        line,
        kind,
        title,
        key=values.text("key", "id"),
        year=values.whole("year"),
        original_title=values.text("original_title"),
        sort_title=values.text("sort_title"),
        synopsis=values.text("synopsis"),
        released_on=values.day("released_on", "release_date"),
        runtime_minutes=values.whole("runtime_minutes"),
        age_rating=values.text("age_rating"),
        minimum_age=values.whole("minimum_age"),
        season=values.whole("season"),
        episode=values.whole("episode"),
        episode_title=values.text("episode_title"),
        rating=values.rating("rating"),
        my_rating=values.rating("my_rating"),
        review=values.text("review"),
        added_on=values.day("added_on", "added_at"),
        details=values.mapping("details"),
        raw=found,
        problems=values.problems,
    )
    for field in ("genres", "tags", "moods", "themes", "languages", "countries", "notes"):
        setattr(item, field, values.texts(field))
    item.external_ids = _ids(values)
    item.credits = _credits(values)
    item.copies = [_copy(Values(copy, values.problems)) for copy in values.objects("copies")]
    item.marks = [
        MarkRow(
            status, mark.day("on"), mark.whole("season"), mark.whole("episode"), mark.whole("times")
        )
        for mark in (Values(one, values.problems) for one in values.objects("marks"))
        if (status := mark.one_of("status", ("wanted", "started", "finished")))
    ]
    item.seasons = _seasons(values)
    return item


def _kind_of(found: dict[str, Any]) -> str:
    return "series" if found.get("seasons") or found.get("episode") is not None else "movie"


def _ids(values: Values) -> dict[str, str]:
    made: dict[str, str] = {}
    for scheme, value in values.mapping("external_ids", "ids").items():
        try:
            made[scheme] = clean_id(scheme, str(value))
        except BadExternalIdError as error:
            if value:
                values.problems.append(Problem("bad_id", scheme, f"{error} Left out."))
    return made


def _credits(values: Values) -> list[CreditRow]:
    made: list[CreditRow] = []
    for field, usual in (("credits", "other"), ("cast", "actor"), *((job, job) for job in JOBS)):
        for one in values.objects(field, names_as="name"):
            credit = Values(one, values.problems)
            name = credit.text("name")
            if name:
                job = credit.one_of("job", JOBS) or usual
                made.append(CreditRow(name, job, credit.text("character")))
    return made


def _copy(values: Values) -> CopyRow:
    price = values.money()
    return CopyRow(
        values.format("format"),
        resolution=values.one_of("resolution", ("sd", "hd", "full_hd", "uhd_4k")),
        edition=values.text("edition"),
        region=values.text("region"),
        barcode=values.text("barcode"),
        publisher=values.text("publisher"),
        released_on=values.day("released_on"),
        condition=values.condition("condition"),
        location=values.text("location"),
        price_cents=price.minor if price else None,
        currency=price.currency if price else None,
        bought_on=values.day("bought_on"),
        signed=values.yes("signed"),
        notes=values.text("notes"),
        loaned_to=values.text("loaned_to"),
        loaned_on=values.day("loaned_on"),
        count=values.whole("count") or 1,
        library=values.text("library"),
        added_on=values.day("added_on"),
    )


def _seasons(values: Values) -> list[SeasonRow]:
    made: list[SeasonRow] = []
    for position, one in enumerate(values.objects("seasons"), start=1):
        season = Values(one, values.problems)
        number = season.whole("number", "season_number")
        number = position if number is None else number
        made.append(
            SeasonRow(
                number,
                season.text("title", "name"),
                season.whole("expected_episodes", "episode_count"),
                _episodes(season, number),
            )
        )
    return made


def _episodes(season: Values, number: int) -> list[EpisodeRow]:
    made: list[EpisodeRow] = []
    for position, one in enumerate(season.objects("episodes", names_as="title"), start=1):
        episode = Values(one, season.problems)
        place = episode.whole("number", "episode_number")
        made.append(
            EpisodeRow(
                number,
                position if place is None else place,
                episode.text("title", "name"),
                episode.day("aired_on", "air_date"),
                episode.whole("runtime_minutes", "runtime"),
                episode.text("synopsis", "overview"),
            )
        )
    return made
