"""When a credential was last seen: written now and then, beside the requests."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from psycopg import OperationalError
from sqlalchemy.exc import DBAPIError

from mediatheque.areas.accounts.actions.credentials import FRESH, see_credential
from mediatheque.core.edge import write_context

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.work import Work
    from mediatheque.kit.db import Database

log = structlog.get_logger()


class Sightings:
    """Notes that a credential was used, at most once in :data:`FRESH`, on no request's way.

    The request that finds its credential's last sighting old leaves a task behind, which writes
    one row in a transaction of its own; the request neither waits for it nor fails with it. A
    process that stops before loses a sighting, nothing else.
    """

    def __init__(self, fresh: timedelta = FRESH) -> None:
        self.fresh = fresh
        self._writing: dict[UUID, asyncio.Task[None]] = {}

    def note(
        self,
        database: Database,
        credential_id: UUID,
        seen_at: datetime,
        *,
        fresh: timedelta | None = None,
    ) -> None:
        """Take down a sighting, if the last one is old and none is being written.

        ``fresh`` is shorter where a session lives for minutes only.
        """
        young = self.fresh if fresh is None else min(fresh, self.fresh)
        if credential_id in self._writing or datetime.now(UTC) - seen_at < young:
            return
        task = asyncio.get_running_loop().create_task(self._write(database, credential_id, young))
        self._writing[credential_id] = task
        task.add_done_callback(lambda _: self._writing.pop(credential_id, None))

    async def settle(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._writing.values())

    @staticmethod
    async def _write(database: Database, credential_id: UUID, fresh: timedelta) -> None:
        try:
            async with write_context(database) as context:
                await see_credential(context, credential_id, fresh=fresh)
        except (DBAPIError, OperationalError, OSError):
            log.warning("a sighting was not written", credential=str(credential_id), exc_info=True)


SIGHTINGS = Sightings()


async def settle(_: Work) -> None:
    """At the stop of the web process: write what is being written, before the database closes."""
    await SIGHTINGS.settle()
