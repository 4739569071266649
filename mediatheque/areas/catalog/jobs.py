"""What the catalogue does by itself: publish on time, look for duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog import actions
from mediatheque.areas.catalog.queries.publishing import list_due_spaces, list_space_ids
from mediatheque.core.queue import Jobs

if TYPE_CHECKING:
    from mediatheque.core.work import Work

JOBS = Jobs("catalog")


@JOBS.job(cron="* * * * *")
async def publish_due(work: Work, **_: Any) -> None:  # noqa: ANN401  (whatever an event brings)
    """Publish scheduled works whose time has come, in every space, each minute."""
    for space_id in await list_due_spaces(work.read(None, across=True)):
        async with work.write(await work.space(space_id)) as context:
            await actions.publish_due(context)


@JOBS.job(cron="17 3 * * *", on="catalog.duplicates_requested")
async def find_duplicates(
    work: Work,
    space_id: str | None = None,
    **_: Any,  # noqa: ANN401  (whatever an event brings)
) -> None:
    """Look for possible duplicates in one space, or each night in all."""
    spaces = [space_id] if space_id else await list_space_ids(work.read(None, across=True))
    for one in spaces:
        async with work.write(await work.space(one)) as context:
            await actions.find_duplicates(context)
