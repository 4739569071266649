"""Running imports: batch after batch, each a transaction of its own."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import sqlalchemy.exc
import structlog

from mediatheque.areas.exchange.actions import batches
from mediatheque.areas.exchange.actions.batches import NotOursError
from mediatheque.areas.exchange.actions.imports import run_of
from mediatheque.areas.exchange.actions.loading import FileLoading
from mediatheque.areas.exchange.queries.kept import list_changes, list_kept_rows
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.areas.exchange.schemas.sources import SourceError, SourceFile
from mediatheque.core.context import Actor, Context
from mediatheque.core.queue import Jobs
from mediatheque.core.quotas import QuotaReachedError
from mediatheque.core.stores import storage
from mediatheque.kit.turns import busy, giving_way, read_ahead

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from mediatheque.areas.exchange.models import Import
    from mediatheque.areas.exchange.schemas.runs import Applier, RowResult, Run
    from mediatheque.core.context import Space
    from mediatheque.core.work import Work

    Apply = Callable[[Sequence[Any]], Awaitable[None]]

log = structlog.get_logger()
JOBS = Jobs("exchange")

FIRST_BATCH = 200
BATCH = 3_000
BATCH_CHARACTERS = 2_500_000
"""Rows with much text make smaller batches: memory follows neither the file nor its rows."""
TRIES = 4
REFUSALS = (
    QuotaReachedError,
    psycopg.errors.IntegrityError,
    psycopg.errors.DataError,
    sqlalchemy.exc.IntegrityError,
    sqlalchemy.exc.DataError,
)
PASSING = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.UniqueViolation,
)


@asynccontextmanager
async def _opened(work: Work, row: Import) -> AsyncIterator[SourceFile]:
    """The import's file as a file of this machine."""
    store = storage(work.settings)
    if store.is_local:
        folder = work.settings.data.resolve() / "files"
        yield SourceFile(folder / row.file_key, row.filename)
        return
    with tempfile.TemporaryDirectory() as folder_name:
        path = Path(folder_name) / "import"
        opened = await store.get(row.file_key)
        with path.open("wb") as target:
            async for chunk in opened:
                await asyncio.to_thread(target.write, chunk)
        yield SourceFile(path, row.filename)


def cut_batches(
    applier: Applier, run: Run, rows: Iterator[Any], passed: int
) -> Iterator[list[Any]]:
    """Prepared rows in batches, behind those that were applied before. Runs in a thread."""
    for position, row in enumerate(islice(rows, passed), 1):
        applier.prepare(run, position, row, passed=True)
    position, size = passed, FIRST_BATCH
    while True:
        batch, characters = [], 0
        for row in giving_way(islice(rows, size)):
            position += 1
            one = applier.prepare(run, position, row)
            batch.append(one)
            characters += len(one.staged)
            if characters > BATCH_CHARACTERS:
                break
        if not batch:
            return
        yield batch
        size = BATCH


class _Engine:
    """One run of one import."""

    def __init__(self, work: Work, space: Space, row: Import) -> None:
        self.work = work
        self.space = space
        self.actor = Actor("job", id=row.created_by, name="Import")
        self.run = run_of(row)
        self.position = row.position
        desk = REGISTRY.desk_of(row.source)
        source = REGISTRY.source(row.source)
        if desk is None or source is None or desk.applier is None:
            raise SourceError("unknown_source", f"There is no source “{row.source}” any more.")
        self.applier, self.source = desk.applier, source

    async def go(self, file: SourceFile) -> None:
        """Apply the file's rows from the saved position on."""
        total = await asyncio.to_thread(self.source.total, file)
        async with self.work.write(self.space, self.actor) as ctx:
            await batches.set_total(ctx, self.run.import_id, total)
        rows = self.source.rows(file, self.run.options)
        prepared = cut_batches(self.applier, self.run, rows, self.position)
        if self.run.dry_run:
            await self._rehearse(prepared)
        else:
            await self._each(prepared, self._apply)

    async def _each(self, prepared: Iterator[list[Any]], apply: Apply) -> None:
        """Apply batch after batch; the next one is read while one is applied."""
        async with read_ahead(prepared) as coming:
            async for batch in coming:
                await apply(batch)

    async def _apply(self, batch: Sequence[Any]) -> None:
        """One transaction; a batch that the database refuses is halved down to the bad row."""
        for attempt in range(1, TRIES + 1):
            try:
                await self._transact(batch)
            except PASSING:
                if attempt == TRIES:
                    await self._halve(batch, "conflict")
                    return
                await asyncio.sleep(0.05 * attempt)
            except REFUSALS as error:
                await self._halve(batch, str(getattr(error, "orig", error)))
                return
            else:
                return

    async def _halve(self, batch: Sequence[Any], message: str) -> None:
        if len(batch) > 1:
            middle = len(batch) // 2
            await self._apply(batch[:middle])
            await self._apply(batch[middle:])
            return
        said = message.splitlines()[0] if message else "refused"
        log.warning("the database refused a row", reason=said)
        result = self.applier.refuse(
            batch[0], "refused", f"The row could not be stored: {said}. Change it and retry."
        )
        async with self.work.write(self.space, self.actor) as ctx:
            await batches.enter_batch(ctx, self.run.import_id, self.position)
            await batches.save_results(ctx, self.run.import_id, [result], 0)
        self.position += 1

    async def _transact(self, batch: Sequence[Any]) -> None:
        started = time.perf_counter()
        async with self.work.write(self.space, self.actor) as ctx:
            await batches.enter_batch(ctx, self.run.import_id, self.position)
            await batches.hold_catalogue(ctx)
            results = await self.applier.apply(ctx, self.run, batch)
            seconds = time.perf_counter() - started
            await batches.save_results(ctx, self.run.import_id, results, seconds)
        self.position += len(batch)

    async def _rehearse(self, prepared: Iterator[list[Any]]) -> None:
        """A dry run: everything happens in one transaction that never commits."""
        database = self.work.database
        async with self.work.write(self.space, self.actor) as outer:
            ctx = Context(outer.db, self.actor, self.space, outer.grants, outer.now)

            async def apply(batch: Sequence[Any]) -> None:
                started = time.perf_counter()
                results = await self._rehearsed(ctx, batch)
                seconds = time.perf_counter() - started
                async with self.work.write(self.space, self.actor) as saving:
                    await batches.enter_batch(saving, self.run.import_id, self.position)
                    await batches.save_results(saving, self.run.import_id, results, seconds)
                self.position += len(batch)

            await self._each(prepared, apply)
            assert database  # noqa: S101  (kept open as long as the rehearsal)
            await outer.db.session.rollback()

    async def _rehearsed(self, ctx: Context, batch: Sequence[Any]) -> list[RowResult]:
        try:
            async with ctx.db.session.begin_nested():
                return await self.applier.apply(ctx, self.run, batch)
        except REFUSALS as error:
            if len(batch) == 1:
                said = str(getattr(error, "orig", error)).splitlines()[0]
                return [self.applier.refuse(batch[0], "refused", f"Could not be stored: {said}")]
            middle = len(batch) // 2
            first = await self._rehearsed(ctx, batch[:middle])
            return first + await self._rehearsed(ctx, batch[middle:])


async def _go(work: Work, space: Space, row: Import, file: SourceFile) -> None:
    loader = REGISTRY.loader_of(row.source)
    if loader is None:
        await _Engine(work, space, row).go(file)
        return
    loading = FileLoading(work, space, row, run_of(row))
    async with loading.opened():
        await loader.load(loading, file)


@JOBS.job(queue="imports", tries=3)
async def run_import(work: Work, *, space_id: str, import_id: str, **_: object) -> None:
    """Import a file. Killed at any point, it goes on behind the last committed batch."""
    space = await work.space(space_id)
    one = UUID(import_id)
    try:
        async with work.write(space) as ctx:
            row = await batches.claim_import(ctx, one)
        error = None
        try:
            async with _opened(work, row) as file:
                with busy():
                    await _go(work, space, row, file)
        except SourceError as refusal:
            error = {"code": refusal.code, "message": refusal.message, "line": refusal.line}
        actor = Actor("job", id=row.created_by, name="Import")
        async with work.write(space, actor) as ctx:
            await batches.finish_import(ctx, one, error)
    except NotOursError:
        log.info("import stopped", id=import_id)
    except Exception as error:
        if work.attempt >= 2:  # noqa: PLR2004  (the last try: say it to the owner)
            await _give_up(work, space, one, error)
        raise


async def _give_up(work: Work, space: Space, one: UUID, error: Exception) -> None:
    said = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
    message = f"The import stopped at an unexpected fault ({said}). Retry goes on where it stopped."
    try:
        async with work.write(space) as ctx:
            await batches.finish_import(
                ctx, one, {"code": "internal_error", "message": message, "line": None}
            )
    except NotOursError:
        pass


@JOBS.job(queue="imports", tries=3)
async def retry_rows(work: Work, *, space_id: str, import_id: str, **_: object) -> None:
    """Apply the failed rows of an import again, one by one, so that each stands alone."""
    space, one = await work.space(space_id), UUID(import_id)
    async with work.write(space) as ctx:
        row = await batches.hold_import(ctx, one)
    engine = _Engine(work, space, row)
    after = 0
    while rows := await list_kept_rows(work.read(space), one, "failed", after, BATCH):
        for kept in rows:
            after = kept["position"]
            item = engine.applier.unpack(kept["item"], kept["line"])
            prepared = engine.applier.prepare(engine.run, after, item)
            try:
                async with work.write(space, engine.actor) as ctx:
                    await batches.hold_catalogue(ctx)
                    results = await engine.applier.apply(ctx, engine.run, [prepared])
                    await batches.replace_results(ctx, one, ["failed"], results)
            except REFUSALS:
                log.info("a retried row was refused again", position=after)


@JOBS.job(queue="imports", tries=3)
async def undo_import(work: Work, *, space_id: str, import_id: str, **_: object) -> None:
    """Take an import back in one transaction."""
    space, one = await work.space(space_id), UUID(import_id)
    async with work.write(space) as ctx:
        row = await batches.hold_import(ctx, one)
        if row.status != "undoing":
            return
    changes: list[tuple[UUID | None, dict[str, Any]]] = []
    after = 0
    while True:
        found = await list_changes(work.read(space), one, after, BATCH)
        if not found:
            break
        changes += [(entry["ref_id"], entry["changes"]) for entry in found]
        after = found[-1]["position"]
    desk, loader = REGISTRY.desk_of(row.source), REGISTRY.loader_of(row.source)
    actor = Actor("job", id=row.created_by, name="Import")
    async with work.write(space, actor) as ctx:
        await batches.hold_catalogue(ctx)
        if loader is not None:
            kept = await loader.undo(ctx, one)
        else:
            assert desk is not None  # noqa: S101  (its source ran before)
            assert desk.applier is not None  # noqa: S101  (the same)
            kept = await desk.applier.undo(ctx, one, changes)
        await batches.finish_undo(ctx, one, kept)
