"""A server on this machine that answers as TMDB does, and the jobs that ask it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text

from mediatheque.areas.catalog.module import MODULE as CATALOG
from mediatheque.areas.library.module import MODULE as LIBRARY
from mediatheque.core.work import Work
from tests.files.pictures import png
from tests.library import tmdb_answers as answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import Member

TOKEN = "a-read-token"


@dataclass
class Site:
    """What was asked, and what is to go wrong: path → (status, headers), each once or for good."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    troubles: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    lasting: bool = False
    enough: int | None = None
    """After so many questions every answer is one that cannot be used."""

    def settings(self, known: Settings, token: str = TOKEN) -> Settings:
        """Settings with this site as TMDB."""
        return known.model_copy(
            update={"tmdb_url": f"{self.url}/3", "tmdb_token": token, "allow_private_fetch": True}
        )

    def trouble(self, path: str) -> tuple[int, dict[str, str]] | None:
        if self.enough is not None and len(self.asked) > self.enough:
            return 400, {}
        for place, (where, status, headers) in enumerate(self.troubles):
            if path.startswith(where):
                if not self.lasting:
                    del self.troubles[place]
                return status, headers
        return None


@contextmanager
def tmdb_site() -> Iterator[Site]:
    """The server, until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(target.query).items()}
            path = target.path.removeprefix("/3")
            site.asked.append(f"{path}?{query['query']}" if "query" in query else path)
            trouble = site.trouble(path)
            if trouble:
                busy = answers.BUSY if trouble[0] == 429 else answers.ABSENT
                self.send(trouble[0], busy, trouble[1])
            elif path.startswith("/t/p/w780/"):
                self.send(200, png(780, 1170), {"content-type": "image/png"})
            elif self.headers.get("authorization") != f"Bearer {TOKEN}":
                self.send(401, answers.REFUSED, {})
            else:
                found = answered(site, path, query)
                self.send(200 if found else 404, found or answers.ABSENT, {})

        def send(self, status: int, body: bytes | dict[str, Any], headers: dict[str, str]) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answered(site: Site, path: str, query: dict[str, str]) -> dict[str, Any] | None:
    """What TMDB says at a path."""
    if path == "/configuration":
        images = {
            name: value.replace("{site}", site.url) if isinstance(value, str) else value
            for name, value in answers.CONFIGURATION["images"].items()
        }
        return {**answers.CONFIGURATION, "images": images}
    found = {"Metropolis": answers.METROPOLIS_FOUND, "The Twilight Zone": answers.ZONE_FOUND}.get(
        query.get("query", "")
    )
    kinds = {"/search/movie": "title", "/search/tv": "name"}
    if path in kinds:
        return answers.searched(*([found] if found and kinds[path] in found else []))
    if path == "/find/tt0017136":
        return {"movie_results": [answers.METROPOLIS_FOUND], "tv_results": []}
    if path.startswith("/find/"):
        return {"movie_results": [], "tv_results": []}
    return {"/movie/19": answers.METROPOLIS, "/tv/6357": answers.ZONE}.get(path)


async def run_library_jobs(
    database: Database, settings: Settings, member: Member, like: str = "library.%"
) -> list[str]:
    """Run the waiting jobs of the space whose time has come; answers their names."""
    work = Work(database, settings)
    by_name = {
        job.name: job
        for module in (CATALOG, LIBRARY)
        for job in (module.jobs.jobs if module.jobs else ())
    }
    done: list[str] = []
    while True:
        async with database.transaction(None, across=True) as db:
            found = await db.row(
                text(
                    "DELETE FROM procrastinate_jobs WHERE id = (SELECT id FROM procrastinate_jobs "
                    "WHERE status = 'todo' AND task_name LIKE :like "
                    "AND coalesce(scheduled_at, now()) <= now() "
                    "AND args ->> 'space_id' = :space ORDER BY id LIMIT 1) "
                    "RETURNING task_name, args"
                ).bindparams(space=str(member.space.id), like=like)
            )
        if found is None:
            return done
        await by_name[found["task_name"]].run(work, **found["args"])
        done.append(found["task_name"])
