"""Waiting for the database to be what this version needs."""

from __future__ import annotations

import time

import psycopg

from mediatheque.core.schema import head

PATIENCE_SECONDS = 120


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
