"""What it costs to know who asks, in which space, and what they may.

Two handlers that answer the same: one asks nothing, the other has a context and declares a
permission. Each request passes the whole application (limits, headers, journal of refusals), called
in this process, so that the difference is what finding out costs. Requests of both kinds alternate.

    python -m bench.authorising
"""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter

from bench.product import people
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.http import Read
from mediatheque.core.migrate import upgrade
from mediatheque.core.permissions import Permission
from mediatheque.core.settings import Settings
from mediatheque.kit.db import Database
from mediatheque.kit.postgres import temporary_postgres
from mediatheque.main import create_app
from tests.counting import Counting

if TYPE_CHECKING:
    from fastapi import FastAPI

WARM: Final = 300
SPACES: Final = 200  # the tables are not empty in a house that is lived in


@requires(Permission.CATALOG_READ)
async def _permitted(ctx: ReadContext) -> dict[str, bool]:
    del ctx
    return {"ok": True}


def _with_handlers(app: FastAPI) -> None:
    router = APIRouter(prefix="/api/bench")

    @router.get("/bare")
    async def bare() -> dict[str, bool]:
        return {"ok": True}

    @router.get("/signed-in")
    async def signed_in(ctx: Read) -> dict[str, bool]:
        return await _permitted(ctx)

    app.include_router(router)
    # The web application answers every path that nobody before it has.
    app.router.routes.insert(0, app.router.routes.pop())


async def _ask(
    app: FastAPI,
    path: str,
    headers: list[tuple[bytes, bytes]],
    said: dict[bytes, bytes] | None = None,
) -> float:
    """One request; the milliseconds until its answer was complete. ``said``: gets its headers."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "root_path": "", "headers": headers, "client": ("127.0.0.1", 1), "server": ("test", 80),
    }  # fmt: skip
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
            if said is not None:
                said.update(message["headers"])

    started = time.perf_counter()
    await app(scope, receive, send)
    took = (time.perf_counter() - started) * 1000
    assert statuses[0] in {200, 304}, (path, statuses)
    return took


async def _measure(url: str, token: str, slug: str, requests: int) -> dict[str, Any]:
    database = Database(url)
    database.cache = counting = Counting()
    settings = Settings(DATABASE_URL=url, reads_per_minute=10_000_000)
    app = create_app(settings, database)
    _with_handlers(app)
    shown = [(b"cookie", f"mediatheque_session={token}".encode()), (b"x-space", slug.encode())]
    both = {"bare": "/api/bench/bare", "signed_in": "/api/bench/signed-in"}
    took: dict[str, list[float]] = {name: [] for name in both}
    asked = 0
    async with app.router.lifespan_context(app):
        for turn in range(WARM + requests):
            before = len(counting.seen)
            for name, path in both.items():
                one = await _ask(app, path, shown)
                if turn >= WARM:
                    took[name].append(one)
            asked += len(counting.seen) - before if turn >= WARM else 0
    found = {name: _figures(times) for name, times in took.items()}
    return {
        **found,
        "added_p50": round(found["signed_in"]["p50"] - found["bare"]["p50"], 2),
        "added_p95": round(found["signed_in"]["p95"] - found["bare"]["p95"], 2),
        "statements": round(asked / requests, 2),
    }


async def counted(url: str, token: str, slug: str, paths: dict[str, str | None]) -> dict[str, int]:
    """How many statements each of some requests takes, by name; that who asks is one of them.

    None asks for the one before again, by who has it (RFC 9110, 13.1.2).
    """
    database = Database(url)
    database.cache = counting = Counting()
    app = create_app(Settings(DATABASE_URL=url), database)
    shown = [(b"cookie", f"mediatheque_session={token}".encode()), (b"x-space", slug.encode())]
    found: dict[str, int] = {}
    async with app.router.lifespan_context(app):
        await _ask(app, "/api/v1/channels", shown)
        said: dict[bytes, bytes] = {}
        last = ""
        for name, path in paths.items():
            more = [] if path else [(b"if-none-match", said[b"etag"])]
            last = path or last
            before = len(counting.seen)
            await _ask(app, last, shown + more, said)
            found[name] = len(counting.seen) - before
    return found


def _figures(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {"p50": round(statistics.median(times), 2), "p95": round(cuts[18], 2)}


def measure(requests: int = 3_000) -> dict[str, Any]:
    """Milliseconds of both handlers, what is added, and statements for each signed-in request."""
    with temporary_postgres() as server:
        url = server.url()
        upgrade(url)
        for number in range(SPACES):
            _, token = people(url, f"bench-{number}")
        try:
            import uvloop  # noqa: PLC0415  (as the web process: absent on Windows)

            return uvloop.run(_measure(url, token, f"bench-{SPACES - 1}", requests))
        except ImportError:
            return asyncio.run(_measure(url, token, f"bench-{SPACES - 1}", requests))


if __name__ == "__main__":
    print(measure())
