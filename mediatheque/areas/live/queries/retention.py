"""How long spaces keep what was on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from mediatheque.areas.live.models.retention import (
    PROGRAMME_DAYS,
    REPORT_DAYS,
    ScheduleRetention,
)
from mediatheque.areas.live.schemas.retention import ScheduleRetentionRead
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

_SPACES: Final = text("""
    SELECT s.id AS space_id, r.space_id IS NOT NULL AS is_chosen, r.programme_days, r.report_days
    FROM spaces_spaces s LEFT JOIN live_retention r ON r.space_id = s.id
    WHERE EXISTS (SELECT FROM live_channels c WHERE c.space_id = s.id)
       OR EXISTS (SELECT FROM live_guide_sources g WHERE g.space_id = s.id)
    ORDER BY s.id
""")
_USED: Final = text("""
    SELECT file_key FROM live_guide_sources
    WHERE space_id = :space AND file_key IS NOT NULL
""")
_LAST: Final = text("""
    SELECT last_import_id FROM live_guide_sources
    WHERE space_id = :space AND last_import_id IS NOT NULL
""")


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days a space keeps programmes and reports; None: always."""

    space_id: UUID
    programme_days: int | None
    report_days: int | None


@requires(Permission.LIVE_MANAGE)
async def get_retention(ctx: ReadContext) -> ScheduleRetentionRead:
    """How long the space keeps its schedule."""
    row = await ctx.db.row(
        select(ScheduleRetention.programme_days, ScheduleRetention.report_days).where(
            ScheduleRetention.space_id == ctx.space_id
        )
    )
    usual = {"programme_days": PROGRAMME_DAYS, "report_days": REPORT_DAYS}
    return ScheduleRetentionRead.model_validate(row or usual)


@public
async def list_keeping(ctx: ReadContext) -> list[Keeping]:
    """How long each space with television keeps its schedule. Across."""
    return [
        Keeping(row["space_id"], row["programme_days"], row["report_days"])
        if row["is_chosen"]
        else Keeping(row["space_id"], PROGRAMME_DAYS, REPORT_DAYS)
        for row in await ctx.db.rows(_SPACES)
    ]


@requires(Permission.LIVE_MANAGE)
async def list_last_imports(ctx: ReadContext) -> list[UUID]:
    """The last import of each source: its report is shown."""
    rows = await ctx.db.rows(_LAST.bindparams(space=ctx.space_id))
    return [row["last_import_id"] for row in rows]


@requires(Permission.LIVE_MANAGE)
async def list_used_files(ctx: ReadContext) -> set[str]:
    """Files that sources keep, to go through them again."""
    return {row["file_key"] for row in await ctx.db.rows(_USED.bindparams(space=ctx.space_id))}
