"""Jobs of a worker that died are taken up by the next one, at once.

Each worker holds a session-level advisory lock named by its number; the lock ends with the
connection, and the connection with the process, however that ends. A job that is ``doing`` while
nobody holds its worker's lock belongs to a dead worker and goes back to the queue.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
import structlog
from procrastinate.manager import JobManager

if TYPE_CHECKING:
    from procrastinate import BaseConnector

log = structlog.get_logger()

LOCKS = 7303
EVERY_SECONDS = 2.0

_LOCK = "SELECT pg_advisory_lock(%s, %s)"
_DEAD = """
    SELECT j.id FROM procrastinate_jobs j
    WHERE j.status = 'doing' AND NOT EXISTS (
        SELECT 1 FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = j.worker_id::int8::oid
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND l.granted
    )
"""


class LivingManager(JobManager):
    """Procrastinate's job manager, whose workers hold locks as long as this process lives."""

    def __init__(self, connector: BaseConnector, url: str) -> None:
        super().__init__(connector)
        self._url = url
        self._alive: psycopg.AsyncConnection[Any] | None = None
        self._connecting = asyncio.Lock()
        self._numbers: list[int] = []

    async def register_worker(self) -> int:
        """Register, then take the lock before any job is fetched."""
        number = await super().register_worker()
        alive = await self._connected()
        self._numbers.append(number)
        await alive.execute(_LOCK, (LOCKS, number))
        return number

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        """The one connection of all workers of the process; a new one when it broke.

        Of two, one would be let go of, and with it the locks of those who live.
        """
        async with self._connecting:
            if self._alive is None or self._alive.closed:
                self._alive = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
                for number in self._numbers:
                    await self._alive.execute(_LOCK, (LOCKS, number))
            return self._alive

    async def rescue(self) -> int:
        """Put the jobs of dead workers back; answers how many."""
        if not self._numbers:
            return 0
        alive = await self._connected()
        rows = await (await alive.execute(_DEAD, (LOCKS,))).fetchall()
        for (job_id,) in rows:
            log.warning("taking over a job of a dead worker", id=job_id)
            await self.retry_job_by_id_async(job_id, retry_at=datetime.now(UTC))
        return len(rows)

    async def keep_rescuing(self) -> None:
        """Look for dead workers' jobs until cancelled."""
        while True:
            try:
                await self.rescue()
            except psycopg.Error as error:
                log.warning("cannot look for dead workers", reason=str(error).partition("\n")[0])
            await asyncio.sleep(EVERY_SECONDS)

    async def close(self) -> None:
        """Let go of the locks."""
        if self._alive is not None:
            await self._alive.close()
