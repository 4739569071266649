"""What a running job is given."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import text

from mediatheque.core.context import Actor, Context, ReadContext, Space
from mediatheque.core.edge import SYSTEM, read_context, write_context
from mediatheque.core.flags import CHOSEN
from mediatheque.core.quotas import LIMITS
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

_SPACE = text(
    f"SELECT s.id, s.slug, s.name, {CHOSEN} AS flags, {LIMITS} AS limits "  # noqa: S608  (our own columns)
    "FROM spaces_spaces s WHERE s.id = :id"
)


@dataclass(slots=True)
class Work:
    """The house as a job sees it: contexts for a space, in the name of an actor."""

    database: Database
    settings: Settings
    attempt: int = 0
    job_id: int = 0

    async def space(self, space_id: str | UUID) -> Space:
        """Find a space by id."""
        row = await self.database.across().row(_SPACE.bindparams(id=UUID(str(space_id))))
        if row is None:
            raise NotFoundError("The space is gone.")
        return Space(row["id"], row["slug"], row["name"], flags=row["flags"], limits=row["limits"])

    @asynccontextmanager
    async def write(
        self, space: Space | None, actor: Actor = SYSTEM, *, across: bool = False
    ) -> AsyncIterator[Context]:
        """One transaction of the job, committed at the end of the block."""
        async with write_context(self.database, actor=actor, space=space, across=across) as context:
            yield context

    def read(
        self, space: Space | None, actor: Actor = SYSTEM, *, across: bool = False
    ) -> ReadContext:
        """A context for reading."""
        return read_context(self.database, actor=actor, space=space, across=across)
