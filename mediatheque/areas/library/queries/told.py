"""Of which copies, editions and notes the activity tells a profile with a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.queries.parts import EVERYTHING, visible, visible_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from mediatheque.core.context import ReadContext

    Told = Callable[[ReadContext], tuple[str, dict[str, Any]]]


def _of(table: str) -> Told:
    """Rows of a table that has a ``title_id``: by their work."""

    def told(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
        sql = (
            f"EXISTS (SELECT 1 FROM {table} x "  # noqa: S608  (constants)
            "JOIN catalog_titles t ON t.space_id = x.space_id AND t.id = x.title_id "
            "WHERE x.space_id = :told_space AND x.id = core_journal.ref_id "
            f"AND {visible(ctx)})"
        )
        return sql, {"told_space": ctx.space_id, **visible_values(ctx)}

    return told


def _always(_: ReadContext) -> tuple[str, dict[str, Any]]:
    return EVERYTHING, {}


TOLD: Final = {
    "copy": _of("library_copies"),
    "edition": _of("library_editions"),
    "note": _of("library_notes"),
    "library": _always,
}
"""Kind of ref → the condition under which it is told, for ``audit.visible``."""
