"""Posters that come in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

_GIVE = """
    UPDATE catalog_titles t
    SET poster_id = s.file_id, revision = t.revision + 1, updated_at = %(now)s
    FROM unnest(%(titles)s::uuid[], %(files)s::uuid[]) AS s (title_id, file_id)
    WHERE t.space_id = %(space)s AND t.id = s.title_id
      AND t.poster_id IS NULL AND NOT 'poster' = ANY(t.edited_fields)
    RETURNING t.id
"""


@requires(Permission.IMPORT_CREATE)
async def give_posters(ctx: Context, posters: Mapping[UUID, UUID]) -> set[UUID]:
    """Give works that have no poster one: work → file. Answers who got theirs.

    Whoever calls tells the news of the batch.
    """
    if not posters:
        return set()
    connection = await ctx.db.connection()
    rows = await connection.execute(
        _GIVE,
        {
            "space": ctx.space_id,
            "now": ctx.now,
            "titles": list(posters),
            "files": list(posters.values()),
        },
    )
    return {row[0] for row in await rows.fetchall()}
