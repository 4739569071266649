"""What playing needs in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.watch.actions.playbacks import end_idle
from mediatheque.core.edge import write_context
from mediatheque.core.queue import Jobs

if TYPE_CHECKING:
    from mediatheque.core.work import Work

JOBS = Jobs("watch")


@JOBS.job(cron="* * * * *")
async def end_idle_playbacks(work: Work, **_: object) -> None:
    """End playbacks whose players are gone, each minute."""
    async with write_context(work.database, across=True) as ctx:
        await end_idle(ctx)
