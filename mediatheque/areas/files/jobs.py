"""What files do by themselves: clear away what is left over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediatheque.areas.files import actions, queries
from mediatheque.areas.files.adapters.intake import FOLDER
from mediatheque.core.queue import Jobs
from mediatheque.core.stores import storage

if TYPE_CHECKING:
    from mediatheque.core.work import Work

JOBS = Jobs("files")

BATCH = 1000
YOUNG = timedelta(days=1)
"""Objects of this age may belong to a transaction that has not committed yet."""


@JOBS.job(cron="41 4 * * *")
async def sweep_files(work: Work, **_: Any) -> None:  # noqa: ANN401  (whatever an event brings)
    """Delete unused files of every space, then what the store holds and no row knows, each night.

    The rows go first: a store that fails leaves objects without a row, which the next night finds.
    """
    store = storage(work.settings)
    for space_id in await queries.list_spaces(work.read(None, across=True)):
        async with work.write(await work.space(space_id)) as context:
            keys = await actions.sweep_files(context)
        await store.delete(*keys)
    await sweep_store(work)


async def sweep_store(work: Work) -> int:
    """Delete the objects that no row knows, but for those of the last day; answers how many."""
    store, until, gone = storage(work.settings), datetime.now(UTC) - YOUNG, 0
    batch: list[tuple[UUID, str]] = []
    async for info in store.walk(FOLDER):
        file_id = _file_of(info.key)
        if file_id is not None and info.modified_at < until:
            batch.append((file_id, info.key))
        if len(batch) >= BATCH:
            gone += await _delete_unknown(work, batch)
            batch = []
    return gone + await _delete_unknown(work, batch)


async def _delete_unknown(work: Work, batch: list[tuple[UUID, str]]) -> int:
    known = await queries.list_known(work.read(None, across=True), {one for one, _ in batch})
    keys = [key for file_id, key in batch if file_id not in known]
    await storage(work.settings).delete(*keys)
    return len(keys)


def _file_of(key: str) -> UUID | None:
    """The file that a key ``images/<space>/<file>/<variant>`` belongs to."""
    parts = key.split("/")
    try:
        return UUID(parts[-2])
    except (IndexError, ValueError):
        return None
