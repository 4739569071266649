"""Keeping what was on for some time, and no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.exchange.actions.forgetting import forget_imports
from mediatheque.areas.live.events import ScheduleRetentionChanged, ScheduleShortened
from mediatheque.areas.live.models.retention import ScheduleRetention
from mediatheque.areas.live.queries.retention import (
    get_retention,
    list_last_imports,
    list_used_files,
)
from mediatheque.areas.live.schemas.retention import ScheduleRetentionRead
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.areas.live.schemas.retention import ScheduleRetentionUpdate

AT_ONCE: Final = 20_000
"""Programmes removed in one transaction."""
SOURCES: Final = ("xmltv", "m3u")
"""Formats that come again and again."""

_OLD: Final = """
    DELETE FROM live_programmes t
    WHERE t.space_id = %(space)s AND t.id = ANY(ARRAY(
        SELECT p.id FROM live_programmes p
        WHERE p.space_id = %(space)s AND p.stop_at < %(until)s LIMIT %(most)s))
"""
_REPLACED: Final = """
    DELETE FROM live_replaced WHERE space_id = %(space)s AND import_id = ANY(%(imports)s)
"""


@requires(Permission.LIVE_MANAGE)
async def set_retention(ctx: Context, given: ScheduleRetentionUpdate) -> ScheduleRetentionRead:
    """Keep programmes and reports for so many days from now on; None: always."""
    values = given.model_dump()
    known = await get_retention(ctx)
    before, after = changes(known.model_dump(), values)
    await ctx.db.execute(
        insert(ScheduleRetention)
        .values(space_id=ctx.space_id, **values)
        .on_conflict_do_update(
            index_elements=[ScheduleRetention.space_id],
            set_={**values, "changed_at": func.now()},
        )
    )
    if after:
        name = ctx.space.name if ctx.space else ""
        ref = Ref("space", ctx.space_id, name)
        ctx.emit(ScheduleRetentionChanged(ref=ref, before=before, after=after))
    return ScheduleRetentionRead.model_validate(values)


@requires(Permission.LIVE_MANAGE)
async def shorten_schedule(ctx: Context, programme_days: int) -> int:
    """Remove some of the programmes that ended longer ago; how many: 0 when none is left.

    Reminders of theirs that were sent stay with the title they had.
    """
    connection = await ctx.db.connection()
    until = ctx.now - timedelta(days=programme_days)
    values = {"space": ctx.space_id, "until": until, "most": AT_ONCE}
    removed = (await connection.execute(_OLD, values)).rowcount
    if removed:
        ctx.emit(
            ScheduleShortened(
                ref=Ref("schedule", None),
                after={"removed": removed, "until": until.isoformat()},
            )
        )
    return removed


@requires(Permission.LIVE_MANAGE)
async def forget_reports(ctx: Context, report_days: int) -> list[str]:
    """Forget imports that ended longer ago, but for the last of each source.

    With them goes what their undo would have put back. Answers the keys of files that nothing
    needs any more, for removal once this is committed.
    """
    before = ctx.now - timedelta(days=report_days)
    last = await list_last_imports(ctx)
    gone = await forget_imports(ctx, SOURCES, before, last)
    connection = await ctx.db.connection()
    await connection.execute(_REPLACED, {"space": ctx.space_id, "imports": gone.imports})
    used = await list_used_files(ctx)
    return [key for key in gone.files if key not in used]
