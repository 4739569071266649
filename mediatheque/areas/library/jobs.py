"""What the library does by itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import structlog
from sqlalchemy.exc import IntegrityError

from mediatheque.areas.catalog.actions import record_duplicates
from mediatheque.areas.catalog.queries.publishing import list_space_ids
from mediatheque.areas.exchange.actions.batches import NotOursError
from mediatheque.areas.exchange.queries.imports import get_import
from mediatheque.areas.files.actions.carry import copy_images
from mediatheque.areas.library.actions.enrich import (
    begin_enrichment,
    end_enrichment,
    enrich_titles,
    stop_enrichment,
)
from mediatheque.areas.library.actions.enrich_posters import prepare_poster
from mediatheque.areas.library.actions.transfer import list_pictures, transfer_library
from mediatheque.areas.library.adapters.providers import (
    Answer,
    ProviderBusyError,
    ProviderError,
    ProviderRefusedError,
    look_up,
)
from mediatheque.areas.library.queries.barcodes import list_shared_barcodes
from mediatheque.areas.library.queries.enrichment import list_lacking
from mediatheque.areas.library.queries.provider import get_provider
from mediatheque.areas.library.rules.refusals import NoSuchLibraryError
from mediatheque.areas.spaces.rules.integrations import IntegrationBrokenError
from mediatheque.core.context import Actor
from mediatheque.core.flags import ENRICHMENT
from mediatheque.core.queue import Jobs, defer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.library.adapters.providers import Provider
    from mediatheque.areas.library.schemas.enrichment import Lacking
    from mediatheque.core.context import Space
    from mediatheque.core.work import Work

log = structlog.get_logger()
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


@JOBS.job(on="exchange.import_finished")
async def look_for_duplicates(
    work: Work,
    *,
    space_id: str,
    ref_id: str,
    **_: Any,  # noqa: ANN401  (whatever an event brings)
) -> None:
    """After an import look for duplicates in its space; one search waits, however many imports."""
    space = await work.space(space_id)
    done = await get_import(work.read(space), UUID(ref_id))
    if done.status != "succeeded" or done.dry_run:
        return
    for name in ("catalog.find_duplicates", "library.find_shared_barcodes"):
        try:
            async with work.write(space) as ctx:
                await defer(ctx.db, name, queueing_lock=f"{name}:{space_id}", space_id=space_id)
        except IntegrityError:
            log.debug("a search for duplicates waits already", job=name)


STRETCH: Final = 20
"""Works that are completed in one transaction."""
STRETCHES: Final = 10
"""Stretches after which the job makes room for others and queues itself again."""
PARALLEL: Final = 4
ENRICH: Final = "library.enrich_import"
OFF: Final = "Completing works is switched off in this space. Switch it on and go on."


@dataclass(slots=True)
class _Enrichment:
    """The second phase of one import, while this job runs it."""

    work: Work
    space: Space
    actor: Actor
    import_id: UUID
    provider: Provider
    after: UUID | None

    async def step(self) -> bool:
        """Complete the next works in one transaction; whether there were any."""
        reading = self.work.read(self.space, self.actor)
        works = await list_lacking(
            reading, self.import_id, self.provider.kinds, self.after, STRETCH
        )
        if not works:
            await self.end("done")
            return False
        answers = await self._ask(works)
        images = {}
        for answer in answers:
            image = await prepare_poster(reading, self.work.settings, answer)
            if image:
                images[answer.work.id] = image
        async with self.work.write(self.space, self.actor) as ctx:
            await enrich_titles(ctx, self.import_id, self.after, answers, images)
        self.after = works[-1].id
        return True

    async def _ask(self, works: Sequence[Lacking]) -> list[Answer]:
        """The provider's answers; one that fails on its own is a miss, all are the provider's."""
        turns = asyncio.Semaphore(PARALLEL)

        async def ask(work: Lacking) -> Answer | ProviderError:
            async with turns:
                try:
                    return await look_up(self.provider, work)
                except ProviderError as error:
                    return error

        found = await asyncio.gather(*(ask(work) for work in works))
        errors = [one for one in found if isinstance(one, ProviderError)]
        for error in errors:
            if len(errors) == len(works) or isinstance(
                error, ProviderBusyError | ProviderRefusedError
            ):
                raise error
        return [
            Answer(work, None, "no_answer", str(one)) if isinstance(one, ProviderError) else one
            for work, one in zip(works, found, strict=True)
        ]

    async def end(self, state: str, message: str = "") -> None:
        """Note how it ended."""
        async with self.work.write(self.space, self.actor) as ctx:
            await end_enrichment(ctx, self.import_id, state, message)

    async def again(self, message: str = "", seconds: float = 0) -> None:
        """Go on later; what is queued and what is noted are one transaction."""
        async with self.work.write(self.space, self.actor) as ctx:
            await end_enrichment(ctx, self.import_id, "running", message)
            await defer(
                ctx.db,
                ENRICH,
                lock=f"enrich:{self.import_id}",
                at=datetime.now(UTC) + timedelta(seconds=seconds) if seconds else None,
                space_id=str(self.space.id),
                ref_id=str(self.import_id),
            )


@JOBS.job(queue="enrichment", on="exchange.import_finished")
async def enrich_import(
    work: Work,
    *,
    space_id: str,
    ref_id: str,
    **_: Any,  # noqa: ANN401  (whatever an event brings)
) -> None:
    """Complete an import's new works from a provider, stretch by stretch.

    Killed at any point, it goes on behind the last committed stretch.
    """
    space, import_id = await work.space(space_id), UUID(ref_id)
    if not ENRICHMENT.is_on_in(space):
        async with work.write(space) as ctx:
            await stop_enrichment(ctx, import_id, OFF)
        return
    try:
        provider = await get_provider(work.read(space), work.settings)
    except IntegrationBrokenError as error:
        async with work.write(space) as ctx:
            await end_enrichment(ctx, import_id, "failed", error.text)
        return
    async with work.write(space) as ctx:
        begun = await begin_enrichment(ctx, import_id, provider)
    if begun is None:
        return
    actor = Actor("job", id=begun.created_by, name=provider.label)
    run = _Enrichment(work, space, actor, import_id, provider, begun.after)
    try:
        for _turn in range(STRETCHES):
            if not await run.step():
                return
        await run.again()
    except NotOursError:
        log.info("enrichment stopped", id=ref_id)
    except ProviderBusyError as busy:
        await run.again(str(busy), busy.seconds)
    except ProviderError as error:
        await run.end("failed", f"{error} Go on when that is mended.")


JOBS.hears.append(("exchange.enrichment_requested", ENRICH))


@JOBS.job(queue="default", tries=3)
async def give_library(  # noqa: PLR0913  (what the request said)
    work: Work,
    *,
    space_id: str,
    library_id: str,
    to: str,
    user_id: str,
    user_name: str,
    **_: Any,  # noqa: ANN401  (whatever a later version brings)
) -> None:
    """Give a library to another space: pictures first, then everything in one transaction.

    Run twice, the second finds the library gone and does nothing.
    """
    here, there = await work.space(space_id), await work.space(to)
    library = UUID(library_id)
    actor = Actor("job", id=UUID(user_id), name=user_name)
    reading = work.read(here, actor)
    pictures = await list_pictures(reading, library)
    images = await copy_images(reading, work.settings, pictures, there.id)
    try:
        async with work.write(here, actor, across=True) as ctx:
            await transfer_library(ctx, library, there, images)
    except NoSuchLibraryError:
        log.info("library was given before", id=library_id)
