"""Which pictures a profile with a limit is shown as posters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.queries.parts import suitable, suitable_values

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext


def shown_pictures(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
    """A condition over ``files_files f``: it is the poster of a work for the profile's age."""
    sql = (
        "EXISTS (SELECT 1 FROM catalog_titles t "  # noqa: S608  (constants)
        f"WHERE t.space_id = f.space_id AND t.poster_id = f.id AND {suitable(ctx)})"
    )
    return sql, suitable_values(ctx)
