"""What live television does in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediatheque.areas.live.actions import reminders, sources
from mediatheque.areas.live.adapters.fetching import fetch_guide
from mediatheque.areas.live.queries.reminders import list_spaces_due
from mediatheque.areas.live.queries.sources import find_fetching, list_sources_due
from mediatheque.core.queue import Jobs

if TYPE_CHECKING:
    from mediatheque.core.work import Work

JOBS = Jobs("live")


@JOBS.job(cron="* * * * *")
async def remind(work: Work, **_: Any) -> None:  # noqa: ANN401
    """Tell people whose programmes start soon, each minute."""
    for space_id in await list_spaces_due(work.read(None, across=True)):
        space = await work.space(str(space_id))
        async with work.write(space) as ctx:
            await reminders.remind(ctx)


@JOBS.job(on="live.schedule_imported")
async def follow_programmes(work: Work, *, space_id: str, **_: Any) -> None:  # noqa: ANN401
    """Bring reminders up to date with a schedule that changed."""
    space = await work.space(space_id)
    async with work.write(space) as ctx:
        await reminders.follow_programmes(ctx)


@JOBS.job(cron="* * * * *")
async def refresh_guides(work: Work, **_: Any) -> None:  # noqa: ANN401
    """Ask for the guides whose time has come, each minute."""
    for row in await list_sources_due(work.read(None, across=True)):
        await _refresh(work, str(row["space_id"]), row["id"])


@JOBS.job(queue="imports", tries=3)
async def refresh_guide(work: Work, *, space_id: str, source_id: str, **_: Any) -> None:  # noqa: ANN401
    """Fetch one guide, if it is new, and have it imported."""
    await _refresh(work, space_id, UUID(source_id))


async def _refresh(work: Work, space_id: str, source_id: UUID) -> None:
    space = await work.space(space_id)
    row = await find_fetching(work.read(space), source_id)
    if row is None:
        return
    fetched = await fetch_guide(work.settings, row["url"], row["etag"], row["last_modified"])
    async with work.write(space) as ctx:
        await sources.note_fetched(ctx, source_id, fetched)


JOBS.hears += [
    (kind, follow_programmes.name)
    for kind in (
        "live.schedule_taken_back",
        "live.schedule_rewritten",
        "live.programme_changed",
        "live.programme_removed",
    )
]
