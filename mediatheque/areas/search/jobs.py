"""What the search does when things change, and each night in case it missed something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from mediatheque.areas.search import actions
from mediatheque.areas.search.queries.declared import list_ids, list_space_ids, list_stale_ids
from mediatheque.core.queue import AFTER, Jobs
from mediatheque.kit.turns import when_quiet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.core.context import Space
    from mediatheque.core.work import Work

JOBS = Jobs("search")
BATCH: Final = 1000
PATIENCE_SECONDS: Final = 20.0
"""Importing comes first; during one that takes long the index grows by a batch in this time."""


@JOBS.job(queue=AFTER)
async def index_refs(
    work: Work,
    space_id: str | None = None,
    ref_id: str | None = None,
    batch: Sequence[str] = (),
    **_: Any,  # noqa: ANN401  (whatever an event brings)
) -> None:
    """Read what an event is about anew; areas name this job as the hearer of their events."""
    if space_id is None:
        return
    ids = {UUID(one) for one in (ref_id, *batch) if one}
    await _index(work, await work.space(space_id), sorted(ids))


@JOBS.job(queue=AFTER)
async def reindex_space(
    work: Work,
    space_id: str,
    **_: Any,  # noqa: ANN401  (whatever calls)
) -> None:
    """Read everything of a space anew."""
    space = await work.space(space_id)
    await _index(work, space, await list_ids(work.read(space)))
    await _tidy(work, space)


@JOBS.job(queue=AFTER, cron="43 3 * * *")
async def check_spaces(work: Work, **_: Any) -> None:  # noqa: ANN401  (whatever calls)
    """Index what the index lacks, each night, and drop what is gone."""
    for space_id in await list_space_ids(work.read(None, across=True)):
        space = await work.space(space_id)
        await _index(work, space, await list_stale_ids(work.read(space)))
        await _tidy(work, space)


async def _index(work: Work, space: Space, ids: Sequence[UUID]) -> None:
    """Batches of their own transactions, so that nobody waits for long."""
    for start in range(0, len(ids), BATCH):
        await when_quiet(PATIENCE_SECONDS)
        async with work.write(space) as context:
            await actions.index_refs(context, ids[start : start + BATCH])


async def _tidy(work: Work, space: Space) -> None:
    gone = await list_stale_ids(work.read(space))
    if gone:
        await _index(work, space, gone)
    async with work.write(space) as context:
        await actions.forget_words(context)
