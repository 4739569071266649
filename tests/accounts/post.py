"""Runs the jobs that letters, resets and archives enqueue, as the worker does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.areas.accounts.jobs import JOBS
from mediatheque.core.work import Work

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

_NEXT = text(
    "DELETE FROM procrastinate_jobs WHERE id = (SELECT id FROM procrastinate_jobs "
    "WHERE status = 'todo' AND task_name LIKE 'accounts.%' "
    "AND coalesce(scheduled_at, now()) <= now() ORDER BY id LIMIT 1) RETURNING task_name, args"
)


async def run_jobs(database: Database, settings: Settings, **changed: object) -> list[str]:
    """Run the jobs of accounts whose time has come, and what they enqueue; answers their names.

    ``changed`` are settings of the worker, e.g. ``smtp_url``.
    """
    work = Work(database, settings.model_copy(update=changed))
    by_name = {job.name: job for job in JOBS.jobs}
    done: list[str] = []
    while True:
        async with database.transaction(None, across=True) as db:
            found = await db.row(_NEXT)
        if found is None:
            return done
        await by_name[found["task_name"]].run(work, **found["args"])
        done.append(found["task_name"])
