"""``mediatheque web`` and ``mediatheque worker``: one part alone, for several machines."""

from __future__ import annotations

import click

from mediatheque.cli.database import open_database
from mediatheque.kit import memory


@click.command()
def web() -> None:
    """Run a web process alone; it waits for a migrated database."""
    with open_database():
        with memory.loading():
            from mediatheque.main import run  # noqa: PLC0415 - after the database is known

        run()


@click.command()
def worker() -> None:
    """Run a worker process alone; it waits for a migrated database."""
    with open_database():
        with memory.loading():
            from mediatheque.worker import run  # noqa: PLC0415 - after the database is known

        run()
