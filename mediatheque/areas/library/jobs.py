"""What the library does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.actions import record_duplicates
from mediatheque.areas.catalog.queries.publishing import list_space_ids
from mediatheque.areas.library.queries.barcodes import list_shared_barcodes
from mediatheque.core.queue import Jobs

if TYPE_CHECKING:
    from mediatheque.core.work import Work

JOBS = Jobs("library")
BARCODE: Final = "barcode"
"""The kind of evidence for a possible duplicate."""


@JOBS.job(cron="27 3 * * *", on="catalog.duplicates_requested")
async def find_shared_barcodes(
    work: Work,
    space_id: str | None = None,
    **_: Any,  # noqa: ANN401  (whatever an event brings)
) -> None:
    """Report works that share a barcode as possible duplicates: in one space, or nightly in all."""
    spaces = [space_id] if space_id else await list_space_ids(work.read(None, across=True))
    for one in spaces:
        async with work.write(await work.space(one)) as context:
            pairs = await list_shared_barcodes(context)
            await record_duplicates(context, BARCODE, pairs, is_complete=True)
