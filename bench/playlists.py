"""Playlists of the shape of large ones: 100,000 channels, about 27 MB of M3U.

    python -m bench.playlists [--entries 100000]             import one twice, against its floor
    python -m bench.playlists path.m3u [--entries 100000]    only write it

Nothing in them is real. The same seed gives the same file. The floor, in the same run: a streaming
parse of the same file, and COPY of the rows that the import wrote into empty copies of the same
tables with the same indexes. Processor time is that of the worker and of all of PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from bench.collection import WORDS
from bench.floor import OF_IMPORT, copied
from bench.importing import Beside
from bench.product import Product, resident_mb, running

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = 100_000
QUALITIES = ("", " HD", " FHD", " 4K", " SD")
COUNTRIES = ("UK", "DE", "FR", "ES", "IT", "PL", "NL", "SE")
GROUPS = ("News", "Sports", "Movies", "Series", "Kids", "Documentary", "Music", "Regional")
# How many of a hundred real entries have what.
IDENTIFIED, NUMBERED, PICTURED, REWINDING, LEFT = 0.75, 0.5, 0.8, 0.15, 0.005
TICKS = os.sysconf("SC_CLK_TCK")
TABLES = {
    "live_channels": OF_IMPORT,
    "live_channel_genres": (
        "SELECT g.* FROM live_channel_genres g JOIN live_channels c "
        "ON c.space_id = g.space_id AND c.id = g.channel_id WHERE c.import_id = {}"
    ),
    "live_source_channels": (
        "SELECT s.* FROM live_source_channels s JOIN live_channels c "
        "ON c.space_id = s.space_id AND c.id = s.channel_id WHERE c.import_id = {}"
    ),
    "exchange_rows": OF_IMPORT,
}
"""What an import writes, by the import that made the channels."""
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def _entry(chance: random.Random, number: int, name: str, country: str) -> str:
    """One entry of the file. Several qualities of a channel have one id."""
    kind = chance.random()
    if kind < LEFT:
        address = f"http://films.example/{number}.mp4"
    else:
        address = f"http://streams.example:8080/live/{number:06}/{chance.randrange(10**8)}.m3u8"
    parts = [f'tvg-id="{name.replace(" ", "")}.{country.lower()}"' if kind < IDENTIFIED else ""]
    quality = QUALITIES[number % len(QUALITIES)]
    if chance.random() < NUMBERED:
        parts.append(f'tvg-chno="{number}"')
    parts.append(f'tvg-name="{country}: {name}{quality}"')
    if chance.random() < PICTURED:
        parts.append(f'tvg-logo="https://pictures.example/logos/{number}.png"')
    if chance.random() < REWINDING:
        parts.append('catchup="shift" catchup-days="7"')
    parts.append(f'group-title="{country} {chance.choice(GROUPS)}"')
    said = " ".join(part for part in parts if part)
    return f"#EXTINF:-1 {said},{country}: {name}{quality}\n{address}\n"


def playlist(entries: int, *, seed: int = 1) -> Iterator[str]:
    """The document in pieces, entry by entry."""
    chance = random.Random(seed)
    yield '#EXTM3U url-tvg="https://guides.example/all.xml.gz"\n'
    name, country = "", ""
    for number in range(1, entries + 1):
        if not name or number % 2:
            words = " ".join(chance.choices(WORDS, k=chance.randint(1, 3))).title()
            name, country = f"{words} {chance.randint(1, 60)}", chance.choice(COUNTRIES)
        yield _entry(chance, number, name, country)


def write(path: Path, entries: int, **options: Any) -> int:
    """Write a playlist of so many entries; answers its size in bytes."""
    with path.open("w", encoding="utf-8") as out:
        for piece in playlist(entries, **options):
            out.write(piece)
    return path.stat().st_size


def parse(path: Path) -> int:
    """Read a playlist line by line into attributes, name and address; answers how many."""
    count = 0
    with path.open(encoding="utf-8") as source:
        for line in source:
            if line.startswith("#EXTINF:"):
                dict(_ATTRIBUTE.findall(line))
                line.rpartition(",")
            elif not line.startswith("#"):
                count += 1
    return count


def floor(product: Product, path: Path, import_id: str) -> tuple[float, float, int]:
    """Seconds for a streaming parse, seconds for COPY of the rows, and how many there were."""
    started = time.perf_counter()
    parse(path)
    parsing = time.perf_counter() - started
    copying, count = copied(product, TABLES, import_id)
    return parsing, copying, count


def _stat(pid: int) -> list[str]:
    """The fields of ``/proc/<pid>/stat`` from the state on (Linux, proc(5))."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def processor_seconds(pid: int, *, children: bool = False) -> float:
    """Processor time of a process; with its children's, those that ended too."""
    fields = _stat(pid)
    used = sum(int(one) for one in fields[11 : 15 if children else 13])
    if children:
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and (found := _stat(int(entry.name))):
                used += sum(int(one) for one in found[11:15]) if found[1] == str(pid) else 0
    return used / TICKS


def postmaster(product: Product) -> int:
    """The process above all of PostgreSQL's."""
    with psycopg.connect(product.database) as connection:
        return int(_stat(connection.info.backend_pid)[1])


def measure(entries: int) -> dict[str, Any]:
    """Import a playlist of so many entries into a space without channels, and once more."""
    with tempfile.TemporaryDirectory() as folder, running() as product:
        path = Path(folder) / "channels.m3u"
        size = write(path, entries)
        small = Path(folder) / "small.m3u"
        write(small, 5, seed=9)
        product.wait(product.hand_in(small, source="m3u"))
        server = postmaster(product)
        time.sleep(2)
        resting = resident_mb(product.worker.pid)
        with Beside(product) as busy:
            first = _timed(product, path, server)
            again = _timed(product, path, server)
        parsing, copying, count = floor(product, path, str(first["id"]))
        return {
            "megabytes": round(size / 1e6, 1),
            "summary": first["summary"],
            "seconds": round(first["seconds"], 2),
            "entries_per_second": round(entries / first["seconds"]),
            "floor_parse_seconds": round(parsing, 2),
            "floor_copy_seconds": round(copying, 2),
            "floor_rows": count,
            "ratio": round(first["seconds"] / (parsing + copying), 2),
            "processor_python_seconds": round(first["python"], 2),
            "processor_postgresql_seconds": round(first["postgresql"], 2),
            "again_seconds": round(again["seconds"], 2),
            "again_ratio": round(again["seconds"] / first["seconds"], 2),
            "again_unchanged": again["summary"]["skipped"],
            "again_processor_python_seconds": round(again["python"], 2),
            "again_processor_postgresql_seconds": round(again["postgresql"], 2),
            "worker_mb_idle": round(resting),
            "worker_mb_above_idle": round(max(busy.memory) - resting),
            "load": round(os.getloadavg()[0], 1),
        }


def _timed(product: Product, path: Path, server: int) -> dict[str, Any]:
    """Hand a file in and wait: the import, seconds from the upload's end on, processor time."""
    handed = product.hand_in(path, source="m3u")
    worker = product.worker.pid
    used = processor_seconds(worker), processor_seconds(server, children=True)
    started = time.perf_counter()
    done = product.wait(handed)
    return {
        **done,
        "seconds": time.perf_counter() - started,
        "python": processor_seconds(worker) - used[0],
        "postgresql": processor_seconds(server, children=True) - used[1],
    }


def main() -> None:
    """Measure, or only write a playlist."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?", help="only write a playlist there")
    parser.add_argument("--entries", type=int, default=ENTRIES)
    given = parser.parse_args()
    if given.path:
        print(f"{write(given.path, given.entries) / 1e6:.1f} MB")
        return
    for name, value in measure(given.entries).items():
        print(f"{name:34} {value}", flush=True)


if __name__ == "__main__":
    main()
