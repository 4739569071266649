"""Guides of the shape of real ones: 800 channels, 60,000 programmes, about 40 MB, and larger.

    python -m bench.guides path.xml [--days 7]

Nothing in them is real. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.collection import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANNELS = 800
GENRES = ("News", "Series", "Movie", "Sports", "Children", "Documentary", "Music", "Comedy")
LANGUAGES = ("en", "de", "fr", "es")
SLOTS = (30, 45, 60, 90, 120, 150, 180, 240, 360)
WEIGHTS = (6, 10, 10, 14, 12, 16, 12, 9, 5)


def _words(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))


def _channel(number: int, language: str) -> str:
    return (
        f'  <channel id="channel{number}.{language}">\n'
        f'    <display-name lang="{language}">Channel {number}</display-name>\n'
        f"    <display-name>{number}</display-name>\n"
        f'    <icon src="https://pictures.example/logos/{number}.png" width="360" height="270"/>\n'
        "  </channel>\n"
    )


def _programme(
    chance: random.Random, channel: str, language: str, start: datetime, stop: datetime
) -> str:
    parts = [
        f'  <programme start="{start:%Y%m%d%H%M%S} +0000" stop="{stop:%Y%m%d%H%M%S} +0000" '
        f'channel="{channel}">\n'
        f'    <title lang="{language}">{_words(chance, 1, 4).title()}</title>\n'
    ]
    kind = chance.random()
    if kind < 0.55:
        parts.append(f'    <sub-title lang="{language}">{_words(chance, 2, 5)}</sub-title>\n')
    if kind < 0.9:
        described = _words(chance, 15, 55).capitalize()
        parts.append(f'    <desc lang="{language}">{described} &amp; more.</desc>\n')
    if kind > 0.6:
        cast = "".join(
            f"      <actor>{_words(chance, 2, 2).title()}</actor>\n"
            for _ in range(chance.randint(1, 5))
        )
        director = _words(chance, 2, 2).title()
        parts.append(
            f"    <credits>\n      <director>{director}</director>\n{cast}    </credits>\n"
            f"    <date>{chance.randint(1950, 2026)}</date>\n"
        )
    for genre in chance.sample(GENRES, chance.randint(1, 2)):
        parts.append(f'    <category lang="en">{genre}</category>\n')
    if kind > 0.3:
        picture = chance.randrange(100_000)
        parts.append(f'    <icon src="https://pictures.example/programmes/{picture}.jpg"/>\n')
    if kind < 0.55:
        season, episode = chance.randrange(20), chance.randrange(24)
        parts.append(
            f'    <episode-num system="xmltv_ns">{season}.{episode}.</episode-num>\n'
            f'    <episode-num system="onscreen">S{season + 1:02}E{episode + 1:02}</episode-num>\n'
        )
    if kind < 0.3:
        parts.append("    <previously-shown/>\n")
    if 0.4 < kind < 0.6:
        parts.append('    <rating system="VCHIP">\n      <value>TV-PG</value>\n    </rating>\n')
    parts.append("  </programme>\n")
    return "".join(parts)


def guide(
    days: float, *, channels: int = CHANNELS, seed: int = 1, first: datetime | None = None
) -> Iterator[str]:
    """The document in pieces: channels first, then the programmes channel by channel."""
    chance = random.Random(seed)  # noqa: S311  (a benchmark's data)
    begin = first or datetime(2026, 3, 1, tzinfo=UTC)
    end = begin + timedelta(days=days)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tv generator-info-name="bench">\n'
    spoken = [LANGUAGES[number % len(LANGUAGES)] for number in range(channels)]
    for number, language in enumerate(spoken, 1):
        yield _channel(number, language)
    for number, language in enumerate(spoken, 1):
        at = begin
        while at < end:
            stop = at + timedelta(minutes=chance.choices(SLOTS, WEIGHTS)[0])
            yield _programme(chance, f"channel{number}.{language}", language, at, stop)
            at = stop
    yield "</tv>\n"


def write(path: Path, days: float, **options: int) -> int:
    """Write a guide of so many days; answers its size in bytes."""
    with path.open("w", encoding="utf-8") as out:
        for piece in guide(days, **options):
            out.write(piece)
    return path.stat().st_size


def main() -> None:
    """Write one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--days", type=float, default=7)
    given = parser.parse_args()
    print(f"{write(given.path, given.days) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
