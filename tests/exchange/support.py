"""Running imports in tests: over HTTP, then the queue's jobs in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.areas.exchange import jobs
from mediatheque.core.work import Work

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import Member

BY_NAME = {job.name: job for job in jobs.JOBS.jobs}


async def hand_in(
    member: Member, content: bytes, name: str = "library.csv", **fields: object
) -> str:
    """Post a file; answers the import's id."""
    data = {"source": "csv", **{key: str(value) for key, value in fields.items()}}
    answer = await member.client.post(
        "/api/v1/imports", files={"file": (name, content, "text/csv")}, data=data
    )
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


async def run_jobs(database: Database, settings: Settings, member: Member) -> None:
    """Run the waiting import jobs of the member's space, as the worker would."""
    work = Work(database, settings)
    while True:
        async with database.transaction(None, across=True) as db:
            found = await db.row(
                text(
                    "DELETE FROM procrastinate_jobs WHERE id = (SELECT id FROM procrastinate_jobs "
                    "WHERE status = 'todo' AND task_name LIKE 'exchange.%' "
                    "AND args ->> 'space_id' = :space ORDER BY id LIMIT 1) "
                    "RETURNING task_name, args"
                ).bindparams(space=str(member.space.id))
            )
        if found is None:
            return
        await BY_NAME[found["task_name"]].run(work, **found["args"])


async def bring_in(
    database: Database, settings: Settings, member: Member, content: bytes, **fields: object
) -> dict[str, Any]:
    """Hand in, run, and answer the import as the API shows it."""
    name = str(fields.pop("name", "library.csv"))
    import_id = await hand_in(member, content, name, **fields)
    await run_jobs(database, settings, member)
    answer = await member.client.get(f"/api/v1/imports/{import_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
