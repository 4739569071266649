"""Loading a file whole: its parts, each a transaction, or all of them in one that never commits."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from mediatheque.areas.exchange.actions import batches
from mediatheque.core.context import Actor, Context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.areas.exchange.models import Import
    from mediatheque.areas.exchange.schemas.runs import Loaded, Run
    from mediatheque.core.context import ReadContext, Space
    from mediatheque.core.work import Work


class FileLoading:
    """The engine's half of loading one file (``exchange.schemas.runs.Loading``)."""

    def __init__(self, work: Work, space: Space, row: Import, run: Run) -> None:
        self.work = work
        self.space = space
        self.run = run
        self.actor = Actor("job", id=row.created_by, name="Import")
        self.checkpoint: dict[str, Any] = dict(row.checkpoint)
        self.position = row.position
        self._outer: Context | None = None
        self._since = time.perf_counter()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """While the file is loaded: a dry run's one transaction is open, and then taken back."""
        if not self.run.dry_run:
            yield
            return
        async with self.work.write(self.space, self.actor) as outer:
            # Its news is nobody's: a context of its own, whose events are not written.
            self._outer = Context(outer.db, self.actor, self.space, outer.grants, outer.now)
            yield
            await outer.db.session.rollback()

    def read(self) -> ReadContext:
        """A context for reading what is committed."""
        return self._outer or self.work.read(self.space, self.actor)

    async def expect(self, total: int | None) -> None:
        """Say how many rows there are."""
        async with self.work.write(self.space, self.actor) as ctx:
            await batches.set_total(ctx, self.run.import_id, total)

    @asynccontextmanager
    async def part(self, loaded: Loaded) -> AsyncIterator[Context]:
        """One part in a transaction, with what became of it."""
        one = self.run.import_id
        if self._outer is not None:
            async with self._outer.db.session.begin_nested():
                yield self._outer
            async with self.work.write(self.space, self.actor) as ctx:
                await batches.enter_batch(ctx, one, self.position)
                await batches.save_loaded(ctx, one, loaded, self._seconds())
        else:
            async with self.work.write(self.space, self.actor) as ctx:
                await batches.enter_batch(ctx, one, self.position)
                await batches.hold_catalogue(ctx)
                yield ctx
                await batches.save_loaded(ctx, one, loaded, self._seconds())
        self.position += loaded.rows
        self.checkpoint.update(loaded.checkpoint)

    def _seconds(self) -> float:
        """Since this was asked last: reading and writing overlap, so the clock is the measure."""
        now = time.perf_counter()
        since, self._since = self._since, now
        return now - since
