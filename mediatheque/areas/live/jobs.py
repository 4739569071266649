"""What live television does in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.live.actions import reminders
from mediatheque.areas.live.queries.reminders import list_spaces_due
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


JOBS.hears += [
    (kind, follow_programmes.name)
    for kind in (
        "live.schedule_taken_back",
        "live.schedule_rewritten",
        "live.programme_changed",
        "live.programme_removed",
    )
]
