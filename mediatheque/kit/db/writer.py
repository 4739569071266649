"""Writing: one SQLAlchemy session, one transaction, the same reading methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import text

from mediatheque.kit.db.compiled import Bound
from mediatheque.kit.db.reader import Reader, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from psycopg import AsyncConnection
    from sqlalchemy import CursorResult, Executable
    from sqlalchemy.ext.asyncio import AsyncSession

    from mediatheque.kit.db.compiled import StatementCache

E = TypeVar("E")


class Writer(Reader):
    """Reads and writes within one transaction, which only the edge commits."""

    def __init__(self, session: AsyncSession, cache: StatementCache) -> None:
        self.session = session
        self._cache = cache

    async def enter_space(self, space_id: UUID | None) -> None:
        """Bind the transaction to a space: from here on its row policies apply."""
        await self.session.execute(
            text("SELECT set_config('mediatheque.space_id', :space, true)"),
            {"space": str(space_id) if space_id else ""},
        )

    async def batch(self, *statements: Executable) -> list[list[Row]]:
        """Run selects one after the other inside the transaction."""
        found = []
        for statement in statements:
            made = statement.clause if isinstance(statement, Bound) else statement
            result = await self.session.execute(made)
            found.append([dict(row) for row in result.mappings()])
        return found

    async def execute(
        self,
        statement: Executable | str,
        values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[Any]:
        """Run any statement; a string is taken as SQL text with ``:name`` parameters."""
        ready = text(statement) if isinstance(statement, str) else statement
        return cast("CursorResult[Any]", await self.session.execute(ready, values))

    async def execute_each(
        self, statements: Iterable[Executable | str], values: Mapping[str, Any] | None = None
    ) -> int:
        """Run statements that change rows in one round trip; answers how many rows they touched.

        A string is taken as SQL text; each takes of ``values`` the ``:name`` parameters it has.
        Later statements see what earlier ones did; entities read before are not told of it, and
        no column takes a value that Python makes (``default``, ``onupdate``). What the database
        refuses is psycopg's error, and undoes the transaction as always.
        """
        queries = [
            self._cache.query(text(one) if isinstance(one, str) else one, values)
            for one in statements
        ]
        await self.session.flush()
        connection = await self.connection()
        async with connection.pipeline():
            cursors = [await connection.execute(sql, own) for sql, own in queries]
        return sum(cursor.rowcount for cursor in cursors)

    async def entity(self, statement: Executable) -> Any:  # noqa: ANN401  (an entity of any model)
        """The one entity of a select, or None. For changing; reads take :meth:`rows`."""
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def add(self, *entities: Any) -> None:  # noqa: ANN401  (entities of any model)
        """Insert entities now, so that conflicts show here."""
        self.session.add_all(entities)
        await self.session.flush()

    async def flush(self) -> None:
        """Send pending changes of entities."""
        await self.session.flush()

    async def connection(self) -> AsyncConnection[Any]:
        """The psycopg connection of this transaction, for COPY and bulk statements."""
        raw = await (await self.session.connection()).get_raw_connection()
        return cast("AsyncConnection[Any]", raw.driver_connection)
