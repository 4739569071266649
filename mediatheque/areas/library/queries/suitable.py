"""What is counted of copies and loans for a profile with a limit: those of works it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.catalog.queries.parts import EVERYTHING, suitable

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext


def of_suitable(ctx: ReadContext, title_id: str) -> str:
    """The rows whose column ``title_id`` names a work for the profile; ``true`` without a limit.

    Bind ``suitable_values`` and ``:space`` with it.
    """
    suited = suitable(ctx)
    if suited == EVERYTHING:
        return EVERYTHING
    return (
        "EXISTS (SELECT 1 FROM catalog_titles t "  # noqa: S608  (constants)
        f"WHERE t.space_id = :space AND t.id = {title_id} AND {suited})"
    )


def lent_suitable(ctx: ReadContext) -> str:
    """The same for loans ``l``, by their copies."""
    if suitable(ctx) == EVERYTHING:
        return EVERYTHING
    return (
        "EXISTS (SELECT 1 FROM library_copies c "  # noqa: S608  (constants)
        "WHERE c.space_id = l.space_id AND c.id = l.copy_id "
        f"AND {of_suitable(ctx, 'c.title_id')})"
    )
