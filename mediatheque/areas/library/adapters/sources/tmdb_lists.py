"""TMDB: the exports of ratings, watchlist, favourites and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mediatheque.areas.library.adapters.tables import Row, TableSource
from mediatheque.areas.library.schemas.rows import ItemRow, MarkRow, RowFailure
from mediatheque.kit.identifiers import read_imdb_id, read_tmdb_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions


class TmdbLists(TableSource):
    """One row per film, series, season or episode."""

    name: ClassVar[str] = "tmdb"
    label: ClassVar[str] = "TMDB lists"
    description: ClassVar[str] = (
        "The CSV of your ratings, watchlist, favourites or a list, by Export on themoviedb.org."
    )
    required: ClassVar[tuple[str, ...]] = ("TMDb ID", "Type", "Name")
    typical: ClassVar[tuple[str, ...]] = ("IMDb ID", "Release Date", "Your Rating", "Date Rated")

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the rows; in a file named so, everything unrated is wanted."""
        wanted = "watchlist" in file.filename.casefold()
        for item in super().rows(file, options):
            if wanted and isinstance(item, ItemRow) and not item.marks:
                item.marks.append(MarkRow("wanted"))
            yield item

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure:  # noqa: ARG002  (as the protocol has it)
        """Read a row. Ids of seasons and episodes are not the series' and stay out."""
        title = row.text("Name")
        if not title:
            return row.no_title()
        season, episode = row.text("Season Number"), row.text("Episode Number")
        is_film = row.text("Type").casefold() == "movie"
        key = ":".join((row.text("Type").casefold(), row.text("TMDb ID"), season, episode))
        item = row.item("movie" if is_film else "series", title, key=key.rstrip(":"))
        item.season = _part(row, season, "Season Number")
        item.episode = _part(row, episode, "Episode Number")
        if item.season is None:
            _read_ids(item, row)
            item.released_on = row.date("Release Date")
            item.year = row.year("Release Date")
        item.rating = row.rating(10, "Rating")
        item.my_rating = row.rating(10, "Your Rating")
        if item.my_rating:
            item.marks.append(MarkRow("finished"))
            item.added_on = row.date("Date Rated")
        return item


def _part(row: Row, text: str, column: str) -> int | None:
    if text.isdecimal() and text.isascii():
        return int(text)
    if text:
        row.problem("bad_number", column, f"“{text[:40]}” is no whole number.")
    return None


def _read_ids(item: ItemRow, row: Row) -> None:
    for scheme, column, read in (
        ("tmdb", "TMDb ID", read_tmdb_id),
        ("imdb", "IMDb ID", read_imdb_id),
    ):
        text = row.text(column)
        value = read(text) if text else None
        if value:
            item.external_ids[scheme] = value
        elif text and text != "0":
            row.problem("bad_id", column, f"“{text[:40]}” is no such id.")
