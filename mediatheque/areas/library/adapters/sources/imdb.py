"""IMDb: the exports of ratings, watchlist and lists, as they are and as they were since 2010."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.phrases import credits_of, names
from mediatheque.areas.library.adapters.tables import Row, TableSource
from mediatheque.areas.library.schemas.rows import ItemRow, MarkRow, RowFailure
from mediatheque.kit.identifiers import read_imdb_id
from mediatheque.kit.tabular import normal_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions

_KINDS: Final = {
    "tvseries": "series",
    "tvminiseries": "series",
    "miniseries": "series",
    "podcastseries": "other",
    "podcastepisode": "other",
    "videogame": "game",
    "game": "game",
}
_EPISODES: Final = frozenset({"tvepisode", "episode"})
_WATCHLIST: Final = "watchlist"


class Imdb(TableSource):
    """One row per title; a rating says that it was seen, the watchlist that it is wanted."""

    name: ClassVar[str] = "imdb"
    label: ClassVar[str] = "IMDb"
    description: ClassVar[str] = (
        "The CSV of Your ratings, Your watchlist or one of your lists, by Export on its page."
    )
    required: ClassVar[tuple[str, ...]] = ("Const", "Title")
    typical: ClassVar[tuple[str, ...]] = ("Title Type", "Genres", "Runtime (mins)", "IMDb Rating")

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the rows; in a file named so, everything unrated is wanted."""
        wanted = _WATCHLIST in file.filename.casefold()
        for item in super().rows(file, options):
            if wanted and isinstance(item, ItemRow) and not item.marks and not item.episode_title:
                item.marks.append(MarkRow("wanted", item.added_on))
            yield item

    def read(self, row: Row, options: SourceOptions) -> ItemRow | RowFailure:  # noqa: ARG002  (as the protocol has it)
        """Read a title."""
        title = row.text("Title")
        if not title:
            return row.no_title()
        const = read_imdb_id(row.text("Const", "URL"))
        title_type = normal_name(row.text("Title Type"))
        if title_type in _EPISODES:
            return _episode(row, title, const)
        item = row.item(_KINDS.get(title_type, "movie"), title, key=const)
        if const:
            item.external_ids["imdb"] = const
        else:
            row.problem("bad_id", "Const", f"“{row.text('Const')[:40]}” is no IMDb id of a title.")
        original = row.text("Original Title")
        item.original_title = original if original != title else None
        item.year = row.year("Year")
        item.released_on = row.date(
            "Release Date", "Release Date (month/day/year)", day_first=False
        )
        item.runtime_minutes = row.minutes("Runtime (mins)", "Runtime")
        item.genres = [name.replace("_", " ").title() if name.islower() else name
                       for name in names(row.text("Genres"), ",")]  # fmt: skip
        item.rating = row.rating(10, "IMDb Rating")
        item.my_rating = row.rating(10, "Your Rating", "You rated")
        item.credits = credits_of(names(row.text("Directors"), ","), "director")
        item.added_on = row.date("Created", "Date Rated", day_first=False)
        if item.my_rating:
            item.marks.append(MarkRow("finished"))
        if note := row.text("Description"):
            item.notes.append(note)
        return item


def _episode(row: Row, title: str, const: str | None) -> ItemRow:
    """Keep what was said of an episode as a note of its series.

    The export numbers neither season nor episode, and ``Const`` is the episode's id: taken as
    the series' it would tie the wrong work.
    """
    series, _, episode = title.partition(": ")
    item = row.item("series", series, key=const, episode_title=episode or None)
    rating = row.text("Your Rating", "You rated")
    rated_on = row.text("Date Rated")
    parts = [
        f"Episode “{episode or title}”",
        f"rated {rating} of 10" if rating else "",
        f"on {rated_on}" if rating and rated_on else "",
        f"({const})" if const else "",
    ]
    item.notes.append(" ".join(part for part in parts if part))
    row.problem(
        "episode_unnumbered",
        "Title Type",
        "IMDb does not say which episode this is; what you noted was kept as a note of the series.",
    )
    return item
