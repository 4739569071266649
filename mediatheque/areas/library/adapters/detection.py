"""All sources of the library, and the question which of them a file belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.exchange.schemas.runs import Detected
from mediatheque.areas.exchange.schemas.samples import Sample
from mediatheque.areas.library.adapters.mapped import Mapped, suggest_mapping
from mediatheque.areas.library.adapters.own.document import OwnJson
from mediatheque.areas.library.adapters.own.source import OwnCsv
from mediatheque.areas.library.adapters.sources.barcodes import Barcodes
from mediatheque.areas.library.adapters.sources.clz import Clz
from mediatheque.areas.library.adapters.sources.collectz import CollectZ
from mediatheque.areas.library.adapters.sources.delicious import Delicious
from mediatheque.areas.library.adapters.sources.goodreads import Goodreads
from mediatheque.areas.library.adapters.sources.imdb import Imdb
from mediatheque.areas.library.adapters.sources.letterboxd import Letterboxd
from mediatheque.areas.library.adapters.sources.libib import Libib
from mediatheque.areas.library.adapters.sources.myanimelist import MyAnimeList
from mediatheque.areas.library.adapters.sources.storygraph import StoryGraph
from mediatheque.areas.library.adapters.sources.tmdb_lists import TmdbLists
from mediatheque.areas.library.adapters.sources.trakt import Trakt
from mediatheque.kit.archives import single_member
from mediatheque.kit.unreadable import (
    ARCHIVE_CONTENT,
    EMPTY_FILE,
    UnreadableError,
)

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import Source, SourceFile

SOURCES: Final[tuple[Source, ...]] = (
    OwnCsv(),
    OwnJson(),
    Goodreads(),
    Letterboxd(),
    Imdb(),
    StoryGraph(),
    TmdbLists(),
    Trakt(),
    Libib(),
    CollectZ(),
    Clz(),
    Delicious(),
    MyAnimeList(),
    Barcodes(),
    Mapped(),
)
"""In the order people are shown them."""

SURE: Final = 0.5
"""From this score on a file is taken for the source's own; below, people say what it is."""

_SAMPLE_ROWS: Final = 50


def detect_source(sample: Sample) -> tuple[Source | None, float]:
    """Return the source that is surest of a file, with its score from 0 to 1; of equals the first.

    ``(None, 0.0)`` for what no source knows. Raises ``SourceError`` for an empty file, for a
    spreadsheet, and for an archive that is refused.
    """
    if not sample.head.strip():
        raise UnreadableError(EMPTY_FILE, "The file is empty.")
    if sample.members:
        _refuse_spreadsheet(sample)
    best: tuple[Source | None, float] = (None, 0.0)
    for source in SOURCES:
        score = source.detect(sample)
        if score > best[1]:
            best = (source, score)
    return best


def detect_file(file: SourceFile) -> Detected:
    """Say what a file seems to be, with a suggestion for its columns where it is a table."""
    sample = Sample.of(file)
    source, score = detect_source(sample)
    columns: tuple[dict[str, Any], ...] = ()
    is_table = len(sample.header) > 1 and not (sample.xml_root or sample.json_keys)
    if is_table:
        rows = sample.records[1 : _SAMPLE_ROWS + 1]
        columns = tuple(
            {
                "header": name,
                "target": target,
                "confidence": confidence,
                "samples": _samples(rows, place),
            }
            for place, (name, target, confidence) in enumerate(suggest_mapping(sample.header, rows))
        )
    return Detected(
        source.name if source else None,
        round(score, 3),
        sample.header if is_table else (),
        columns,
    )


def _samples(rows: tuple[tuple[str, ...], ...], place: int) -> list[str]:
    """Return up to three cells of a column, each once, cut where they are long."""
    cells = (row[place] for row in rows if len(row) > place and row[place])
    return list(dict.fromkeys(cell[:60] for cell in cells))[:3]


def _refuse_spreadsheet(sample: Sample) -> None:
    try:
        single_member(sample.members)
    except UnreadableError as error:
        if error.code != ARCHIVE_CONTENT:
            raise
