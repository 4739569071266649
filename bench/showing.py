"""The guide over HTTP: 800 channels, fourteen days, asked for as people and players do.

    python -m bench.showing [--requests 1000]

Each request asks for other channels and another time, except where the name says so. Beside them
the floor: the same rows by one SQL round trip on a connection that is there, and a request that
does nothing but find out who asks. Processor time is that of the web process.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import psycopg

from bench.authorising import counted
from bench.guides import CHANNELS, write
from bench.product import running
from bench.reading import Connection, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.product import Product

DAYS: Final = 14
SOME: Final = 50
HOURS: Final = 3
CLIENTS: Final = (8, 1)
FEW: Final = 10
"""So many times fewer requests are sent where an answer is large."""
TARGETS: Final = {
    "window": (f"{SOME} channels, {HOURS} hours", "p95 ≤ 15 ms"),
    "day": ("All channels, 24 hours", "≤ 120 ms, ≤ 3 MB"),
    "now": ("Now and next of all channels, after a change", "≤ 25 ms"),
    "now_kept": ("Now and next again, within the minute", ""),
    "window_new": (f"{SOME} channels, {HOURS} hours, after a change of everything", ""),
    "day_new": ("All channels, 24 hours, after a change of everything", ""),
    "same": ("304: the client has it", "≤ 3 ms"),
    "bare": ("Floor: who asks, and nothing else", ""),
}
_ROWS: Final = """
    SELECT p.id, p.channel_id, p.start_at, p.stop_at, p.title, p.sub_title, p.season, p.episode,
           p.genres, p.min_age, p.icon_url, p.title_id, p.is_new, p.is_premiere, p.is_repeat
    FROM live_programmes p
    WHERE p.space_id = %(space)s AND p.channel_id = ANY(%(channels)s::uuid[])
      AND p.start_at < %(until)s AND p.stop_at > %(since)s
      AND p.start_at > %(since)s - interval '6 hours'
"""


def _until_still(product: Product, timeout: float = 300) -> None:
    """Wait until the worker has done what an import leads to; then tell the planner."""
    until = time.monotonic() + timeout
    with psycopg.connect(product.database, autocommit=True) as connection:
        while time.monotonic() < until:
            row = connection.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
                "AND task_name LIKE 'live.%' AND scheduled_at IS NULL"
            ).fetchone()
            if row and row[0] == 0:
                connection.execute("VACUUM ANALYZE")
                return
            time.sleep(0.5)
    raise TimeoutError("the jobs of television")


class _Asked:
    """Addresses of the guide, each different."""

    def __init__(self, channels: list[str], first: datetime) -> None:
        self.channels, self.first = channels, first
        self._chance = random.Random(7)

    def _window(self, hours: int) -> dict[str, str]:
        minute = self._chance.randrange((DAYS * 24 - hours) * 60)
        since = self.first + timedelta(minutes=minute)
        until = since + timedelta(hours=hours)
        return {"from": since.isoformat(), "to": until.isoformat()}

    def windows(self) -> Iterator[str]:
        """Some channels that stand together, a few hours of any day."""
        while True:
            at = self._chance.randrange(len(self.channels) - SOME)
            some = ",".join(self.channels[at : at + SOME])
            yield "/api/v1/guide?" + urlencode({**self._window(HOURS), "channels": some})

    def days(self) -> Iterator[str]:
        """All channels, any twenty-four hours."""
        while True:
            yield "/api/v1/guide?" + urlencode(self._window(24))


def _floor(product: Product, asked: _Asked, requests: int) -> dict[str, dict[str, float]]:
    """Milliseconds of one SQL round trip for the rows of a window and of a day."""
    found = {}
    with psycopg.connect(product.database, autocommit=True) as connection:
        for name, some, hours, times in (
            ("window", SOME, HOURS, requests),
            ("day", len(asked.channels), 24, requests // FEW),
        ):
            took = []
            for turn in range(times):
                at = turn % max(1, len(asked.channels) - some)
                since = asked.first + timedelta(hours=turn % ((DAYS - 1) * 24))
                values = {
                    "space": product.space_id,
                    "channels": asked.channels[at : at + some],
                    "since": since,
                    "until": since + timedelta(hours=hours),
                }
                started = time.perf_counter()
                connection.execute(_ROWS, values, prepare=True).fetchall()
                took.append((time.perf_counter() - started) * 1000)
            cuts = statistics.quantiles(took, n=20)
            found[name] = {"p50": round(statistics.median(took), 1), "p95": round(cuts[18], 1)}
    return found


def _turn(product: Product) -> None:
    """The space changes: what is kept holds no longer."""
    with psycopg.connect(product.database, autocommit=True) as connection:
        connection.execute(
            "UPDATE core_versions SET version = version + 1 WHERE space_id = %s",
            (product.space_id,),
        )


async def _each_anew(
    product: Product, head: str, paths: Iterator[str], times: int
) -> dict[str, float]:
    """One client; the space changes before each of its requests, nobody knows where."""
    connection = Connection(product.url, head)
    await connection.open()
    took = []
    for _ in range(times):
        await asyncio.to_thread(_turn, product)
        started = time.perf_counter()
        await connection.ask(next(paths))
        took.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(took, n=20)
    return {"p50": round(statistics.median(took), 1), "p95": round(cuts[18], 1)}


def _processor(product: Product) -> float:
    """Milliseconds of processor time that the web process has taken."""
    ticks = Path(f"/proc/{product.web.pid}/stat").read_text().rsplit(") ")[1].split()[11:13]
    return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")


async def _ask_all(product: Product, asked: _Asked, requests: int) -> dict[str, Any]:
    head = (
        "host: bench\r\n"
        f"cookie: mediatheque_session={product.token}\r\nx-space: {product.space}\r\n"
        "accept: application/json\r\naccept-encoding: gzip\r\n"
    )
    connection = Connection(product.url, head)
    await connection.open()
    found: dict[str, Any] = {name: {} for name in TARGETS}
    now, fixed = "/api/v1/guide/now", next(asked.windows())
    tag = (await connection.ask(fixed)).headers["etag"]
    known = f"{head}if-none-match: {tag}\r\n"
    bare = "/api/v1/channels/00000000-0000-7000-8000-000000000000"
    for clients in CLIENTS:
        for name, paths, lines, times, status in (
            ("window", asked.windows(), head, requests, 200),
            ("day", asked.days(), head, requests // FEW, 200),
            ("now_kept", itertools.repeat(now), head, requests, 200),
            ("same", itertools.repeat(fixed), known, requests, 304),
            ("bare", itertools.repeat(bare), head, requests, 404),
        ):
            await measure(product.url, lines, paths, clients, 40, status)
            before = _processor(product)
            figures = await measure(product.url, lines, paths, clients, times, status)
            figures["processor"] = round((_processor(product) - before) / times, 2)
            found[name][clients] = figures
    for name, paths in (
        ("now", itertools.repeat(now)),
        ("window_new", asked.windows()),
        ("day_new", asked.days()),
    ):
        found[name][1] = await _each_anew(product, head, paths, requests // FEW)
    await connection.open()
    for name, path in (("window", fixed), ("day", next(asked.days())), ("now", now)):
        answer = await connection.ask(path)
        found[name]["megabytes"] = round(len(answer.body) / 1e6, 2)
        found[name]["megabytes_plain"] = round(len(answer.plain) / 1e6, 2)
        found[name]["programmes"] = answer.plain.count(b'"start":')
    return found


async def _run(product: Product, first: datetime, requests: int) -> dict[str, Any]:
    channels = [one["id"] for one in product.get("/channels")["items"]]
    asked = _Asked(channels, first)
    found = await _ask_all(product, asked, requests)
    found["floor"] = await asyncio.to_thread(_floor, product, asked, requests)
    window = next(asked.windows())
    day = next(asked.days())
    paths = {
        "now": "/api/v1/guide/now",
        "now_kept": "/api/v1/guide/now",
        "window_new": window,
        "window": f"{window}&entitled=true",
        "same": None,
        "day_new": day,
        "day": f"{day}&entitled=true",
    }
    found["statements"] = await counted(product.database, product.token, product.space, paths)
    return found


def measure_showing(requests: int = 1_000) -> dict[str, Any]:
    """Import the guide, then ask for it."""
    first = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with tempfile.TemporaryDirectory() as folder, running() as product:
        path = Path(folder) / "guide.xml"
        write(path, DAYS, first=first)
        done = product.wait(product.hand_in(path, source="xmltv"))
        assert done["status"] == "succeeded", done
        _until_still(product)
        found = asyncio.run(_run(product, first, requests))
        found["channels"], found["programmes"] = CHANNELS, done["summary"]["created"]
        return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000)
    print(json.dumps(measure_showing(parser.parse_args().requests), indent=1))


if __name__ == "__main__":
    main()
