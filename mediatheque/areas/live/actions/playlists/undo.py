"""Taking a playlist back: what it made goes, what it changed is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from psycopg.rows import dict_row
from sqlalchemy import select

from mediatheque.areas.exchange.models import ImportRow
from mediatheque.areas.live.actions.playlists.writing import (
    Change,
    change_of,
    locked_channels,
    write_changes,
)
from mediatheque.areas.live.events import PlaylistTakenBack
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.db.jsonb import jsonb

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.db import Row

BATCH: Final = 2_500
_MADE: Final = """
    DELETE FROM live_channels c
    WHERE c.space_id = %(space)s AND c.import_id = %(import)s AND c.edited_at IS NULL
      AND NOT EXISTS (SELECT FROM live_programmes p
                      WHERE p.space_id = c.space_id AND p.channel_id = c.id)
"""
_KEPT: Final = """
    SELECT id, name, edited_at FROM live_channels
    WHERE space_id = %(space)s AND import_id = %(import)s ORDER BY position, id LIMIT 200
"""
_SAID: Final = """
    UPDATE live_source_channels s SET said = b.said
    FROM unnest(%(ids)s::uuid[], %(saids)s::jsonb[]) AS b (id, said)
    WHERE s.space_id = %(space)s AND s.channel_id = b.id AND s.import_id = %(import)s
"""


@requires(Permission.IMPORT_CREATE)
async def take_playlist_back(ctx: Context, import_id: UUID) -> list[dict[str, Any]]:
    """Put channels back as they were; what somebody changed since, or has a schedule, stays."""
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "import": import_id}
    after, changed = 0, 0
    while rows := await _changes(ctx, import_id, after):
        after = rows[-1]["position"]
        changed += await _restore(ctx, import_id, rows)
    gone = (await connection.execute(_MADE, values)).rowcount
    cursor = connection.cursor(row_factory=dict_row)
    kept = await (await cursor.execute(_KEPT, values)).fetchall()
    ctx.emit(
        PlaylistTakenBack(ref=Ref("import", import_id), after={"removed": gone, "changed": changed})
    )
    return [
        {
            "kind": "channel",
            "id": str(row["id"]),
            "label": row["name"],
            "reason": "edited" if row["edited_at"] else "has_schedule",
            "message": "Somebody edited it since."
            if row["edited_at"]
            else "It has a schedule. Remove it by hand if nobody needs it.",
        }
        for row in kept
    ]


async def _changes(ctx: Context, import_id: UUID, after: int) -> list[Row]:
    return await ctx.db.rows(
        select(ImportRow.position, ImportRow.ref_id, ImportRow.item)
        .where(
            ImportRow.space_id == ctx.space_id,
            ImportRow.import_id == import_id,
            ImportRow.ref_kind == "channel",
            ImportRow.item.is_not(None),
            ImportRow.position > after,
        )
        .order_by(ImportRow.position)
        .limit(BATCH)
    )


async def _restore(ctx: Context, import_id: UUID, rows: list[Row]) -> int:
    """Give channels back what they had, field by field where it is as the import left it."""
    here = await locked_channels(ctx, sorted(row["ref_id"] for row in rows))
    found: list[Change] = []
    for row in rows:
        channel, item = here.get(row["ref_id"]), row["item"]
        if channel is None:
            continue
        back = {
            name: item["before"][name]
            for name, value in item["after"].items()
            if channel[name] == value and name not in channel["edited_fields"]
        }
        if back:
            change = change_of(channel, back)
            if "groups" in back:
                change.genres_added, change.genres_gone = item["genres_gone"], item["genres_added"]
            found.append(change)
    await write_changes(ctx, found)
    connection = await ctx.db.connection()
    await connection.execute(
        _SAID,
        {
            "space": ctx.space_id,
            "import": import_id,
            "ids": [row["ref_id"] for row in rows],
            "saids": [jsonb(row["item"]["said"]) for row in rows],
        },
    )
    return len(found)
