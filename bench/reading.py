"""Measure reading on a running server: the list with three filters and facets, and title pages.

    python -m bench.reading http://127.0.0.1:8000 --space bench-100k --key mk_…

Starts nothing. Clients in a closed loop on kept connections, each asking for something else than
before, as browsers do (gzip, no conditional requests). Times are from the first byte sent to the
last byte read. ``--distinct 1`` asks the same lists again and again instead.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import itertools
import json
import random
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

SORTS: Final = ("title", "-year", "-added", "-rating", "popularity", "year")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, headers by their small names, and the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def plain(self) -> bytes:
        """The body, unpacked."""
        is_packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if is_packed else self.body


@dataclass(slots=True)
class Connection:
    """One kept HTTP/1.1 connection: as little work as possible beside the server's."""

    base: str
    headers: str
    reader: asyncio.StreamReader = field(init=False)
    writer: asyncio.StreamWriter = field(init=False)

    async def open(self) -> None:
        """Connect."""
        where = urlsplit(self.base)
        self.reader, self.writer = await asyncio.open_connection(where.hostname, where.port)

    async def ask(self, path: str, status: int = 200) -> Answer:
        """An answer; any other status than expected ends the measurement."""
        self.writer.write(f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        said = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await self.reader.readexactly(int(said.get("content-length", 0)))
        answer = Answer(int(first.split()[1]), said, body)
        if answer.status != status:
            raise SystemExit(f"{path}: {first} {answer.plain[:300]!r}")
        return answer

    async def get(self, path: str) -> bytes:
        """The body of an answer; anything but 200 ends the measurement."""
        return (await self.ask(path)).plain


def headers(base: str, space: str, key: str) -> str:
    """What every request sends."""
    return (
        f"host: {urlsplit(base).netloc}\r\nauthorization: Bearer {key}\r\nx-space: {space}\r\n"
        "accept: application/json\r\naccept-encoding: gzip\r\n"
    )


def some_lists(
    facets: dict[str, list[dict[str, Any]]], distinct: int, chance: random.Random
) -> Iterator[str]:
    """Addresses of lists with three filters and facets, chosen from what the space holds."""
    filters = [name for name, values in facets.items() if values and name != "decade"]
    made = []
    for _ in range(distinct):
        query: list[tuple[str, str]] = []
        for name in chance.sample([*filters, "year", "rating"], 3):
            if name == "year":
                start = chance.randrange(1950, 2015)
                query += [("year_from", str(start)), ("year_to", str(start + 10))]
            elif name == "rating":
                query.append(("rating_from", str(chance.randrange(3, 9))))
            else:
                values = facets[name][:12]
                query.append((name, chance.choice(values)["value"]))
        query += [("facets", "true"), ("sort", chance.choice(SORTS))]
        made.append("/api/v1/titles?" + urlencode(query))
    return itertools.cycle(made)


async def measure(  # noqa: PLR0913, PLR0917  (what is asked, how often, by how many)
    base: str, head: str, paths: Iterator[str], clients: int, requests: int, status: int = 200
) -> dict[str, float]:
    """Milliseconds of ``requests`` requests by ``clients`` at once, to the last byte as sent."""
    times: list[float] = []
    left = iter(range(requests))

    async def client() -> None:
        connection = Connection(base, head)
        await connection.open()
        for _ in left:
            path = next(paths)
            started = time.perf_counter()
            await connection.ask(path, status)
            times.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "per_second": round(requests / took),
    }


async def some_ids(connection: Connection, count: int, chance: random.Random) -> list[str]:
    """Ids of works from all over the list, in no order."""
    ids: list[str] = []
    cursor = ""
    while len(ids) < count:
        path = f"/api/v1/titles?limit=200&fields=id&sort=-added{cursor}"
        body = json.loads(await connection.get(path))
        ids += [one["id"] for one in body["items"]]
        if body["next_cursor"] is None:
            break
        cursor = f"&cursor={body['next_cursor']}"
    chance.shuffle(ids)
    return ids[:count]


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """All measurements of one space."""
    head = headers(given.base, given.space, given.key)
    connection = Connection(given.base, head)
    await connection.open()
    whole = json.loads(await connection.get("/api/v1/titles?facets=true&limit=1"))
    chance = random.Random(given.seed)
    lists = some_lists(whole["facets"], given.distinct, chance)
    keys = await some_ids(connection, given.distinct, chance)
    pages = itertools.cycle(f"/api/v1/titles/{key}" for key in keys)
    plain = itertools.cycle(f"/api/v1/titles?sort={sort}" for sort in SORTS)
    answers: dict[str, Any] = {"space": given.space, "titles": whole["total"]}
    for name, paths in (("list", lists), ("page", pages), ("plain", plain)):
        await measure(given.base, head, paths, given.clients, 100)
        answers[name] = await measure(given.base, head, paths, given.clients, given.requests)
    return answers


def main() -> None:
    """Print the figures of one space as a JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="http://host:port of the running server")
    parser.add_argument("--space", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--distinct", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7, help="another one asks for other lists")
    given = parser.parse_args()
    print(json.dumps(asyncio.run(run(given))))


if __name__ == "__main__":
    main()
