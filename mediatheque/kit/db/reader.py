"""Reading: statements of one transaction in one pipelined round trip."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg_pool import AsyncConnectionPool
    from sqlalchemy import Executable

    from mediatheque.kit.db.compiled import StatementCache
    from mediatheque.kit.db.pipeline import ReadingConnection

Row: TypeAlias = dict[str, Any]

SET_SPACE = "SELECT set_config('mediatheque.space_id', %(space)s, true)"
SET_ACROSS = (
    "SELECT set_config('role', 'mediatheque_across', true), "
    "set_config('mediatheque.space_id', %(space)s, true)"
)


class Reader(ABC):
    """Runs selects under the row policies of one space. Rows are plain mappings."""

    @abstractmethod
    async def batch(self, *statements: Executable) -> list[list[Row]]:
        """Run several selects in one transaction and one round trip."""

    async def rows(self, statement: Executable) -> list[Row]:
        """All rows of a select."""
        return (await self.batch(statement))[0]

    async def row(self, statement: Executable) -> Row | None:
        """The first row, or None."""
        found = await self.rows(statement)
        return found[0] if found else None

    async def scalar(self, statement: Executable) -> Any:  # noqa: ANN401  (any column's type)
        """The first column of the first row, or None."""
        found = await self.row(statement)
        return next(iter(found.values())) if found else None


class PipelineReader(Reader):
    """The space and the selects sent as one pipeline, which is one transaction.

    What is sent between two synchronisations is a transaction without ``BEGIN`` and ``COMMIT``
    (PostgreSQL's manual, "Pipelining"): half the messages of a short read. It is read-only by the
    pool's connections. ``space_id`` None reads only what belongs to no space; ``across`` reads
    with the role that sees every space (identity look-ups and jobs of the whole house).
    """

    def __init__(
        self,
        pool: AsyncConnectionPool[ReadingConnection],
        cache: StatementCache,
        space_id: UUID | None,
        *,
        across: bool = False,
    ) -> None:
        self._pool = pool
        self._cache = cache
        self._space = str(space_id) if space_id else ""
        self._across = across
        self.statements = 0

    async def batch(self, *statements: Executable) -> list[list[Row]]:
        """Run the selects in one read-only transaction."""
        queries = [self._cache.query(statement) for statement in statements]
        self.statements += len(queries)
        setting = SET_ACROSS if self._across else SET_SPACE
        # Not the pool's block: it would ask the connection to commit what is committed.
        connection = await self._pool.getconn()
        try:
            found = await connection.exchange([(setting, {"space": self._space}), *queries])
        finally:
            await self._pool.putconn(connection)
        return found[1:]
