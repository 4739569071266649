"""Loading a playlist: look through it, then batch after batch, then what is gone from it."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from psycopg.rows import dict_row

from mediatheque.areas.exchange.schemas.runs import Loaded, RowResult
from mediatheque.areas.live.actions.imports.sources import source_of
from mediatheque.areas.live.actions.playlists.merge import (
    Playlist,
    kept_change,
    merge_entries,
    told_changes,
)
from mediatheque.areas.live.actions.playlists.undo import take_playlist_back
from mediatheque.areas.live.actions.playlists.writing import (
    change_of,
    locked_channels,
    write_changes,
)
from mediatheque.areas.live.actions.source_channels import SOON
from mediatheque.areas.live.actions.sources import queue_refresh
from mediatheque.areas.live.adapters.m3u.reading import entries, survey
from mediatheque.areas.live.events import PlaylistImported
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.turns import giving_way, read_ahead
from mediatheque.kit.unreadable import HEADER_ONLY, NOT_THIS_FORMAT, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.files import SourceFile
    from mediatheque.areas.exchange.schemas.runs import Loading
    from mediatheque.areas.live.models import GuideSource
    from mediatheque.areas.live.schemas.playlists import Entry, Left

BATCH: Final = 5_000
_LOST: Final = """
    FROM live_source_channels s
    JOIN live_channels c ON c.space_id = s.space_id AND c.id = s.channel_id
    WHERE s.space_id = %(space)s AND s.source_id = %(source)s
      AND s.import_id IS DISTINCT FROM %(import)s
      AND c.stream_url = s.said ->> 'stream_url' AND NOT 'stream_url' = ANY(c.edited_fields)
"""
_GONE: Final = f"""
    SELECT s.key, s.name, s.channel_id, s.said {_LOST} ORDER BY s.key LIMIT %(most)s
"""
_HAD: Final = """
    SELECT EXISTS (SELECT 1 FROM live_source_channels
                   WHERE space_id = %(space)s AND source_id = %(source)s
                     AND import_id IS DISTINCT FROM %(import)s)
"""
_COUNTS: Final = f"""
    SELECT (SELECT count(*) FROM live_source_channels
            WHERE space_id = %(space)s AND source_id = %(source)s AND import_id = %(import)s),
           (SELECT count(*) {_LOST})
"""  # noqa: S608  (the parts are constants of this file)
_SEEN: Final = """
    UPDATE live_guide_sources g
    SET imported_at = %(now)s, last_import_id = %(import)s, guide_urls = %(guides)s,
        file_key = i.file_key, filename = i.filename
    FROM exchange_imports i
    WHERE g.space_id = %(space)s AND g.id = %(source)s
      AND i.space_id = %(space)s AND i.id = %(import)s
"""
_SHIFTED: Final = """
    UPDATE live_guide_sources g SET etag = NULL, last_modified = NULL
    WHERE g.space_id = %(space)s AND g.kind = 'xmltv'
      AND coalesce(g.url, g.path, g.file_key) IS NOT NULL
      AND EXISTS (SELECT FROM live_source_channels s
                  WHERE s.space_id = g.space_id AND s.source_id = g.id
                    AND s.channel_id = ANY(%(channels)s))
    RETURNING g.id
"""
_SHRUNK: Final = (
    "More than half of the channels are gone from the playlist, which is rarely meant: their "
    "streams stay. Import it with “overwrite” to take them away."
)


class PlaylistLoader:
    """Loads M3U (``exchange.schemas.runs.Loader``)."""

    async def load(self, loading: Loading, file: SourceFile) -> None:
        """Load a playlist. After a stop it goes on behind the last batch that was done."""
        outline = await asyncio.to_thread(survey, file.path)
        if not outline.total:
            raise UnreadableError(HEADER_ONLY, "The playlist has no channels. Nothing was changed.")
        await loading.expect(outline.total)
        opening = Loaded()
        async with loading.part(opening) as ctx:
            source, is_known = await open_playlist(ctx, loading)
        playlist = Playlist(loading.run, source, outline, is_known=is_known)
        done = int(loading.checkpoint.get("done", 0))
        found = islice(entries(file.path, outline, source.url), done, None)
        async with read_ahead(_batches(giving_way(found))) as coming:
            async for batch in coming:
                loaded = Loaded(checkpoint={"done": batch[-1].seq})
                async with loading.part(loaded) as ctx:
                    await merge_entries(ctx, playlist, batch, loaded)
        behind = outline.total
        if not source.is_hand:
            behind = await _take_away(loading, playlist, behind)
        loaded = Loaded()
        async with loading.part(loaded) as ctx:
            await finish_playlist(ctx, playlist, loaded, behind)

    async def undo(self, ctx: Context, import_id: UUID) -> list[dict[str, Any]]:
        """Take a playlist back; see :func:`take_playlist_back`."""
        return await take_playlist_back(ctx, import_id)


def _batches(found: Iterator[Entry | Left]) -> Iterator[list[Entry | Left]]:
    return iter(lambda: list(islice(found, BATCH)), [])


@requires(Permission.IMPORT_CREATE)
async def open_playlist(ctx: Context, loading: Loading) -> tuple[GuideSource, bool]:
    """The source of a run, and whether it had entries before; refused when it is one of guides."""
    source = await source_of(ctx, loading.run)
    if source.kind != loading.run.source:
        raise UnreadableError(
            NOT_THIS_FORMAT, f"“{source.name}” is a source of guides, and this is a playlist."
        )
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "source": source.id, "import": loading.run.import_id}
    row = await (await connection.execute(_HAD, values)).fetchone()
    return source, bool(row and row[0])


async def _take_away(loading: Loading, playlist: Playlist, behind: int) -> int:
    """Streams that the playlist has no more, batch by batch; answers the last row's position."""
    counting = Loaded()
    async with loading.part(counting) as ctx:
        here, gone = await count_entries(ctx, playlist)
        if gone > here and playlist.run.mode != "overwrite":
            counting.results.append(RowResult(behind + 1, 0, "skipped", "playlist_shrunk", _SHRUNK))
            return behind + 1
    while True:
        loaded = Loaded()
        async with loading.part(loaded) as ctx:
            await take_streams_away(ctx, playlist, loaded, behind)
        if not loaded.results:
            return behind
        behind += len(loaded.results)


@requires(Permission.IMPORT_CREATE)
async def count_entries(ctx: Context, playlist: Playlist) -> tuple[int, int]:
    """How many of a source's entries the playlist has, and how many streams it has no more."""
    connection = await ctx.db.connection()
    cursor = await connection.execute(_COUNTS, _values(ctx, playlist))
    row = await cursor.fetchone()
    return (row[0], row[1]) if row else (0, 0)


@requires(Permission.IMPORT_CREATE)
async def take_streams_away(ctx: Context, playlist: Playlist, loaded: Loaded, behind: int) -> None:
    """Channels that are gone from a playlist keep their schedule and lose the stream it gave."""
    connection = await ctx.db.connection()
    cursor = connection.cursor(row_factory=dict_row)
    values = {**_values(ctx, playlist), "most": BATCH}
    gone = await (await cursor.execute(_GONE, values)).fetchall()
    rows = await locked_channels(ctx, sorted(row["channel_id"] for row in gone))
    changes = []
    for position, row in enumerate(gone, behind + 1):
        change = change_of(rows[row["channel_id"]], {"stream_url": None, "stream_options": {}})
        changes.append(change)
        loaded.counts["removed"] += 1
        loaded.results.append(
            RowResult(
                position,
                0,
                "removed",
                "not_in_playlist",
                "The playlist has it no more: the channel stays, without its stream.",
                row["name"],
                key=row["key"],
                ref_kind="channel",
                ref_id=change.channel_id,
                changes=told_changes(change),
                item=kept_change(change, row["said"]),
            )
        )
    await write_changes(ctx, changes)
    playlist.note_shifts(changes)
    if changes:
        ctx.emit(
            PlaylistImported(
                ref=Ref("import", playlist.run.import_id, playlist.source.name),
                after={"removed": len(changes)},
                batch=tuple(one.channel_id for one in changes),
            )
        )


@requires(Permission.IMPORT_CREATE)
async def finish_playlist(ctx: Context, playlist: Playlist, loaded: Loaded, behind: int) -> None:
    """Note when a playlist was imported, and the guides that it names.

    Guides of channels that are otherwise shifted now are taken again.
    """
    guides = list(playlist.outline.guides)
    connection = await ctx.db.connection()
    await connection.execute(_SEEN, {**_values(ctx, playlist), "guides": guides, "now": ctx.now})
    shifted = {"space": ctx.space_id, "channels": list(playlist.shifted)}
    for row in await (await connection.execute(_SHIFTED, shifted)).fetchall():
        await queue_refresh(ctx, row[0], at=ctx.now + SOON)
    for position, address in enumerate(guides, behind + 1):
        loaded.results.append(
            RowResult(
                position,
                1,
                "skipped",
                "guide_named",
                "The playlist names this guide. It can be added on the page of guides.",
                address,
            )
        )


def _values(ctx: Context, playlist: Playlist) -> dict[str, Any]:
    return {
        "space": ctx.space_id,
        "source": playlist.source.id,
        "import": playlist.run.import_id,
    }
