"""Taking a guide back: what it added goes, what it changed and removed is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from mediatheque.areas.live.events import ScheduleTakenBack
from mediatheque.areas.live.models import Programme
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

_COLUMNS = [column.name for column in Programme.__table__.columns]
_ADDED = """
    DELETE FROM live_programmes t
    WHERE t.space_id = %(space)s AND t.import_id = %(import)s AND t.edited_at IS NULL
      AND NOT EXISTS (SELECT FROM live_replaced r WHERE r.space_id = t.space_id
                      AND r.import_id = t.import_id AND r.programme_id = t.id)
    RETURNING t.channel_id
"""
_SET = ", ".join(f"{name} = b.{name}" for name in _COLUMNS if name not in {"space_id", "id"})
_BEFORE = """
    FROM live_replaced r
    CROSS JOIN LATERAL jsonb_populate_record(NULL::live_programmes, r.row) b
"""
# One statement each: the exclusion constraint is checked at its end.
_CHANGED = f"""
    UPDATE live_programmes t SET {_SET}
    {_BEFORE}
    WHERE r.space_id = %(space)s AND r.import_id = %(import)s AND NOT r.is_removed
      AND t.space_id = r.space_id AND t.id = r.programme_id
      AND t.edited_at IS NULL
      AND (t.import_id = r.import_id OR t.import_id IS NOT DISTINCT FROM b.import_id)
      AND NOT EXISTS (SELECT FROM live_programmes o
                      WHERE o.space_id = t.space_id AND o.channel_id = t.channel_id
                        AND o.start_at < b.stop_at AND o.stop_at > b.start_at
                        AND o.id <> t.id
                        AND (o.edited_at IS NOT NULL OR o.origin <> 'guide'
                             OR o.import_id IS DISTINCT FROM r.import_id)
                        AND NOT EXISTS (SELECT FROM live_replaced s
                                        WHERE s.space_id = o.space_id AND s.programme_id = o.id
                                          AND s.import_id = r.import_id AND NOT s.is_removed))
    RETURNING t.channel_id
"""  # noqa: S608  (the parts are constants of this file)
_REMOVED = f"""
    INSERT INTO live_programmes ({", ".join(_COLUMNS)})
    SELECT {", ".join(f"b.{name}" for name in _COLUMNS)}
    {_BEFORE}
    JOIN live_channels c ON c.space_id = b.space_id AND c.id = b.channel_id
    WHERE r.space_id = %(space)s AND r.import_id = %(import)s AND r.is_removed
      AND NOT EXISTS (SELECT FROM live_programmes o
                      WHERE o.space_id = b.space_id AND (o.id = b.id OR (
                            o.channel_id = b.channel_id
                            AND o.start_at < b.stop_at AND o.stop_at > b.start_at)))
    RETURNING channel_id
"""  # noqa: S608  (the parts are constants of this file)
_CHANNELS = """
    DELETE FROM live_channels c
    WHERE c.space_id = %(space)s AND c.import_id = %(import)s
      AND c.edited_at IS NULL AND c.stream_url IS NULL
      AND NOT EXISTS (SELECT FROM live_programmes p
                      WHERE p.space_id = c.space_id AND p.channel_id = c.id)
"""
_KEPT = """
    SELECT id, title FROM live_programmes
    WHERE space_id = %(space)s AND import_id = %(import)s AND edited_at IS NOT NULL
    ORDER BY start_at LIMIT 200
"""
_FORGET = "DELETE FROM live_replaced WHERE space_id = %(space)s AND import_id = %(import)s"


@requires(Permission.IMPORT_CREATE)
async def take_import_back(ctx: Context, import_id: UUID) -> list[dict[str, Any]]:
    """Put the schedule back as it was before an import; what people edited since stays."""
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "import": import_id}
    touched: set[UUID] = set()
    counts = {}
    for name, statement in (("added", _ADDED), ("changed", _CHANGED), ("removed", _REMOVED)):
        rows = await (await connection.execute(statement, values)).fetchall()
        counts[name] = len(rows)
        touched.update(row[0] for row in rows)
    await connection.execute(_CHANNELS, values)
    cursor = connection.cursor(row_factory=dict_row)
    kept = await (await cursor.execute(_KEPT, values)).fetchall()
    await connection.execute(_FORGET, values)
    if touched:
        ctx.emit(
            ScheduleTakenBack(
                ref=Ref("import", import_id), after=counts, batch=tuple(sorted(touched))
            )
        )
    return [
        {
            "kind": "programme",
            "id": str(row["id"]),
            "label": row["title"],
            "reason": "edited",
            "message": "Somebody edited it since.",
        }
        for row in kept
    ]
