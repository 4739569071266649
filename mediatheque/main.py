"""The web process: ``python -m mediatheque.main``."""

from __future__ import annotations

import asyncio
import signal
import time
from typing import TYPE_CHECKING

import psycopg
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from mediatheque.core.http.application import build
from mediatheque.core.schema import head
from mediatheque.core.settings import Settings, settings
from mediatheque.kit import log
from mediatheque.kit.db import Database
from mediatheque.registry import MODULES

if TYPE_CHECKING:
    from fastapi import FastAPI

PATIENCE_SECONDS = 120


def create_app(chosen: Settings | None = None, database: Database | None = None) -> FastAPI:
    """The whole application, as it runs and as the tests ask it."""
    found = chosen or settings()
    return build(MODULES, found, database or Database(found.database_url))


def wait_for_schema(url: str, patience: float = PATIENCE_SECONDS) -> None:
    """Wait until the database answers and is at this version's migration."""
    until = time.monotonic() + patience
    while True:
        try:
            with psycopg.connect(url, connect_timeout=2) as connection:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if row and row[0] == head():
                    return
        except psycopg.Error:
            pass
        if time.monotonic() > until:
            raise SystemExit(
                "The database does not answer or is not at this version's migration. "
                "Run `mediatheque doctor`."
            )
        time.sleep(0.05)


async def serve(app: FastAPI, chosen: Settings) -> None:
    """Listen until SIGTERM or SIGINT."""
    server = Server(
        app,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
        backlog=1024,
    )

    def stop() -> None:
        app.state.client.stopping.set()
        server.stop()  # type: ignore[no-untyped-call]  # Granian leaves it so

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)
    await server.serve()


def run() -> None:
    """Start the web process of this machine."""
    chosen = settings()
    log.configure(chosen.log_level, as_json=chosen.log_json)
    app = create_app(chosen)
    wait_for_schema(chosen.database_url)
    try:
        import uvloop  # noqa: PLC0415  (absent on Windows)

        uvloop.run(serve(app, chosen))
    except ImportError:
        asyncio.run(serve(app, chosen))


if __name__ == "__main__":
    run()
