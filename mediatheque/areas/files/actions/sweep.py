"""Clearing away files that nothing uses any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.areas.files.events import FilesSwept
from mediatheque.areas.files.queries import USERS
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.kit.db import Row

KEPT_UNUSED = timedelta(days=30)
"""As long as an undone edit or merge may want a picture back."""


@requires(Permission.FILE_CREATE)
async def sweep_files(ctx: Context) -> list[str]:
    """Delete the files that nothing has used for 30 days; answers their keys in the store.

    Remembers since when a file is unused, and forgets it when the file is used again.
    """
    used = _used(await ctx.db.rows(USERS))
    values: dict[str, Any] = {"space": ctx.space_id, "now": ctx.now}
    await ctx.db.execute(
        f"UPDATE files_files f SET unused_since = CASE WHEN {used} THEN NULL ELSE :now END "  # noqa: S608  (names of tables, quoted by the database)
        f"WHERE f.space_id = :space AND (f.unused_since IS NULL) <> ({used})",
        values,
    )
    rows = await ctx.db.rows(
        text(
            f"DELETE FROM files_files f WHERE f.space_id = :space "  # noqa: S608  (the same)
            f"AND f.unused_since < :until AND NOT ({used}) RETURNING f.id, f.variants"
        ).bindparams(space=ctx.space_id, until=ctx.now - KEPT_UNUSED)
    )
    if rows:
        label = f"{len(rows)} unused files"
        ctx.emit(FilesSwept(ref=Ref("file", None, label), batch=tuple(row["id"] for row in rows)))
    return [variant["key"] for row in rows for variant in row["variants"].values()]


def _used(users: list[Row]) -> str:
    """Whether anything points at the file ``f``."""
    uses = [
        f"EXISTS (SELECT 1 FROM {user['table_name']} u "  # noqa: S608  (the same)
        f"WHERE u.space_id = f.space_id AND u.{user['column_name']} = f.id)"
        for user in users
    ]
    return f"({' OR '.join(uses)})" if uses else "false"
