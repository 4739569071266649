"""Guide sources: where guides are fetched, and which of their channels is which of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from mediatheque.areas.exchange.actions.imports import Handed, start_import
from mediatheque.areas.live.events import (
    GuideChecked,
    GuideSourceAdded,
    GuideSourceChanged,
    GuideSourceRemoved,
    SourceChannelMapped,
)
from mediatheque.areas.live.models import Channel, GuideSource, SourceChannel
from mediatheque.areas.live.rules.refusals import (
    BadGuideAddressError,
    ChannelNotFoundError,
    GuideSourceNotFoundError,
    SourceChannelNotFoundError,
    SourceChannelTakenError,
    UnknownTimeZoneError,
)
from mediatheque.areas.live.rules.times import BadTimeError, zone
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.queue import defer
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from mediatheque.areas.live.adapters.fetching import Fetched
    from mediatheque.areas.live.schemas.sources import (
        GuideSourceCreate,
        GuideSourceUpdate,
        SourceChannelMap,
    )

REFRESH = "live.refresh_guide"
LONGEST_PAUSE = 24 * 60
"""Minutes at most between looks at an address that fails."""


def _check(url: str | None, time_zone: str | None) -> None:
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BadGuideAddressError(field="url")
    if time_zone is not None:
        try:
            zone(time_zone or "?")
        except BadTimeError as error:
            raise UnknownTimeZoneError(str(error), field="time_zone") from error


async def _locked(ctx: Context, source_id: UUID) -> GuideSource:
    found: GuideSource | None = await ctx.db.entity(
        select(GuideSource)
        .where(GuideSource.space_id == ctx.space_id, GuideSource.id == source_id)
        .with_for_update()
    )
    if found is None:
        raise GuideSourceNotFoundError
    return found


async def _queue(ctx: Context, source_id: UUID) -> None:
    await defer(
        ctx.db,
        REFRESH,
        lock=f"guide:{source_id}",
        space_id=str(ctx.space_id),
        source_id=str(source_id),
    )


@requires(Permission.LIVE_MANAGE)
async def add_source(ctx: Context, given: GuideSourceCreate) -> UUID:
    """Add an address, and fetch it at once."""
    _check(given.url, given.time_zone)
    made = GuideSource(
        space_id=ctx.space_id, id=uuid7(), created_by=ctx.actor.id, **given.model_dump()
    )
    await ctx.db.add(made)
    await _queue(ctx, made.id)
    ctx.emit(GuideSourceAdded(ref=Ref("guide_source", made.id, made.name)))
    return made.id


@requires(Permission.LIVE_MANAGE)
async def update_source(ctx: Context, source_id: UUID, given: GuideSourceUpdate) -> None:
    """Change where, when or how a guide is fetched."""
    changes = given.model_dump(exclude_unset=True)
    _check(changes.get("url"), changes.get("time_zone"))
    row = await _locked(ctx, source_id)
    if "url" in changes and changes["url"] != row.url:
        row.etag = row.last_modified = None
    for name, value in changes.items():
        if value is not None or name == "interval_minutes":
            setattr(row, name, value)
    minutes = row.interval_minutes
    row.next_at = ctx.now + timedelta(minutes=minutes) if minutes and row.url else None
    await ctx.db.flush()
    # The address may hold a password: the journal tells only that it changed.
    said = {name: value for name, value in changes.items() if name != "url"}
    ctx.emit(GuideSourceChanged(ref=Ref("guide_source", row.id, row.name), after=said))


@requires(Permission.LIVE_MANAGE)
async def remove_source(ctx: Context, source_id: UUID) -> None:
    """Remove a source and its mapping; channels and schedule stay."""
    row = await _locked(ctx, source_id)
    ref = Ref("guide_source", row.id, row.name)
    await ctx.db.session.delete(row)
    await ctx.db.flush()
    ctx.emit(GuideSourceRemoved(ref=ref))


@requires(Permission.LIVE_MANAGE)
async def refresh_source(ctx: Context, source_id: UUID) -> None:
    """Have a guide fetched now, whatever its tags say."""
    row = await _locked(ctx, source_id)
    if row.url is None:
        raise BadGuideAddressError("This source has no address: hand a file in.")
    row.etag = row.last_modified = None
    await ctx.db.flush()
    await _queue(ctx, source_id)
    ctx.emit(GuideSourceChanged(ref=Ref("guide_source", row.id, row.name), after={"asked": True}))


@requires(Permission.LIVE_MANAGE)
async def note_fetched(ctx: Context, source_id: UUID, fetched: Fetched) -> None:
    """Note what came of a look at an address; a new file is imported."""
    row = await _locked(ctx, source_id)
    row.checked_at = ctx.now
    row.message = fetched.message
    row.failures = row.failures + 1 if fetched.state == "failed" else 0
    pause = row.interval_minutes
    if pause and row.failures:
        pause = min(max(15, pause) * 2 ** min(row.failures, 6), max(LONGEST_PAUSE, pause))
    row.next_at = ctx.now + timedelta(minutes=pause) if pause else None
    if fetched.state == "new":
        row.etag, row.last_modified = fetched.etag, fetched.last_modified
        row.file_key, row.filename = fetched.file_key, fetched.filename
    await ctx.db.flush()
    if fetched.state == "new":
        handed = Handed(row.kind, fetched.filename, fetched.file_key, fetched.size)
        row.last_import_id = await start_import(ctx, handed, library=str(source_id))
        return
    ctx.emit(
        GuideChecked(
            ref=Ref("guide_source", row.id, row.name),
            after={"state": fetched.state, "message": fetched.message},
        )
    )


@requires(Permission.LIVE_MANAGE)
async def map_source_channel(
    ctx: Context, source_id: UUID, key: str, given: SourceChannelMap
) -> None:
    """Say which channel a source's channel is; it stays said, and the guide is fetched again."""
    source = await _locked(ctx, source_id)
    row: SourceChannel | None = await ctx.db.entity(
        select(SourceChannel).where(
            SourceChannel.space_id == ctx.space_id,
            SourceChannel.source_id == source_id,
            SourceChannel.key == key,
        )
    )
    if row is None:
        raise SourceChannelNotFoundError
    if given.channel_id is not None:
        there, other = await ctx.db.batch(
            select(Channel.id).where(
                Channel.space_id == ctx.space_id, Channel.id == given.channel_id
            ),
            select(SourceChannel.name).where(
                SourceChannel.space_id == ctx.space_id,
                SourceChannel.source_id == source_id,
                SourceChannel.channel_id == given.channel_id,
                SourceChannel.key != key,
            ),
        )
        if not there:
            raise ChannelNotFoundError(field="channel_id")
        if other:
            raise SourceChannelTakenError(field="channel_id", details={"name": other[0]["name"]})
    before = {"state": row.state, "channel_id": str(row.channel_id) if row.channel_id else None}
    row.state = "mapped" if given.channel_id else "ignored"
    row.channel_id, row.shift_minutes = given.channel_id, given.shift_minutes
    row.decided_by, row.decided_at = ctx.actor.id, ctx.now
    await ctx.db.flush()
    if source.url is not None:
        source.etag = source.last_modified = None
        await ctx.db.flush()
        await _queue(ctx, source_id)
    ctx.emit(
        SourceChannelMapped(
            ref=Ref("guide_source", source_id, row.name or key),
            before=before,
            after={
                "state": row.state,
                "channel_id": str(given.channel_id) if given.channel_id else None,
            },
        )
    )
