"""Guide sources: where guides are fetched, and which of their channels is which of ours."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from mediatheque.areas.exchange.actions.imports import Handed, start_import
from mediatheque.areas.live.actions.holding import hold
from mediatheque.areas.live.events import (
    GuideChecked,
    GuideSourceAdded,
    GuideSourceChanged,
    GuideSourceRemoved,
)
from mediatheque.areas.live.models import GuideSource
from mediatheque.areas.live.rules.refusals import (
    BadGuideAddressError,
    BadGuidePathError,
    NoImportFolderError,
    UnknownTimeZoneError,
)
from mediatheque.areas.live.rules.times import BadTimeError, zone
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.queue import defer
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from datetime import datetime

    from mediatheque.areas.live.adapters.fetching import Fetched
    from mediatheque.areas.live.schemas.sources import GuideSourceCreate, GuideSourceUpdate

REFRESH = "live.refresh_guide"
LONGEST_PAUSE = 24 * 60
"""Minutes at most between looks at an address that fails."""


def _check(url: str | None, path: str | None, time_zone: str | None, folder: str) -> None:
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BadGuideAddressError(field="url")
    if path is not None:
        if not folder:
            raise NoImportFolderError(field="path")
        given = PurePosixPath(path)
        if given.is_absolute() or ".." in given.parts or "\0" in path or not given.parts:
            raise BadGuidePathError(field="path")
    if time_zone is not None:
        try:
            zone(time_zone or "?")
        except BadTimeError as error:
            raise UnknownTimeZoneError(str(error), field="time_zone") from error


async def queue_refresh(ctx: Context, source_id: UUID, *, at: datetime | None = None) -> None:
    """Have a source gone through, once however often it is asked for meanwhile."""
    with contextlib.suppress(IntegrityError):
        async with ctx.db.session.begin_nested():
            await defer(
                ctx.db,
                REFRESH,
                lock=f"guide:{source_id}",
                queueing_lock=f"guide:{source_id}",
                at=at,
                space_id=str(ctx.space_id),
                source_id=str(source_id),
            )


@requires(Permission.LIVE_MANAGE)
async def add_source(ctx: Context, given: GuideSourceCreate, *, folder: str = "") -> UUID:
    """Add an address, or a file below ``folder``, and take it at once."""
    if (given.url is None) == (given.path is None):
        raise BadGuideAddressError(
            "Give either an address or the path of a file.", field="path" if given.url else "url"
        )
    _check(given.url, given.path, given.time_zone, folder)
    made = GuideSource(
        space_id=ctx.space_id, id=uuid7(), created_by=ctx.actor.id, **given.model_dump()
    )
    await ctx.db.add(made)
    await queue_refresh(ctx, made.id)
    ctx.emit(GuideSourceAdded(ref=Ref("guide_source", made.id, made.name)))
    return made.id


@requires(Permission.LIVE_MANAGE)
async def update_source(
    ctx: Context, source_id: UUID, given: GuideSourceUpdate, *, folder: str = ""
) -> None:
    """Change where, when or how a guide is fetched."""
    changes = given.model_dump(exclude_unset=True)
    url, path = changes.get("url"), changes.get("path")
    _check(url, path, changes.get("time_zone"), folder)
    row = await hold(ctx, GuideSource, source_id)
    if row.is_hand and (url or path):
        raise BadGuideAddressError(
            "Files handed in have no address: add a source instead.", field="url" if url else "path"
        )
    if url and path:
        raise BadGuideAddressError("Give either an address or the path of a file.", field="path")
    if (url and url != row.url) or (path and path != row.path):
        row.etag = row.last_modified = None
        row.url, row.path = url, path
    for name, value in changes.items():
        if name not in {"url", "path"} and (value is not None or name == "interval_minutes"):
            setattr(row, name, value)
    minutes = row.interval_minutes
    is_fetched = row.url is not None or row.path is not None
    row.next_at = ctx.now + timedelta(minutes=minutes) if minutes and is_fetched else None
    await ctx.db.flush()
    # The address may hold a password: the journal tells only that it changed.
    said = {name: value for name, value in changes.items() if name != "url"}
    ctx.emit(GuideSourceChanged(ref=Ref("guide_source", row.id, row.name), after=said))


@requires(Permission.LIVE_MANAGE)
async def remove_source(ctx: Context, source_id: UUID) -> None:
    """Remove a source and its mapping; channels and schedule stay."""
    row = await hold(ctx, GuideSource, source_id)
    ref = Ref("guide_source", row.id, row.name)
    await ctx.db.session.delete(row)
    await ctx.db.flush()
    ctx.emit(GuideSourceRemoved(ref=ref))


@requires(Permission.LIVE_MANAGE)
async def refresh_source(ctx: Context, source_id: UUID) -> None:
    """Have a guide taken now, whatever its tags say; of files handed in the last one again."""
    row = await hold(ctx, GuideSource, source_id)
    if row.url is None and row.path is None and row.file_key is None:
        raise BadGuideAddressError("This source has no address: hand a file in.")
    row.etag = row.last_modified = None
    await ctx.db.flush()
    await queue_refresh(ctx, source_id)
    ctx.emit(GuideSourceChanged(ref=Ref("guide_source", row.id, row.name), after={"asked": True}))


@requires(Permission.LIVE_MANAGE)
async def note_fetched(ctx: Context, source_id: UUID, fetched: Fetched) -> None:
    """Note what came of a look at an address; a new file is imported."""
    row = await hold(ctx, GuideSource, source_id)
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
