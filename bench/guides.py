"""Guides of the shape of real ones: 800 channels, 60,000 programmes, about 40 MB, and larger.

    python -m bench.guides [--days 7]            import one against its floor
    python -m bench.guides path.xml [--days 7]   only write it

Nothing in them is real. The same seed gives the same file. The floor, in the same run: a streaming
parse of the same file, and COPY of the rows that the import wrote into an empty copy of the same
table with the same indexes and the exclusion constraint.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from bench.collection import WORDS
from bench.floor import OF_IMPORT, copied
from bench.importing import Beside
from bench.product import Product, resident_mb, running

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANNELS = 800
GENRES = ("News", "Series", "Movie", "Sports", "Children", "Documentary", "Music", "Comedy")
LANGUAGES = ("en", "de", "fr", "es")
SLOTS = (30, 45, 60, 90, 120, 150, 180, 240, 360)
WEIGHTS = (6, 10, 10, 14, 12, 16, 12, 9, 5)
ROWS = {"live_programmes": OF_IMPORT}
EXCLUSION = (
    "ADD EXCLUDE USING gist "
    "(space_id WITH =, channel_id WITH =, tstzrange(start_at, stop_at) WITH &&)"
)


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


# How many of a hundred real entries have what.
SUB_TITLED, DESCRIBED, CREDITED_FROM, PICTURED_FROM = 0.55, 0.9, 0.6, 0.3
NUMBERED, REPEATED, RATED = 0.55, 0.3, (0.4, 0.6)


def _programme(
    chance: random.Random, channel: str, language: str, start: datetime, stop: datetime
) -> str:
    head = f'start="{start:%Y%m%d%H%M%S} +0000" stop="{stop:%Y%m%d%H%M%S} +0000"'
    title = f'    <title lang="{language}">{_words(chance, 1, 4).title()}</title>\n'
    parts = [f'  <programme {head} channel="{channel}">\n{title}']
    kind = chance.random()
    if kind < SUB_TITLED:
        parts.append(f'    <sub-title lang="{language}">{_words(chance, 2, 5)}</sub-title>\n')
    if kind < DESCRIBED:
        described = _words(chance, 15, 55).capitalize()
        parts.append(f'    <desc lang="{language}">{described} &amp; more.</desc>\n')
    if kind > CREDITED_FROM:
        cast = "".join(
            f"      <actor>{_words(chance, 2, 2).title()}</actor>\n"
            for _ in range(chance.randint(1, 5))
        )
        director = _words(chance, 2, 2).title()
        parts.append(
            f"    <credits>\n      <director>{director}</director>\n{cast}    </credits>\n"
            f"    <date>{chance.randint(1950, 2026)}</date>\n"
        )
    genres = chance.sample(GENRES, chance.randint(1, 2))
    parts.extend(f'    <category lang="en">{genre}</category>\n' for genre in genres)
    if kind > PICTURED_FROM:
        picture = chance.randrange(100_000)
        parts.append(f'    <icon src="https://pictures.example/programmes/{picture}.jpg"/>\n')
    if kind < NUMBERED:
        season, episode = chance.randrange(20), chance.randrange(24)
        parts.append(
            f'    <episode-num system="xmltv_ns">{season}.{episode}.</episode-num>\n'
            f'    <episode-num system="onscreen">S{season + 1:02}E{episode + 1:02}</episode-num>\n'
        )
    if kind < REPEATED:
        parts.append("    <previously-shown/>\n")
    if RATED[0] < kind < RATED[1]:
        parts.append('    <rating system="VCHIP">\n      <value>TV-PG</value>\n    </rating>\n')
    parts.append("  </programme>\n")
    return "".join(parts)


def guide(
    days: float, *, channels: int = CHANNELS, seed: int = 1, first: datetime | None = None
) -> Iterator[str]:
    """The document in pieces: channels first, then the programmes channel by channel."""
    chance = random.Random(seed)
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


def write(path: Path, days: float, **options: Any) -> int:
    """Write a guide of so many days; answers its size in bytes."""
    with path.open("w", encoding="utf-8") as out:
        for piece in guide(days, **options):
            out.write(piece)
    return path.stat().st_size


def floor(product: Product, path: Path, import_id: str) -> tuple[float, float, int]:
    """Seconds for a streaming parse, seconds for COPY of the rows, and how many there were."""
    started = time.perf_counter()
    for _, element in etree.iterparse(
        str(path), events=("end",), tag=("programme", "channel"), no_network=True
    ):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    parsing = time.perf_counter() - started
    copying, count = copied(product, ROWS, import_id, EXCLUSION)
    return parsing, copying, count


def measure(days: float) -> dict[str, Any]:
    """Import a guide of so many days into an empty schedule, then the same file again."""
    with tempfile.TemporaryDirectory() as folder, running() as product:
        path = Path(folder) / "guide.xml"
        size = write(path, days)
        small = Path(folder) / "small.xml"
        write(small, 0.1, channels=3, seed=9)
        product.wait(product.hand_in(small, source="xmltv"))
        time.sleep(2)
        resting = resident_mb(product.worker.pid)
        with Beside(product) as busy:
            first = _timed(product, path)
            again = _timed(product, path)
        parsing, copying, count = floor(product, path, first[0]["id"])
        return {
            "megabytes": round(size / 1e6, 1),
            "summary": first[0]["summary"],
            "seconds": round(first[1], 2),
            "programmes_per_second": round(count / first[1]),
            "floor_parse_seconds": round(parsing, 2),
            "floor_copy_seconds": round(copying, 2),
            "ratio": round(first[1] / (parsing + copying), 2),
            "again_seconds": round(again[1], 2),
            "again_ratio": round(again[1] / first[1], 2),
            "again_unchanged": again[0]["summary"]["skipped"],
            "worker_mb_idle": round(resting),
            "worker_mb_above_idle": round(max(busy.memory) - resting),
            "other_requests_p95_ms": round(busy.p95, 1),
        }


def _timed(product: Product, path: Path) -> tuple[dict[str, Any], float]:
    """Hand a file in and wait: the import, and seconds from the end of the upload on."""
    handed = product.hand_in(path, source="xmltv")
    started = time.perf_counter()
    done = product.wait(handed)
    return done, time.perf_counter() - started


SIZES = {"40 MB": 7.0, "200 MB": 32.0, "1 GB": 160.0}
"""Days of 800 channels, by the size of the file."""


def main() -> None:
    """Measure, or only write a guide."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?", help="only write a guide there")
    parser.add_argument("--days", type=float, default=7)
    given = parser.parse_args()
    if given.path:
        print(f"{write(given.path, given.days) / 1e6:.1f} MB")
        return
    for name, value in measure(given.days).items():
        print(f"{name:24} {value}", flush=True)


if __name__ == "__main__":
    main()
