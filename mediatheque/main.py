"""The web process: ``python -m mediatheque.main``."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from mediatheque.core.http.application import build
from mediatheque.core.keys import insist_on_keys
from mediatheque.core.settings import Settings, settings
from mediatheque.core.waiting import wait_for_schema
from mediatheque.kit import log, memory
from mediatheque.kit.db import Database
from mediatheque.registry import MODULES

if TYPE_CHECKING:
    from fastapi import FastAPI


HTTP1 = HTTP1Settings(header_read_timeout=15_000, max_buffer_size=128 * 1024)
"""Slow heads of requests end after 15 s; one larger than 128 KiB is refused."""


def _database(chosen: Settings) -> Database:
    return Database(chosen.database_url, timeout_ms=chosen.statement_timeout_ms)


def create_app(chosen: Settings | None = None, database: Database | None = None) -> FastAPI:
    """The whole application, as it runs and as the tests ask it."""
    found = chosen or settings()
    return build(MODULES, found, database or _database(found))


async def serve(app: FastAPI, chosen: Settings) -> None:
    """Listen until SIGTERM or SIGINT."""
    # Granian calls serving inside our own loop experimental at every start; the tests of `run`
    # and `bench` are what that rests on.
    logging.getLogger("_granian").addFilter(lambda one: "experimental" not in one.getMessage())
    server = Server(
        app,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
        backlog=1024,
        http1_settings=HTTP1,
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
    insist_on_keys(chosen)
    app = create_app(chosen)
    memory.settle()
    wait_for_schema(chosen.database_url)
    try:
        import uvloop  # noqa: PLC0415  (absent on Windows)

        uvloop.run(serve(app, chosen))
    except ImportError:
        asyncio.run(serve(app, chosen))


if __name__ == "__main__":
    run()
