"""Which pictures a profile with a limit is shown as covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.queries.parts import suitable, suitable_values

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext


def shown_covers(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
    """A condition over ``files_files f``: it is the cover of an edition of such a work."""
    sql = (
        "EXISTS (SELECT 1 FROM library_editions e "  # noqa: S608  (constants)
        "JOIN catalog_titles t ON t.space_id = e.space_id AND t.id = e.title_id "
        f"WHERE e.space_id = f.space_id AND e.cover_id = f.id AND {suitable(ctx)})"
    )
    return sql, suitable_values(ctx)
