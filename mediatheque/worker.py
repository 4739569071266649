"""The worker process: ``python -m mediatheque.worker``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import procrastinate
import structlog
from procrastinate import RetryStrategy

from mediatheque.core.http.application import wire
from mediatheque.core.keys import insist_on_keys
from mediatheque.core.liveness import LivingManager
from mediatheque.core.module import House
from mediatheque.core.queue import AFTER
from mediatheque.core.settings import settings
from mediatheque.core.waiting import wait_for_schema
from mediatheque.core.work import Work
from mediatheque.kit import log, memory
from mediatheque.kit.db import Database
from mediatheque.kit.db.database import with_role
from mediatheque.kit.turns import new_loop
from mediatheque.registry import MODULES

if TYPE_CHECKING:
    from mediatheque.core.queue import Job
    from mediatheque.core.settings import Settings

logger = structlog.get_logger()

CONCURRENCY = 4
SWITCH_SECONDS = 0.0005
"""How long a thread that computes keeps the others waiting: the database's answers come first."""


def _jobs() -> list[Job]:
    return [job for module in MODULES for job in (module.jobs.jobs if module.jobs else ())]


def build_queue(work: Work, url: str) -> procrastinate.App:
    """Procrastinate's application with every area's jobs."""
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(conninfo=with_role(url), min_size=1, max_size=4)
    )
    wire(House(MODULES))
    for job in _jobs():
        _register(app, work, job)
    return app


def _register(app: procrastinate.App, work: Work, job: Job) -> None:
    async def run(context: procrastinate.JobContext, /, **arguments: Any) -> None:  # noqa: ANN401  (what a job is given)
        arguments.pop("timestamp", None)
        mine = Work(
            database=work.database,
            settings=work.settings,
            attempt=context.job.attempts,
            job_id=context.job.id or 0,
        )
        try:
            await job.run(mine, **arguments)
        except Exception:
            logger.exception("job failed", job=job.name, id=context.job.id)
            raise

    task: Any = app.task(
        name=job.name,
        queue=job.queue,
        pass_context=True,
        retry=RetryStrategy(max_attempts=job.tries, exponential_wait=2),
    )(run)
    if job.cron:
        app.periodic(cron=job.cron)(task)


async def _work_on(app: procrastinate.App, queues: list[str], concurrency: int) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=concurrency,
        install_signal_handlers=False,
        fetch_job_polling_interval=1,
        shutdown_graceful_timeout=5,
        update_heartbeat_interval=5,
        stalled_worker_timeout=30,
        delete_jobs="successful",
    )


async def _work_on_all(app: procrastinate.App) -> None:
    async with asyncio.TaskGroup() as group:
        first = sorted({job.queue for job in _jobs()} - {AFTER})
        group.create_task(_work_on(app, first, CONCURRENCY))
        group.create_task(_work_on(app, [AFTER], 1))


async def serve(chosen: Settings) -> None:
    """Work until SIGTERM or SIGINT; jobs in hand get a moment to finish."""
    database = Database(chosen.database_url, readers=2, writers=3)
    await database.open()
    work = Work(database, chosen)
    app = build_queue(work, chosen.database_url)
    manager = LivingManager(app.connector, chosen.database_url)
    app.job_manager = manager
    async with app.open_async():
        worker = asyncio.ensure_future(_work_on_all(app))
        rescue = asyncio.ensure_future(manager.keep_rescuing())
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, worker.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await worker
        rescue.cancel()
        await manager.close()
    await database.close()


def run() -> None:
    """Start the worker of this machine."""
    chosen = settings()
    log.configure(chosen.log_level, as_json=chosen.log_json)
    insist_on_keys(chosen)
    memory.settle()
    sys.setswitchinterval(SWITCH_SECONDS)
    wait_for_schema(chosen.database_url)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(serve(chosen))


if __name__ == "__main__":
    # By its name: Procrastinate names jobs by the module of their application, and this one
    # would be called "__main__".
    import_module("mediatheque.worker").run()
