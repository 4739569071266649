"""Taking an import's works back: what it made goes, what it changed returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.areas.catalog.actions.intake.drafts import FIELDS
from mediatheque.areas.catalog.rules.names import default_sort_title, sort_key, title_key
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from psycopg import AsyncConnection

CHANGES = Stage(
    "stage_changes", {"title_id": "uuid", "field": "text", "before": "jsonb", "after": "jsonb"}
)

_LISTS = (
    "catalog_external_ids",
    "catalog_title_terms",
    "catalog_credits",
    "catalog_episodes",
    "catalog_seasons",
)
_KEPT = """
    SELECT id, title FROM catalog_titles
    WHERE space_id = %(space)s AND import_id = %(import)s
      AND (edited_at IS NOT NULL OR id = ANY(%(keep)s))
    ORDER BY title
"""
_DROP_LIST = """
    DELETE FROM {table} x
    WHERE x.space_id = %(space)s AND x.import_id = %(import)s
      AND NOT EXISTS (SELECT 1 FROM catalog_titles t
                      WHERE t.space_id = x.space_id AND t.id = x.title_id
                        AND t.import_id = %(import)s)
"""
_DROP_TITLES = """
    DELETE FROM catalog_titles
    WHERE space_id = %(space)s AND import_id = %(import)s
      AND edited_at IS NULL AND NOT id = ANY(%(keep)s)
"""
_RESTORE = """
    UPDATE catalog_titles t
    SET {name} = (s.before #>> '{{}}')::{kind}, updated_at = %(now)s, revision = t.revision + 1
    FROM stage_changes s
    WHERE s.field = '{name}' AND t.space_id = %(space)s AND t.id = s.title_id
      AND to_jsonb(t.{name}) IS NOT DISTINCT FROM nullif(s.after, 'null')
      AND NOT '{name}' = ANY(t.edited_fields)
    RETURNING t.id
"""
_RESTORE_DETAILS = """
    UPDATE catalog_titles t
    SET details = s.before, updated_at = %(now)s, revision = t.revision + 1
    FROM stage_changes s
    WHERE s.field = 'details' AND t.space_id = %(space)s AND t.id = s.title_id
      AND t.details = s.after AND NOT 'details' = ANY(t.edited_fields)
    RETURNING t.id
"""
_ORPHANED_TERMS = """
    DELETE FROM catalog_terms t
    WHERE t.space_id = %(space)s AND t.import_id = %(import)s
      AND NOT EXISTS (SELECT 1 FROM catalog_title_terms x
                      WHERE x.space_id = t.space_id AND x.term_id = t.id)
"""
_ORPHANED_PEOPLE = """
    DELETE FROM catalog_people p
    WHERE p.space_id = %(space)s AND p.import_id = %(import)s
      AND NOT EXISTS (SELECT 1 FROM catalog_credits c
                      WHERE c.space_id = p.space_id AND c.person_id = p.id)
"""


@requires(Permission.IMPORT_CREATE)
async def take_back(
    ctx: Context,
    import_id: UUID,
    changes: Iterable[tuple[UUID, str, Any, Any]],
    keep: Iterable[UUID],
) -> list[tuple[UUID, str]]:
    """Undo an import's part in the catalogue.

    ``changes`` are ``(title, field, before, after)``: a field goes back only where it still has
    the import's value and nobody edited it by hand. Works in ``keep`` (other things hang on
    them) and works edited since stay; they are answered as ``(id, title)``.
    """
    connection = await ctx.db.connection()
    values = {
        "space": ctx.space_id,
        "import": import_id,
        "now": ctx.now,
        "keep": list(keep),
    }
    kept = await (await connection.execute(_KEPT, values)).fetchall()
    for table in _LISTS:
        await connection.execute(_DROP_LIST.format(table=table), values)
    await connection.execute(_DROP_TITLES, values)
    await CHANGES.fill(
        connection,
        (
            (title_id, field, orjson.dumps(before).decode(), orjson.dumps(after).decode())
            for title_id, field, before, after in changes
        ),
    )
    await _restore(connection, values)
    await connection.execute(_ORPHANED_TERMS, values)
    await connection.execute(_ORPHANED_PEOPLE, values)
    return [(row[0], row[1]) for row in kept]


async def _restore(connection: AsyncConnection[Any], values: dict[str, Any]) -> None:
    renamed: set[UUID] = set()
    for name, kind in FIELDS.items():
        found = await connection.execute(_RESTORE.format(name=name, kind=kind), values)
        ids = {row[0] for row in await found.fetchall()}
        if name in {"title", "sort_title"}:
            renamed |= ids
    await connection.execute(_RESTORE_DETAILS, values)
    await rekey(connection, values, renamed)


async def rekey(
    connection: AsyncConnection[Any], values: dict[str, Any], title_ids: set[UUID]
) -> None:
    """Make the keys of works agree with their titles again."""
    if not title_ids:
        return
    rows = await (
        await connection.execute(
            "SELECT id, title, sort_title FROM catalog_titles WHERE space_id = %s AND id = ANY(%s)",
            (values["space"], list(title_ids)),
        )
    ).fetchall()
    await connection.cursor().executemany(
        "UPDATE catalog_titles SET title_key = %s, sort_key = %s WHERE space_id = %s AND id = %s",
        [
            (
                title_key(title),
                sort_key(sort or default_sort_title(title)),
                values["space"],
                title_id,
            )
            for title_id, title, sort in rows
        ],
    )
