r"""The columns of our own CSV, how a list, a mark and a name stand in a cell, and the template.

Conventions, kept by reader and writer alike:

* lists are separated by ``;``; inside an entry it is written ``\;``, and a backslash twice (one
  before anything else stands for itself);
* ``director`` names who made the work, by the kind's usual job (a book's author, an album's
  artist, a game's developer); another job stands in brackets: ``Fritz Lang;Thea von Harbou
  (writer)``; ``cast`` names actors, the character in brackets;
* ``watched`` lists what was done when: ``2024-02-03`` (finished that day), ``yes``, ``started
  2024-01-01``, ``wanted``;
* ``barcode`` is a trade item number or a label; digits that are no such number, or another form
  of one, carry an apostrophe in front;
* ``notes`` are the copy's, or, in a row without a copy, the person's;
* a text that a spreadsheet would run as a formula (it begins with ``= + - @``, tab or return)
  carries an apostrophe in front, as OWASP advises against CSV injection; so does one that begins
  with apostrophes before such a sign. Reading takes exactly one away, so nothing is lost.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

COLUMNS: Final = (
    "kind", "title", "year", "original_title", "sort_title", "season", "episode", "format",
    "resolution", "edition", "region", "barcode", "isbn13", "imdb_id", "tmdb_id", "director",
    "cast", "genre", "language", "runtime_minutes", "rating", "my_rating", "watched", "location",
    "condition", "price", "currency", "bought_on", "loaned_to", "notes", "tags", "added_on",
)  # fmt: skip

MORE_COLUMNS: Final = (
    "library", "episode_title", "synopsis", "age_rating", "minimum_age", "released_on", "country",
    "mood", "theme", "publisher", "edition_released_on", "signed", "loaned_on", "review",
)  # fmt: skip
"""Columns that are read where they occur and written where they are asked for."""

MAKER: Final = {
    "movie": "director",
    "series": "director",
    "album": "artist",
    "book": "author",
    "game": "developer",
    "comic": "author",
    "other": "creator",
}

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")

_EXAMPLES: Final = (
    {
        "kind": "movie", "title": "Metropolis", "year": "1927", "format": "bluray",
        "resolution": "full_hd", "edition": "Restored", "region": "B", "barcode": "4012345678901",
        "imdb_id": "tt0017136", "tmdb_id": "19",
        "director": "Fritz Lang;Thea von Harbou (writer)",
        "cast": "Brigitte Helm (Maria);Alfred Abel (Joh Fredersen)",
        "genre": "Science Fiction;Drama", "language": "de", "runtime_minutes": "153",
        "rating": "8.3", "my_rating": "9", "watched": "2024-02-03", "location": "Shelf A",
        "condition": "very_good", "price": "14.99", "currency": "EUR", "bought_on": "2023-11-20",
        "loaned_to": "Ada", "notes": "Slipcase is torn", "tags": "silent;restored",
        "added_on": "2023-11-21",
    },
    {
        "kind": "series", "title": "The Example Hour", "year": "1958", "season": "1",
        "episode": "2", "format": "dvd", "language": "en", "watched": "yes",
    },
    {
        "kind": "album", "title": "Kind of Blue", "year": "1959", "format": "vinyl",
        "director": "Miles Davis", "genre": "Jazz", "condition": "near_mint",
    },
    {
        "kind": "book", "title": "Frankenstein", "year": "1818", "format": "paperback",
        "isbn13": "9780141439471", "director": "Mary Shelley", "language": "en",
        "watched": "started 2024-05-01",
    },
    {
        "kind": "game", "title": "Tetris", "year": "1989", "format": "cartridge",
        "director": "Alexey Pajitnov", "location": "Drawer 2",
    },
    {
        "kind": "comic", "title": "Little Nemo in Slumberland", "year": "1905",
        "format": "hardcover", "director": "Winsor McCay;Winsor McCay (artist)",
    },
    {
        "kind": "other", "title": "Magic lantern slides", "format": "boxed", "location": "Attic",
        "notes": "Twelve slides",
    },
)  # fmt: skip


def template() -> str:
    """Return the CSV people start from: the header and one example row per kind."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return text.getvalue()


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a text as a formula."""
    if cell.startswith(DANGEROUS) or (cell.startswith("'") and GUARDED.match(cell)):
        return f"'{cell}"
    return cell


def unguard(cell: str) -> str:
    """Take the apostrophe away that :func:`guard` put in front."""
    return cell[1:] if GUARDED.match(cell) else cell
