"""What live television does in the background."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from uuid import UUID

from mediatheque.areas.live.actions import matching, reminders, retention, sources, templates
from mediatheque.areas.live.actions.streams import note_looks
from mediatheque.areas.live.adapters.fetching import fetch_guide, take_file, take_kept
from mediatheque.areas.live.adapters.streams import Looked, look
from mediatheque.areas.live.queries.reminders import list_spaces_due
from mediatheque.areas.live.queries.retention import list_keeping
from mediatheque.areas.live.queries.sources import find_fetching, list_sources_due
from mediatheque.areas.live.queries.streams import list_streams_due
from mediatheque.areas.live.queries.templates import list_spaces_to_fill
from mediatheque.core.queue import AFTER, Jobs
from mediatheque.core.stores import fetcher, storage
from mediatheque.kit.turns import when_quiet

if TYPE_CHECKING:
    from mediatheque.core.work import Work

JOBS = Jobs("live")

PATIENCE_SECONDS: Final = 60.0
STREAMS: Final = 500
"""Looked at in one go."""
STREAMS_AT_ONCE: Final = 8


@JOBS.job(cron="* * * * *")
async def remind(work: Work, **_: object) -> None:
    """Tell people whose programmes start soon, each minute."""
    for space_id in await list_spaces_due(work.read(None, across=True)):
        space = await work.space(str(space_id))
        async with work.write(space) as ctx:
            await reminders.remind(ctx)


@JOBS.job(on="live.schedule_imported")
async def follow_programmes(work: Work, *, space_id: str, **_: object) -> None:
    """Bring reminders up to date with a schedule that changed."""
    space = await work.space(space_id)
    async with work.write(space) as ctx:
        await reminders.follow_programmes(ctx)


@JOBS.job(cron="* * * * *")
async def refresh_guides(work: Work, **_: object) -> None:
    """Ask for the guides whose time has come, each minute."""
    for row in await list_sources_due(work.read(None, across=True)):
        await _refresh(work, str(row["space_id"]), row["id"])


@JOBS.job(queue="imports", tries=3)
async def refresh_guide(work: Work, *, space_id: str, source_id: str, **_: object) -> None:
    """Take one guide, if it is new, and have it imported; of files handed in the last one."""
    await _refresh(work, space_id, UUID(source_id))


@JOBS.job(on="live.schedule_imported")
async def match_channels(
    work: Work,
    *,
    space_id: str,
    ref_id: str | None = None,
    batch: list[str] | None = None,
    **_: object,
) -> None:
    """Join what an import brought to channels, or changed there, to works."""
    async with work.write(await work.space(space_id)) as ctx:
        await matching.match_programmes(
            ctx,
            channels=[UUID(one) for one in batch or ()],
            import_id=UUID(ref_id) if ref_id else None,
        )


@JOBS.job(on="live.schedule_rewritten")
async def match_channel(work: Work, *, space_id: str, ref_id: str, **_: object) -> None:
    """Join a channel's new programmes to works."""
    async with work.write(await work.space(space_id)) as ctx:
        await matching.match_programmes(ctx, channels=[UUID(ref_id)])


@JOBS.job(on="live.programme_added")
async def match_programme(work: Work, *, space_id: str, ref_id: str, **_: object) -> None:
    """Join one entry to its work."""
    async with work.write(await work.space(space_id)) as ctx:
        await matching.match_programmes(ctx, programmes=[UUID(ref_id)])


@JOBS.job(on="catalog.title_created")
async def match_work(work: Work, *, space_id: str, ref_id: str, **_: object) -> None:
    """Join what is still open to a work that is new, or is called otherwise."""
    async with work.write(await work.space(space_id)) as ctx:
        await matching.match_work(ctx, UUID(ref_id))


@JOBS.job(on="catalog.titles_imported", queue=AFTER)
async def match_schedule(work: Work, *, space_id: str, **_: object) -> None:
    """Join what is still open to works that are new."""
    await when_quiet(PATIENCE_SECONDS)
    async with work.write(await work.space(space_id)) as ctx:
        await matching.match_programmes(ctx)


@JOBS.job(cron="11 4 * * *")
async def shorten_schedules(work: Work, **_: object) -> None:
    """Remove what a space does not want to keep any longer, each night."""
    for kept in await list_keeping(work.read(None, across=True)):
        space = await work.space(kept.space_id)
        removed = retention.AT_ONCE
        while kept.programme_days and removed >= retention.AT_ONCE:
            async with work.write(space) as ctx:
                removed = await retention.shorten_schedule(ctx, kept.programme_days)
        if kept.report_days:
            async with work.write(space) as ctx:
                files = await retention.forget_reports(ctx, kept.report_days)
            await storage(work.settings).delete(*files)


@JOBS.job(cron="17 * * * *")
async def fill_templates(work: Work, **_: object) -> None:
    """Make the entries of recurring programmes fourteen days ahead, each hour where days begin."""
    for row in await list_spaces_to_fill(work.read(None, across=True)):
        async with work.write(await work.space(row["space_id"])) as ctx:
            await templates.fill_template(ctx, row["id"])


async def _refresh(work: Work, space_id: str, source_id: UUID) -> None:
    space = await work.space(space_id)
    row = await find_fetching(work.read(space), source_id)
    if row is None:
        return
    if row["url"]:
        fetched = await fetch_guide(work.settings, row["url"], row["etag"], row["last_modified"])
    elif row["path"]:
        fetched = await take_file(work.settings, row["path"], row["etag"])
    else:
        size = row["file_size"] or 0
        fetched = await take_kept(work.settings, row["file_key"], row["filename"] or "", size)
    async with work.write(space) as ctx:
        await sources.note_fetched(ctx, source_id, fetched)


JOBS.hears += [
    (kind, follow_programmes.name)
    for kind in (
        "live.schedule_taken_back",
        "live.schedule_rewritten",
        "live.schedule_edited",
        "live.schedule_edit_undone",
        "live.programme_changed",
        "live.programme_removed",
    )
]
JOBS.hears += [
    ("live.programme_changed", match_programme.name),
    ("live.schedule_edited", match_channels.name),
    ("live.schedule_taken_back", match_schedule.name),
    ("catalog.title_updated", match_work.name),
    ("catalog.titles_published", match_schedule.name),
    ("catalog.titles_merged", match_schedule.name),
]


@JOBS.job(cron="*/10 * * * *")
async def look_at_streams(work: Work, **_: object) -> None:
    """Look at streams nobody looked at for an hour, and at those that were gone, a few at once."""
    found = await list_streams_due(work.read(None, across=True), STREAMS)
    gate, fetching = asyncio.Semaphore(STREAMS_AT_ONCE), fetcher(work.settings)

    async def looked(channel_id: UUID, address: str) -> Looked:
        async with gate:
            return await look(fetching, channel_id, address)

    for space_id, streams in found.items():
        looks = await asyncio.gather(*(looked(*stream) for stream in streams))
        space = await work.space(str(space_id))
        async with work.write(space) as ctx:
            await note_looks(ctx, looks)


JOBS.hears += [
    (f"live.template_{what}", hearer.name)
    for what in ("created", "changed", "removed", "filled")
    for hearer in (follow_programmes, match_schedule)
]
