"""Reading files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.files.rules import NoSuchFileError
from mediatheque.core.context import ReadContext, any_profile, public
from mediatheque.core.module import EXTENSIONS
from mediatheque.core.permissions import ROLES, Permission

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import TextClause

    from mediatheque.kit.db import Row

USAGE: Final = {
    "storage": text("SELECT sum(f.size) FROM files_files f WHERE f.space_id = cast(:space AS uuid)")
}
"""What counts for the quota of storage, in bytes."""

USERS: Final = text(
    """
    SELECT cast(c.conrelid AS regclass)::text AS table_name, quote_ident(a.attname) AS column_name
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (here, there)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here
    JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = k.there AND f.attname = 'id'
    WHERE c.contype = 'f' AND c.confrelid = cast('files_files' AS regclass)
    """
)
"""Who uses files: the columns whose foreign keys point at them. The database knows; we need not."""

_MINE: Final = """
    SELECT f.id, f.name, f.variants, m.role, c.scopes
    FROM spaces_memberships m
    JOIN spaces_spaces s ON s.id = m.space_id AND s.archived_at IS NULL
    JOIN files_files f ON f.space_id = m.space_id AND f.id = :file
    LEFT JOIN accounts_credentials c ON c.id = :credential
    WHERE m.user_id = :user AND (cast(:slug AS text) IS NULL OR s.slug = cast(:slug AS text))
      AND {shown}
"""
VISIBLE: Final = "files.visible"
"""What areas register: conditions over ``files_files f`` for a profile with a limit."""

_KNOWN = text("SELECT id FROM files_files WHERE id = ANY(cast(:ids AS uuid[]))")
_SPACES = text("SELECT DISTINCT space_id FROM files_files")


@any_profile
async def get_picture(ctx: ReadContext, file_id: UUID, slug: str | None) -> Row:
    """``{id, name, variants}`` of a picture in any space of the person who asks.

    Wants a context over all spaces: a browser's ``<img>`` cannot say which space it means. The
    person's own memberships (and a key's scopes) decide instead; ``slug`` narrows them to one
    space. Raises ``NoSuchFileError``, also for what somebody may not see.
    """
    shown, values = _shown(ctx)
    row = await ctx.db.row(
        _mine(shown).bindparams(
            file=file_id,
            user=ctx.user_id,
            credential=ctx.actor.credential_id,
            slug=slug,
            **values,
        )
    )
    if row is None or not _may_read(row):
        raise NoSuchFileError
    return row


@cache
def _mine(shown: str) -> TextClause:
    return text(_MINE.format(shown=shown))


def _shown(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
    """The pictures a limited profile is shown: those of something it may see."""
    if ctx.actor.profile is None or not ctx.actor.profile.is_limited:
        return "true", {}
    parts, values = ["false"], dict[str, Any]()
    for registered in EXTENSIONS.get(VISIBLE, ()):
        sql, more = registered(ctx)
        parts.append(sql)
        values |= more
    return f"({' OR '.join(parts)})", values


def _may_read(row: Row) -> bool:
    scopes = row["scopes"]
    is_in_scope = scopes is None or str(Permission.CATALOG_READ) in scopes
    return is_in_scope and Permission.CATALOG_READ in ROLES[row["role"]]


@public
async def list_known(ctx: ReadContext, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are files of any space. Wants a context over all spaces."""
    rows = await ctx.db.rows(_KNOWN.bindparams(ids=list(ids)))
    return {row["id"] for row in rows}


@public
async def list_spaces(ctx: ReadContext) -> list[UUID]:
    """The spaces that have files. Wants a context over all spaces."""
    return [row["space_id"] for row in await ctx.db.rows(_SPACES)]
