"""Which pictures a profile with a limit is shown as logos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.live.queries.guide import limited

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext


def shown_logos(ctx: ReadContext) -> tuple[str, dict[str, Any]]:
    """A condition over ``files_files f``: it is the logo of a channel for the profile's age."""
    sql = (
        "EXISTS (SELECT 1 FROM live_channels c "  # noqa: S608  (constants)
        f"WHERE c.space_id = f.space_id AND c.logo_id = f.id AND {limited(ctx, 'c.min_age')})"
    )
    return sql, {}
