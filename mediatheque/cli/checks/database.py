"""The database: version, extensions, letters, roles, migration, queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg.rows import scalar_row, tuple_row

from mediatheque.cli.checks.finding import Finding, failure, fine, warning
from mediatheque.core.schema import head
from mediatheque.kit.db.database import APP_ROLE
from mediatheque.kit.postgres import MAJOR

if TYPE_CHECKING:
    from collections.abc import Iterator

Connection = psycopg.Connection[tuple[object, ...]]

EXTENSIONS = (
    "pg_trgm",
    "unaccent",
    "btree_gin",
    "btree_gist",
    "fuzzystrmatch",
    "ltree",
    "vector",
)
ROLES = (APP_ROLE, "mediatheque_across")

_MISSING: LiteralString = """
    SELECT wanted, EXISTS (SELECT FROM pg_available_extensions WHERE name = wanted)
    FROM unnest(%s::text[]) wanted
    WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = wanted)
"""
_ROLES: LiteralString = """
    SELECT wanted FROM unnest(%s::text[]) wanted
    LEFT JOIN pg_roles ON rolname = wanted
    WHERE rolname IS NULL OR NOT pg_has_role(current_user, pg_roles.oid, 'SET')
"""
_WORKERS: LiteralString = """
    SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 s'
"""
_LATE: LiteralString = """
    SELECT count(*) FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at < now() - interval '1 min')
"""
_STALLED: LiteralString = """
    SELECT count(*) FROM procrastinate_jobs job WHERE status = 'doing' AND NOT EXISTS (
        SELECT FROM procrastinate_workers worker WHERE worker.id = job.worker_id
        AND last_heartbeat > now() - interval '60 s')
"""
_FAILED: LiteralString = """
    SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed'
    GROUP BY task_name ORDER BY count(*) DESC, task_name
"""


def check_database(url: str) -> Iterator[Finding]:
    """Look at everything the product asks of its database."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            yield from _check(connection)
    except psycopg.OperationalError as error:
        yield failure(
            "database",
            f"it does not answer: {str(error).strip()}",
            "Check DATABASE_URL, and that the server runs and lets you in.",
        )


def _check(connection: Connection) -> Iterator[Finding]:
    yield _version(connection)
    migration = _migration(connection)
    yield from _extensions(connection, will_come=bool(migration.advice))
    if migration.advice:
        yield migration
        return
    yield from _letters(connection)
    yield _roles(connection)
    yield migration
    yield from _queue(connection)


def _version(connection: Connection) -> Finding:
    number = connection.info.server_version
    text = f"PostgreSQL {number // 10000}.{number % 10000}"
    if number // 10000 == int(MAJOR):
        return fine("database", text)
    return failure("database", f"{text} answers", f"Use PostgreSQL {MAJOR}.")


def _extensions(connection: Connection, *, will_come: bool) -> Iterator[Finding]:
    missing = connection.execute(_MISSING, (list(EXTENSIONS),)).fetchall()
    for name, is_available in missing:
        if is_available and will_come:  # with the migration
            continue
        advice = (
            f"Run in this database, as a superuser: CREATE EXTENSION {name};"
            if is_available
            else f"Install the extension on the server (Debian: postgresql-{MAJOR}-pgvector for "
            "vector, postgresql-contrib for the others)."
        )
        yield failure("extensions", f"{name} is missing", advice)
    if not missing:
        yield fine("extensions", ", ".join(EXTENSIONS))


def _letters(connection: Connection) -> Iterator[Finding]:
    row = connection.execute("SELECT cardinality(show_trgm('日本'))").fetchone()
    if row is not None and not row[0]:
        yield failure(
            "letters",
            "the database's character type is C: letters beyond ASCII cannot be searched",
            "Create it anew with LC_CTYPE 'C.UTF-8' (or any UTF-8 locale) and restore into it.",
        )


def _roles(connection: Connection) -> Finding:
    lacking = connection.cursor(row_factory=scalar_row).execute(_ROLES, (list(ROLES),)).fetchall()
    if not lacking:
        return fine("roles", ", ".join(ROLES))
    names = ", ".join(map(str, lacking))
    return failure(
        "roles",
        f"the user of DATABASE_URL may not act as {names}",
        f"Run `mediatheque migrate` as that user, or as a superuser: GRANT {names} TO that user;",
    )


def _migration(connection: Connection) -> Finding:
    at = None
    table = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    if table is not None and table[0] is not None:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        at = row[0] if row else None
    if at == head():
        return fine("migration", f"at {at}, as this version needs")
    return failure(
        "migration",
        f"the database is at {at or 'nothing'}, this version needs {head()}",
        "Run `mediatheque migrate`.",
    )


def _queue(connection: Connection) -> Iterator[Finding]:
    def count(statement: LiteralString) -> int:
        row = connection.cursor(row_factory=tuple_row).execute(statement).fetchone()
        return int(row[0]) if row else 0

    workers, late, stalled = count(_WORKERS), count(_LATE), count(_STALLED)
    if workers:
        yield fine("queue", f"{workers} worker{'s'[: workers - 1]} at work")
    elif late:
        yield failure("queue", f"{late} jobs wait and no worker runs", "Run `mediatheque worker`.")
    else:
        yield warning("queue", "no worker runs", "Run `mediatheque serve`, or `… worker`.")
    if stalled:
        yield failure(
            "queue",
            f"{stalled} jobs belong to workers that died",
            "A running worker takes them over; start one and look again in a minute.",
        )
    for name, number in connection.execute(_FAILED).fetchall():
        yield warning(
            "queue", f"{number} jobs {name} failed", "The worker's log tells why; try them again."
        )
