"""Loading a guide: look through it, map its channels, then bucket after bucket."""

from __future__ import annotations

import asyncio
from array import array
from dataclasses import dataclass, field
from sys import byteorder
from typing import TYPE_CHECKING, Any

from mediatheque.areas.exchange.schemas.runs import Loaded, RowResult
from mediatheque.areas.live.actions.imports import statements as sql
from mediatheque.areas.live.actions.imports.mapping import Mapped, map_channels
from mediatheque.areas.live.actions.imports.merge import StaleKnowledgeError, merge_bucket
from mediatheque.areas.live.actions.imports.sources import source_of
from mediatheque.areas.live.actions.imports.undo import take_import_back
from mediatheque.areas.live.adapters.xmltv.reading import Knowledge, Reading, survey
from mediatheque.areas.live.rules.times import zone
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.turns import read_ahead

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from mediatheque.areas.exchange.schemas.files import SourceFile
    from mediatheque.areas.exchange.schemas.runs import Loading
    from mediatheque.areas.live.models import GuideSource
    from mediatheque.areas.live.schemas.guides import Survey

ANALYZED_FROM = 5_000
"""From so many new programmes on the planner needs to hear of them at once."""
_SEEN = """
    UPDATE live_guide_sources g
    SET imported_at = %(now)s, last_import_id = %(import)s,
        file_key = i.file_key, filename = i.filename
    FROM exchange_imports i
    WHERE g.space_id = %(space)s AND g.id = %(source)s
      AND i.space_id = %(space)s AND i.id = %(import)s
"""


@dataclass(slots=True)
class _State:
    """How far one load is."""

    source_id: UUID
    mapped: Mapped
    time_zone: str
    done: set[str] = field(default_factory=set)
    behind: int = 0
    created: int = 0


class GuideLoader:
    """Loads XMLTV (``exchange.schemas.runs.Loader``)."""

    async def load(self, loading: Loading, file: SourceFile) -> None:
        """Load a guide. After a stop it goes on with the channels that were not done."""
        seen = await asyncio.to_thread(survey, file.path)
        await loading.expect(seen.total)
        state = await _open(loading, seen)
        try:
            await _load(loading, file.path, seen, state, is_known=True)
        except StaleKnowledgeError:
            await _load(loading, file.path, seen, state, is_known=False)
        loaded = Loaded()
        async with loading.part(loaded) as ctx:
            await finish_load(ctx, loading.run.import_id, state.source_id, state.created)

    async def undo(self, ctx: Context, import_id: UUID) -> list[dict[str, Any]]:
        """Take a guide back; see :func:`take_import_back`."""
        return await take_import_back(ctx, import_id)


async def _open(loading: Loading, seen: Survey) -> _State:
    """Map the channels, and account for the programmes of those that wait for a person."""
    is_first = not loading.checkpoint.get("is_mapped")
    loaded = Loaded(checkpoint={"is_mapped": True})
    async with loading.part(loaded) as ctx:
        source, mapped = await map_source(ctx, loading, seen)
        if is_first:
            _wait(seen, mapped, loaded)
        return _State(
            source.id,
            mapped,
            source.time_zone,
            set(loading.checkpoint.get("done", ())),
            max(seen.total, int(loading.checkpoint.get("behind", 0))),
        )


@requires(Permission.IMPORT_CREATE)
async def map_source(ctx: Context, loading: Loading, seen: Survey) -> tuple[GuideSource, Mapped]:
    """The source of a run, and where its channels' programmes go."""
    source = await source_of(ctx, loading.run)
    return source, await map_channels(ctx, source, loading.run.import_id, seen.channels)


def _wait(seen: Survey, mapped: Mapped, loaded: Loaded) -> None:
    for one in seen.channels.values():
        if not one.key or one.key in mapped.targets or not one.programmes:
            continue
        loaded.counts["skipped"] += one.programmes
        is_ignored = one.key in mapped.ignored
        loaded.results.append(
            RowResult(
                one.first,
                one.line,
                "skipped",
                "channel_ignored" if is_ignored else "channel_unknown",
                f"{one.programmes} programmes of a channel that is left out."
                if is_ignored
                else f"{one.programmes} programmes wait until somebody says which channel it is.",
                one.name,
                key=one.key,
            )
        )


async def _load(
    loading: Loading, path: Path, seen: Survey, state: _State, *, is_known: bool
) -> None:
    targets = {key: one for key, one in state.mapped.targets.items() if key not in state.done}
    hashes = None
    if is_known and not state.mapped.made:
        hashes = await _hashes(loading, [one.channel_id for one in targets.values()])
    reading = Reading(seen, targets, Knowledge(zone(state.time_zone), hashes))
    async with read_ahead(reading.buckets(path)) as coming:
        async for bucket in coming:
            if not bucket.keys and "" in state.done:
                continue
            done = state.done | set(bucket.keys or [""])
            loaded = Loaded()
            async with loading.part(loaded) as ctx:
                await merge_bucket(
                    ctx, loading.run, state.source_id, bucket, loaded, behind=state.behind
                )
                behind = max([state.behind, *(one.position for one in loaded.results)])
                loaded.checkpoint = {"done": sorted(done), "behind": behind}
            state.done, state.behind = done, behind
            state.created += loaded.counts["created"]
    if reading.unknown:
        await _tell_unknown(loading, reading, state)


async def _tell_unknown(loading: Loading, reading: Reading, state: _State) -> None:
    """One row for each kind of element that is passed over; it counts for nothing."""
    loaded = Loaded()
    for name, (count, line) in sorted(reading.unknown.items()):
        state.behind += 1
        message = f"<{name}> is no element of XMLTV: passed over {count} times."
        loaded.results.append(
            RowResult(state.behind, line, "skipped", "unknown_element", message, name)
        )
    async with loading.part(loaded):
        pass


async def _hashes(loading: Loading, channels: list[UUID]) -> array[int]:
    """What the schedule of these channels has, as sorted hashes: eight bytes a programme."""
    loaded = Loaded()
    async with loading.part(loaded) as ctx:
        found = await known_hashes(ctx, channels)
    hashes = array("q", found)
    if byteorder == "little":
        hashes.byteswap()
    return hashes


@requires(Permission.IMPORT_CREATE)
async def known_hashes(ctx: Context, channels: list[UUID]) -> bytes:
    """The sorted content hashes of guide entries, eight bytes each, the highest first."""
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "channels": channels}
    cursor = connection.cursor(binary=True)
    row = await (await cursor.execute(sql.HASHES, values)).fetchone()
    return bytes(row[0]) if row and row[0] else b""


@requires(Permission.IMPORT_CREATE)
async def finish_load(ctx: Context, import_id: UUID, source_id: UUID, created: int) -> None:
    """Note when a source was imported; after many programmes have the planner look at them."""
    connection = await ctx.db.connection()
    values = {
        "space": ctx.space_id,
        "import": import_id,
        "source": source_id,
        "now": ctx.now,
    }
    await connection.execute(_SEEN, values)
    if created >= ANALYZED_FROM:
        await connection.execute("ANALYZE live_programmes (channel_id, start_at, title_id)")
