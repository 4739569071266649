"""Scheduled works appear on time."""

from __future__ import annotations

from sqlalchemy import text

from mediatheque.areas.catalog.events import TitlesPublished
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

_PUBLISH = text(
    """
    UPDATE catalog_titles
    SET status = 'published', revision = revision + 1, updated_at = :now
    WHERE space_id = :space AND status = 'scheduled' AND available_from <= :now
    RETURNING id, title
    """
)


@requires(Permission.CATALOG_EDIT_ANY)
async def publish_due(ctx: Context) -> int:
    """Publish every scheduled work whose time has come; answers how many."""
    result = await ctx.db.execute(_PUBLISH, {"space": ctx.space_id, "now": ctx.now})
    published = result.mappings().all()
    if published:
        label = published[0]["title"] if len(published) == 1 else f"{len(published)} titles"
        ctx.emit(
            TitlesPublished(
                ref=Ref("titles", None, label),
                after={"status": "published"},
                batch=tuple(row["id"] for row in published),
            )
        )
    return len(published)
