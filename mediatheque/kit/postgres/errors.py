"""What can go wrong with a PostgreSQL of our own; each message is for people."""


class PostgresError(RuntimeError):
    """The server could not be prepared, started or stopped."""


class AlreadyRunningError(PostgresError):
    """Another process of ours uses this folder."""
