"""The source that an import belongs to: a scheduled guide's, or that of files handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from mediatheque.areas.live.models import GuideSource
from mediatheque.areas.live.rules.refusals import GuideSourceNotFoundError
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.runs import Run

_HAND = """
    INSERT INTO live_guide_sources (space_id, kind, name, is_hand)
    VALUES (:space, :kind, :name, true)
    ON CONFLICT (space_id, kind) WHERE is_hand DO NOTHING
"""
_NAMES = {"xmltv": "Guides handed in", "m3u": "Playlists handed in"}


@requires(Permission.IMPORT_CREATE)
async def open_source(ctx: Context, wanted: str) -> UUID:
    """The guide source that a file belongs to, by id."""
    try:
        one = UUID(wanted)
    except ValueError as error:
        raise GuideSourceNotFoundError(field="library") from error
    found: UUID | None = await ctx.db.scalar(
        select(GuideSource.id).where(GuideSource.space_id == ctx.space_id, GuideSource.id == one)
    )
    if found is None:
        raise GuideSourceNotFoundError(field="library")
    return found


@requires(Permission.IMPORT_CREATE)
async def source_of(ctx: Context, run: Run) -> GuideSource:
    """The source of a run; files handed in without one share a source of the space."""
    chosen = run.settings.get("library_id")
    statement = select(GuideSource).where(GuideSource.space_id == ctx.space_id)
    if chosen is None:
        await ctx.db.execute(
            _HAND, {"space": ctx.space_id, "kind": run.source, "name": _NAMES[run.source]}
        )
        statement = statement.where(GuideSource.is_hand, GuideSource.kind == run.source)
    else:
        statement = statement.where(GuideSource.id == chosen)
    found: GuideSource | None = await ctx.db.entity(statement)
    if found is None:
        raise GuideSourceNotFoundError
    return found
