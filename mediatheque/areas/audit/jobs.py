"""The journal is sealed each minute, verified and shortened each night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from mediatheque.areas.audit.actions import shorten_house_journal, shorten_journal
from mediatheque.areas.audit.queries.seals import list_kept
from mediatheque.core.queue import Jobs
from mediatheque.core.seals import AT_ONCE, list_chains, seal, verify

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.work import Work

JOBS = Jobs("audit")
log = structlog.get_logger()


@JOBS.job(cron="* * * * *", tries=1, on="audit.seal_requested")
async def seal_journals(
    work: Work,
    **_: Any,  # noqa: ANN401  (whatever an event brings)
) -> None:
    """Seal what is new, in every space. Any number may run at once; killed, it goes on later."""
    for space_id in await list_chains(work.read(None, across=True).db, only_waiting=True):
        await _seal_chain(work, space_id)


async def _seal_chain(work: Work, space_id: UUID | None) -> None:
    sealed = AT_ONCE
    while sealed == AT_ONCE:
        async with work.database.transaction(space_id) as writer:
            sealed = await seal(writer)


@JOBS.job(cron="23 3 * * *")
async def shorten_journals(work: Work) -> None:
    """Remove what is older than a space, or the house, wants to keep."""
    for kept in await list_kept(work.read(None, across=True)):
        space = await work.space(kept["space_id"])
        async with work.write(space) as ctx:
            await shorten_journal(ctx, kept["keep_days"])
    if work.settings.audit_keep_days:
        async with work.write(None, across=True) as ctx:
            await shorten_house_journal(ctx, work.settings.audit_keep_days)


@JOBS.job(cron="41 4 * * *")
async def verify_journals(work: Work) -> None:
    """Compute every chain anew; what does not fit is an error in the log, for each chain."""
    reader = work.read(None, across=True).db
    for space_id in await list_chains(reader):
        found = await verify(reader, space_id)
        if not found.is_whole:
            log.error(
                "the journal was tampered with; run `mediatheque audit verify`",
                space_id=str(space_id) if space_id else None,
                faults=len(found.faults) + found.more_faults,
                first=found.faults[0].message,
            )
