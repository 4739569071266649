"""Libraries with what stands in them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import suitable_values
from mediatheque.areas.library.queries.suitable import of_suitable
from mediatheque.areas.library.rules.refusals import NoSuchLibraryError
from mediatheque.areas.library.schemas.libraries import LibraryRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import TextClause

_LIBRARIES: Final = """
    SELECT b.id, b.slug, b.name, b.kind, b.description, b.archived_at, b.is_default,
           coalesce(n.copies, 0) AS copies_count, coalesce(n.titles, 0) AS titles_count
    FROM library_libraries b
    LEFT JOIN (
        SELECT c.library_id, count(*) AS copies, count(DISTINCT c.title_id) AS titles
        FROM library_copies c
        WHERE c.space_id = :space AND (cast(:id AS uuid) IS NULL OR c.library_id = :id)
          AND {suitable}
        GROUP BY c.library_id) n ON n.library_id = b.id
    WHERE b.space_id = :space AND (cast(:id AS uuid) IS NULL OR b.id = :id)
    ORDER BY b.archived_at IS NOT NULL, b.is_default DESC, b.name, b.id
"""


@cache
def _made(suitable: str) -> TextClause:
    return text(_LIBRARIES.format(suitable=suitable))


def _libraries(ctx: ReadContext, library_id: UUID | None) -> TextClause:
    return _made(of_suitable(ctx, "c.title_id")).bindparams(
        space=ctx.space_id, id=library_id, **suitable_values(ctx)
    )


@requires(Permission.LIBRARY_READ)
async def list_libraries(ctx: ReadContext) -> list[LibraryRead]:
    """All libraries of the space: the default one first, the archived ones last."""
    rows = await ctx.db.rows(_libraries(ctx, None))
    return [LibraryRead.model_validate(row) for row in rows]


@requires(Permission.LIBRARY_READ)
async def get_library(ctx: ReadContext, library_id: UUID) -> LibraryRead:
    """One library."""
    row = await ctx.db.row(_libraries(ctx, library_id))
    if row is None:
        raise NoSuchLibraryError
    return LibraryRead.model_validate(row)
