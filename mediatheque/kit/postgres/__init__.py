"""A PostgreSQL 18 of our own: prepared, started, watched and stopped with the product."""

from mediatheque.kit.postgres.cluster import MAJOR
from mediatheque.kit.postgres.errors import AlreadyRunningError, PostgresError
from mediatheque.kit.postgres.server import (
    DEFAULTS,
    EmbeddedPostgres,
    running_url,
    temporary_postgres,
)

__all__ = [
    "DEFAULTS",
    "MAJOR",
    "AlreadyRunningError",
    "EmbeddedPostgres",
    "PostgresError",
    "running_url",
    "temporary_postgres",
]
