"""Counting the statements of readers: every one of them passes the cache."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mediatheque.kit.db import StatementCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Executable

    from mediatheque.kit.db import Database


class Counting(StatementCache):
    """A reader's cache that keeps what passes it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def query(
        self, statement: Executable, values: Mapping[str, Any] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Note the statement, and make it as always."""
        found = super().query(statement, values)
        self.seen.append(found[0])
        return found


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are read within the block."""
    usual, counting = database.cache, Counting()
    database.cache = counting
    try:
        yield counting.seen
    finally:
        database.cache = usual
