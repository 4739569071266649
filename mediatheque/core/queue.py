"""Jobs: enqueued in the caller's transaction, run by the worker (Procrastinate).

An area's ``jobs.py`` makes one :class:`Jobs` table and names it in its manifest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from mediatheque.kit.db import Writer

_DEFER = text(
    """
    SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
        :queue, :name, :priority, cast(:lock AS text), cast(:queueing_lock AS text),
        cast(:args AS jsonb), cast(:at AS timestamptz)
    )::procrastinate_job_to_defer_v1])
    """
)


AFTER = "after"
"""The queue of what follows from other work and nobody waits for: one job at a time, so that the
rest is never held up by it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A background task: a name ``area.verb_noun``, a queue, tries after a failure."""

    name: str
    run: Callable[..., Awaitable[None]]
    queue: str = "default"
    tries: int = 5
    cron: str | None = None


@dataclass(slots=True)
class Jobs:
    """The jobs of one area."""

    area: str
    jobs: list[Job] = field(default_factory=list)
    hears: list[tuple[str, str]] = field(default_factory=list)

    def job(
        self, *, queue: str = "default", tries: int = 5, cron: str | None = None, on: str = ""
    ) -> Callable[[Callable[..., Awaitable[None]]], Job]:
        """Declare a job; ``on`` is the event kind that starts it, ``cron`` its schedule."""

        def declare(run: Callable[..., Awaitable[None]]) -> Job:
            made = Job(f"{self.area}.{run.__name__}", run, queue, tries, cron)
            self.jobs.append(made)
            if on:
                self.hears.append((on, made.name))
            return made

        return declare


QUEUES: dict[str, str] = {}
"""Job name → queue; filled from the manifests, so that ``defer`` needs only the name."""


async def defer(  # noqa: PLR0913  (each is a property of the job)
    db: Writer,
    name: str,
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    priority: int = 0,
    at: datetime | None = None,
    **arguments: Any,  # noqa: ANN401  (JSON values)
) -> int:
    """Enqueue a job in the open transaction; it runs only if that commits.

    ``lock``: jobs of the same lock run one after the other. ``queueing_lock``: at most one
    waits (the database refuses a second). Answers the job's id.
    """
    result = await db.execute(
        _DEFER,
        {
            "queue": QUEUES.get(name, "default"),
            "name": name,
            "priority": priority,
            "lock": lock,
            "queueing_lock": queueing_lock,
            "args": orjson.dumps(arguments, default=str).decode(),
            "at": at,
        },
    )
    ids: list[int] = result.scalar_one()
    return ids[0]
