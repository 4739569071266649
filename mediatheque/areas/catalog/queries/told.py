"""Of which works and people the activity tells a profile with a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.queries.parts import suitable_values, visible, visible_values
from mediatheque.areas.catalog.queries.people import person_visible

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext


def _title(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
    sql = (
        "EXISTS (SELECT 1 FROM catalog_titles t "  # noqa: S608  (constants)
        f"WHERE t.space_id = :told_space AND t.id = core_journal.ref_id AND {visible(ctx)})"
    )
    return sql, {"told_space": ctx.space_id, **visible_values(ctx)}


def _person(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
    sql = (
        "EXISTS (SELECT 1 FROM catalog_people p "  # noqa: S608  (constants)
        f"WHERE p.space_id = :told_space AND p.id = core_journal.ref_id AND {person_visible(ctx)})"
    )
    return sql, {"told_space": ctx.space_id, **suitable_values(ctx)}


TOLD: Final = {"title": _title, "person": _person}
"""Kind of ref → the condition under which it is told, for ``audit.visible``."""
