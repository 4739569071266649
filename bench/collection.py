"""Makes our CSV as large collections export it: every column filled, names that repeat."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = [
    "kind",
    "title",
    "year",
    "original_title",
    "sort_title",
    "season",
    "episode",
    "format",
    "resolution",
    "edition",
    "region",
    "barcode",
    "isbn13",
    "imdb_id",
    "tmdb_id",
    "director",
    "cast",
    "genre",
    "language",
    "runtime_minutes",
    "rating",
    "my_rating",
    "watched",
    "location",
    "condition",
    "price",
    "currency",
    "bought_on",
    "loaned_to",
    "notes",
    "tags",
    "added_on",
]
WORDS = [
    "night",
    "river",
    "glass",
    "winter",
    "letter",
    "garden",
    "paper",
    "stone",
    "mirror",
    "silent",
    "harbor",
    "crimson",
    "autumn",
    "shadow",
    "lantern",
    "orchard",
    "thunder",
    "velvet",
    "copper",
    "island",
    "marble",
    "ribbon",
    "station",
    "meadow",
    "falcon",
    "engine",
    "compass",
    "riddle",
    "saffron",
    "tunnel",
    "anchor",
    "willow",
    "ember",
    "cathedral",
    "summer",
    "orbit",
    "canyon",
]
FIRST = [
    "Anna",
    "Bela",
    "Carl",
    "Dina",
    "Egon",
    "Fritz",
    "Greta",
    "Hans",
    "Irma",
    "Jan",
    "Karin",
    "Lars",
    "Mina",
    "Nils",
    "Olga",
    "Piet",
]
LAST = [
    "Abel",
    "Brandt",
    "Cerny",
    "Dahl",
    "Eriksen",
    "Falk",
    "Grieg",
    "Holm",
    "Ibsen",
    "Jansen",
    "Krause",
    "Lund",
    "Meyer",
    "Novak",
]
GENRES = [
    "Drama",
    "Comedy",
    "Horror",
    "Western",
    "Crime",
    "Romance",
    "Adventure",
    "Animation",
    "Documentary",
    "War",
]
FORMATS = (("dvd", "sd"), ("bluray", "full_hd"), ("uhd", "uhd_4k"), ("vhs", "sd"))
TAGS = [
    "favourite",
    "signed",
    "gift",
    "restored",
    "festival",
    "box set",
    "silent",
    "subtitled",
    "classic",
    "cult",
]


def _check(digits: str) -> str:
    """An EAN-13 with its check digit."""
    total = sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits))
    return f"{digits}{-total % 10}"


def rows(first: int, count: int, seed: int = 7) -> Iterator[list[str]]:
    """Rows ``first`` … of one endless collection: the same number always gives the same row."""
    people = [f"{a} {b} {c}" for a in FIRST for b in LAST for c in ("", *LAST[:6])]
    people = [" ".join(name.split()) for name in people]
    for number in range(first, first + count):
        pick = random.Random(seed * 1_000_003 + number)
        title = " ".join(pick.sample(WORDS, 3)).title() + f" {number}"
        year = 1920 + number % 100
        form, resolution = pick.choice(FORMATS)
        cast = pick.sample(people, 4)
        yield [
            "movie",
            title,
            str(year),
            f"Original {title}",
            title,
            "",
            "",
            form,
            resolution,
            pick.choice(("", "Restored", "Anniversary edition")),
            pick.choice("ABC"),
            _check(f"29{number:010d}"),
            "",
            f"tt{10_000_000 + number}",
            str(1_000_000 + number),
            pick.choice(people),
            ";".join(cast),
            ";".join(pick.sample(GENRES, 2)),
            pick.choice(("en", "de", "fr", "sv", "ja")),
            str(60 + number % 120),
            f"{pick.uniform(3, 9.5):.1f}",
            str(pick.randint(1, 10)),
            f"{2005 + number % 18}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            f"Shelf {pick.choice('ABCDEF')}{number % 40}",
            pick.choice(("mint", "near_mint", "very_good", "good", "fair")),
            f"{pick.uniform(2, 40):.2f}",
            "EUR",
            f"{2005 + number % 18}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            pick.choice(people) if number % 20 == 0 else "",
            f"Bought second-hand, number {number}; the sleeve is a little worn at one corner.",
            ";".join(pick.sample(TAGS, 2)),
            f"{2005 + number % 18}-{1 + number % 12:02d}-{1 + number % 28:02d}",
        ]


def write(path: Path, first: int, count: int, pad: int = 0, edition: str | None = None) -> None:
    """Write a file; ``pad`` characters are added to each row's notes, to reach a size."""
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(COLUMNS)
        notes = COLUMNS.index("notes")
        for row in rows(first, count):
            if edition is not None:
                row[COLUMNS.index("edition")] = edition
            if pad:
                row[notes] += " " + "x" * pad
            writer.writerow(row)
