"""``mediatheque migrate``."""

from __future__ import annotations

import time

import click
import psycopg

from mediatheque.cli.database import open_database, say
from mediatheque.core.schema import head

PATIENCE_SECONDS = 60.0
TELL_AFTER_SECONDS = 3.0


@click.command()
@click.option("--to", "revision", default="head", help="Stop at this revision.")
@click.option("--down-to", "lower", help="Take migrations back to this revision, or `base`.")
def migrate(revision: str, lower: str | None) -> None:
    """Bring the database to this version; nothing is done if it is there already."""
    with open_database() as (_, url):
        found = wait_for_database(url)
        if lower is None and revision == "head" and found == head():
            return
        from mediatheque.core.migrate import downgrade, upgrade  # noqa: PLC0415 - loads slowly

        if lower is not None:
            downgrade(url, lower)
        else:
            upgrade(url, revision)
        say(f"The database is at revision {current_revision(url) or 'base'}.")


def wait_for_database(url: str, patience: float = PATIENCE_SECONDS) -> str | None:
    """Wait until the database answers; answer the revision it is at, None if it is empty."""
    began, told = time.monotonic(), False
    while True:
        try:
            return current_revision(url)
        except psycopg.OperationalError as error:
            waited = time.monotonic() - began
            if waited > patience:
                raise click.ClickException(
                    f"The database does not answer: {str(error).strip()}\n"
                    "Check DATABASE_URL, and that the server runs and lets you in."
                ) from error
            if waited > TELL_AFTER_SECONDS and not told:
                told = True
                say(f"Waiting for the database: {str(error).strip()}")
            time.sleep(0.03)


def current_revision(url: str) -> str | None:
    """Read the revision a database is at. Raises ``psycopg.OperationalError``."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        table = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if table is None or table[0] is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
