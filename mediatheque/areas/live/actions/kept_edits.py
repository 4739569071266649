"""Entries as they were before somebody changed them: the last eight changes of each person.

They stand beside those that imports changed (``live_replaced``), under one of eight ids that are a
person's own; a ninth change takes the place of the oldest. ``row`` holds the entry, and beside its
columns ``_edit`` (the change), ``_at`` (when), ``_added`` (the change put it in), ``_override``
(what its template said of the day) and ``_reminders`` (who wanted to be told).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid5

from psycopg.rows import dict_row

from mediatheque.areas.live.models import Programme
from mediatheque.areas.live.rules.refusals import EditedSinceError, EditNotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row

KEPT: Final = 8
_SLOT: Final = """
    SELECT s.id FROM unnest(%(slots)s::uuid[]) s (id)
    LEFT JOIN LATERAL (
        SELECT r.replaced_at FROM live_replaced r
        WHERE r.space_id = %(space)s AND r.import_id = s.id LIMIT 1) l ON true
    ORDER BY l.replaced_at NULLS FIRST LIMIT 1
"""
_FORGET: Final = "DELETE FROM live_replaced WHERE space_id = %(space)s AND import_id = %(slot)s"
_KEEP: Final = """
    INSERT INTO live_replaced (space_id, import_id, programme_id, is_removed, row)
    SELECT p.space_id, %(slot)s, p.id, p.id = ANY(%(removed)s),
           to_jsonb(p) || jsonb_build_object(
               '_edit', %(edit)s::uuid, '_at', %(now)s::timestamptz,
               '_override', (SELECT to_jsonb(o) FROM live_template_overrides o
                             WHERE o.space_id = p.space_id AND o.template_id = p.template_id
                               AND o.occurs_on = p.template_on),
               '_reminders', (SELECT jsonb_agg(r.id) FROM live_reminders r
                              WHERE r.space_id = p.space_id AND r.programme_id = p.id
                                AND r.state = 'waiting'))
    FROM live_programmes p
    WHERE p.space_id = %(space)s AND p.id = ANY(%(touched)s)
    UNION ALL
    SELECT %(space)s, %(slot)s, a.id, false, jsonb_build_object(
               '_edit', %(edit)s::uuid, '_at', %(now)s::timestamptz, '_added', true)
    FROM unnest(%(added)s::uuid[]) a (id)
"""
_FIND: Final = """
    SELECT r.import_id AS slot, r.programme_id AS id, r.is_removed,
           coalesce((r.row->>'_added')::boolean, false) AS is_added,
           coalesce(b.channel_id, p.channel_id) AS channel_id, b.start_at, b.stop_at,
           coalesce(b.title, p.title) AS title,
           NOT r.is_removed AND (p.edited_at = (r.row->>'_at')::timestamptz) IS NOT TRUE AS is_other
    FROM live_replaced r
    CROSS JOIN LATERAL jsonb_populate_record(NULL::live_programmes, r.row) b
    LEFT JOIN live_programmes p ON p.space_id = r.space_id AND p.id = r.programme_id
    WHERE r.space_id = %(space)s AND r.import_id = ANY(%(slots)s)
      AND r.row->>'_edit' = %(edit)s::text
    ORDER BY b.start_at, r.programme_id
"""
_COLUMNS: Final = [column.name for column in Programme.__table__.columns]
_JOINED: Final = {"title_id": "catalog_titles", "episode_id": "catalog_episodes"}
"""Columns that name what may be gone by now, with its table."""
_VALUES: Final = [
    f"(SELECT x.id FROM {_JOINED[name]} x WHERE x.space_id = b.space_id AND x.id = b.{name})"  # noqa: S608  (constants)
    if name in _JOINED
    else f"b.{name}"
    for name in _COLUMNS
]
_SETTING: Final = [
    f"{name} = {value}"
    for name, value in zip(_COLUMNS, _VALUES, strict=True)
    if name not in {"space_id", "id"}
]
_BEFORE: Final = """
    FROM live_replaced r
    CROSS JOIN LATERAL jsonb_populate_record(NULL::live_programmes, r.row) b
"""
_MINE: Final = "r.space_id = %(space)s AND r.import_id = %(slot)s"
_STEPS: Final = (
    "SET CONSTRAINTS ex_live_programmes_overlap DEFERRED",
    f"""
    DELETE FROM live_programmes p USING live_replaced r
    WHERE {_MINE} AND r.row ? '_added' AND p.space_id = r.space_id AND p.id = r.programme_id
    """,  # noqa: S608  (constants of this file)
    f"""
    UPDATE live_programmes p SET
        {", ".join(_SETTING)}
    {_BEFORE}
    WHERE {_MINE} AND NOT r.is_removed AND NOT r.row ? '_added'
      AND p.space_id = r.space_id AND p.id = r.programme_id
    """,  # noqa: S608  (the same)
    f"""
    INSERT INTO live_programmes ({", ".join(_COLUMNS)})
    SELECT {", ".join(_VALUES)} {_BEFORE}
    JOIN live_channels c ON c.space_id = b.space_id AND c.id = b.channel_id
    WHERE {_MINE} AND r.is_removed
    """,
    "SET CONSTRAINTS ex_live_programmes_overlap IMMEDIATE",
    f"""
    DELETE FROM live_template_overrides o USING live_replaced r
    WHERE {_MINE} AND r.is_removed AND o.space_id = r.space_id
      AND o.template_id = (r.row->>'template_id')::uuid
      AND o.occurs_on = (r.row->>'template_on')::date
    """,  # noqa: S608  (the same)
    f"""
    INSERT INTO live_template_overrides
    SELECT o.* FROM live_replaced r
    CROSS JOIN LATERAL jsonb_populate_record(
        NULL::live_template_overrides, r.row->'_override') o
    JOIN live_templates t ON t.space_id = o.space_id AND t.id = o.template_id
    WHERE {_MINE} AND r.is_removed AND jsonb_typeof(r.row->'_override') = 'object'
    """,  # noqa: S608  (the same)
    f"""
    UPDATE live_reminders n SET programme_id = r.programme_id, state = 'waiting'
    FROM live_replaced r
    WHERE {_MINE} AND r.is_removed AND jsonb_typeof(r.row->'_reminders') = 'array'
      AND n.space_id = r.space_id AND n.programme_id IS NULL AND n.state IN ('waiting', 'gone')
      AND n.id = ANY(ARRAY(SELECT jsonb_array_elements_text(r.row->'_reminders')::uuid))
    """,  # noqa: S608  (the same)
    _FORGET,
)


def _slots(ctx: Context) -> list[UUID]:
    return [uuid5(ctx.user_id, f"schedule {number}") for number in range(KEPT)]


async def keep(
    ctx: Context, edit: UUID, changed: Collection[UUID], removed: Collection[UUID],
    added: Collection[UUID],
) -> None:  # fmt: skip
    """Keep the entries as they are, before they are changed and removed."""
    connection = await ctx.db.connection()
    found = await connection.execute(_SLOT, {"space": ctx.space_id, "slots": _slots(ctx)})
    row = await found.fetchone()
    values = {
        "space": ctx.space_id,
        "slot": row[0] if row else None,
        "edit": edit,
        "now": ctx.now,
        "touched": [*changed, *removed],
        "removed": list(removed),
        "added": list(added),
    }
    await connection.execute(_FORGET, values)
    await connection.execute(_KEEP, values)


async def find_kept(ctx: Context, edit: UUID) -> list[Row]:
    """What a change of one's own touched: as it was, and whether it is otherwise by now.

    EditNotFoundError for what is not kept (any more), EditedSinceError.
    """
    cursor = (await ctx.db.connection()).cursor(row_factory=dict_row)
    values = {"space": ctx.space_id, "slots": _slots(ctx), "edit": str(edit)}
    rows = await (await cursor.execute(_FIND, values)).fetchall()
    if not rows:
        raise EditNotFoundError
    other = next((row for row in rows if row["is_other"]), None)
    if other is not None:
        name = f"“{other['title']}”" if other["title"] else "An entry"
        raise EditedSinceError(f"{name} was changed by somebody since; nothing was undone.")
    return rows


async def put_back(ctx: Context, slot: UUID) -> None:
    """Make all that a change touched what it was."""
    connection = await ctx.db.connection()
    for step in _STEPS:
        await connection.execute(step, {"space": ctx.space_id, "slot": slot})
