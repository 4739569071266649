"""The pools of one process."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from mediatheque.kit.db.compiled import StatementCache
from mediatheque.kit.db.pipeline import ReadingConnection
from mediatheque.kit.db.reader import PipelineReader
from mediatheque.kit.db.writer import Writer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

APP_ROLE = "mediatheque_app"

set_json_loads(orjson.loads)
set_json_dumps(orjson.dumps)


FEWEST_READERS = 4
READ_ONLY = " -c default_transaction_read_only=on"


def with_role(url: str, role: str = APP_ROLE, more: str = "") -> str:
    """Add the start-up option that gives each connection the role that owns nothing."""
    glue = "&" if "?" in url else "?"
    return f"{url}{glue}options={quote(f'-c role={role}{more}')}"


class Database:
    """Connections of one process: a reading pool and a writing engine.

    ``url`` is a libpq URL (``postgresql://…``); the connecting user must be a member of the
    roles ``mediatheque_app`` and ``mediatheque_across``. ``timeout_ms`` bounds every statement
    (0: none, for work that may take long). Of ``readers`` there are as many as the machine can use
    at once if none are named: more would only wait for a processor inside the database.
    """

    def __init__(
        self,
        url: str,
        *,
        readers: int = 0,
        writers: int = 8,
        role: str = APP_ROLE,
        timeout_ms: int = 0,
    ) -> None:
        self.url = url
        self.cache = StatementCache()
        bound = f" -c statement_timeout={timeout_ms}" if timeout_ms else ""
        target = with_role(url, role, bound)
        self._pool: AsyncConnectionPool[ReadingConnection] = AsyncConnectionPool(
            with_role(url, role, READ_ONLY + bound),
            connection_class=ReadingConnection,
            min_size=1,
            max_size=readers or max(FEWEST_READERS, 2 * (os.cpu_count() or 1)),
            open=False,
            kwargs={"autocommit": True},
            timeout=10,
        )
        self.engine = create_async_engine(
            target.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=writers,
            pool_use_lifo=True,  # work in bulk meets the connection that knows its statements
            max_overflow=4,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
        )

    async def open(self) -> None:
        """Open the reading pool."""
        await self._pool.open()

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()
        await self.engine.dispose()

    def reader(self, space_id: UUID | None) -> PipelineReader:
        """A reader under the policies of a space."""
        return PipelineReader(self._pool, self.cache, space_id)

    def across(self) -> PipelineReader:
        """A reader over all spaces: only for finding out who asks, and for house-wide jobs."""
        return PipelineReader(self._pool, self.cache, None, across=True)

    @asynccontextmanager
    async def transaction(
        self, space_id: UUID | None, *, across: bool = False
    ) -> AsyncIterator[Writer]:
        """One transaction, committed when the block ends well, rolled back otherwise."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            writer = Writer(session, self.cache)
            if across:
                await session.execute(text("SET LOCAL ROLE mediatheque_across"))
            await writer.enter_space(space_id)
            yield writer

    async def ping(self) -> Any:  # noqa: ANN401  (any column's type)
        """Answer the server's version number, e.g. 180006."""
        return await self.across().scalar(text("SELECT current_setting('server_version_num')::int"))
