"""One bucket of a guide into the schedule, in the open transaction.

The window of a channel, from the first to the last of its programmes in the guide, becomes what
the guide says. What people or templates made stays, and what a guide says at that time does not go
in. An entry keeps its id when the guide has it unchanged, has something else at the same start, or
has the same words up to six hours away: reminders and links survive a refresh.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from psycopg.rows import dict_row

from mediatheque.areas.exchange.schemas.runs import Loaded, RowResult
from mediatheque.areas.live.actions.imports import statements as sql
from mediatheque.areas.live.events import ScheduleImported
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from psycopg import AsyncConnection

    from mediatheque.areas.exchange.schemas.runs import Outcome, Run
    from mediatheque.areas.live.adapters.xmltv.reading import Bucket
    from mediatheque.areas.live.schemas.guides import Rejected

_PROBLEMS: Final = {
    "shortened": "It overlaps the next one and ends where that begins.",
    "end_guessed": "It does not say when it ends, and nothing follows.",
}
_KEPT: Final = "Somebody put something else there by hand: that stays."
_SAME: Final = "Another programme of this channel starts at the same time: the first one stays."


class StaleKnowledgeError(Exception):
    """Entries that were known changed meanwhile: read the guide again, in full."""


def rejected(one: Rejected) -> RowResult:
    """What the report says of a programme that cannot be read."""
    return RowResult(one.seq, one.line, "failed", one.reason, one.message, one.label)


@requires(Permission.IMPORT_CREATE)
async def merge_bucket(  # noqa: PLR0913, PLR0917  (what, where from, and where to)
    ctx: Context, run: Run, source_id: UUID, bucket: Bucket, loaded: Loaded, behind: int
) -> None:
    """Bring a bucket in and say in ``loaded`` what became of it.

    ``behind`` is the position of the last row of the report that stands for nothing in the file.
    """
    loaded.results.extend(rejected(one) for one in bucket.rejected)
    loaded.counts["failed"] += len(bucket.rejected)
    if not bucket.rows:
        return
    connection = await ctx.db.connection()
    values = {
        "space": ctx.space_id,
        "channels": bucket.channels,
        "import": run.import_id,
        "source": source_id,
        "now": ctx.now,
    }
    await connection.execute("SET LOCAL jit = off")
    await connection.execute(sql.HOLD, values)
    await sql.GUIDE.load(connection, bucket.pieces())
    for statement in sql.TABLES:
        await connection.execute(statement)
    planned = (await connection.execute(sql.PLAN)).rowcount
    if planned < bucket.rows:
        await _tell_doubles(connection, loaded)
    here = (await connection.execute(sql.HERE, values)).rowcount
    counts: Counter[str] = Counter()
    if here:
        await _compare(connection, values, counts, loaded, behind)
    else:
        await _check_known(connection)
    await connection.execute("ANALYZE stage_guide (seq)")
    await connection.execute("ANALYZE guide_plan (seq, programme_id)")
    counts["created"] = (await connection.execute(sql.ADD, values)).rowcount
    await _tell(connection, loaded)
    counts["skipped"] = planned - counts["created"] - counts["updated"]
    loaded.counts.update(counts)
    if counts["created"] or counts["updated"] or counts["removed"]:
        ctx.emit(
            ScheduleImported(
                ref=Ref("import", run.import_id, run.source),
                after={name: counts[name] for name in ("created", "updated", "removed")},
                batch=tuple(bucket.channels),
            )
        )


async def _compare(
    connection: AsyncConnection[Any],
    values: Mapping[str, Any],
    counts: Counter[str],
    loaded: Loaded,
    behind: int,
) -> None:
    """Join the guide to what is there; remove, change and shorten what is not as it says."""
    for table in ("stage_guide (seq, title)", "guide_plan", "guide_here"):
        await connection.execute(f"ANALYZE {table}")
    await connection.execute(sql.KEEP)
    await connection.execute(sql.SAME_START)
    await connection.execute(sql.MOVED)
    await _check_known(connection)
    await connection.execute(sql.COMPARE, values)
    await connection.execute(sql.CUT)
    await connection.execute("ANALYZE guide_changes (id, seq)")
    await connection.execute("ANALYZE guide_plan (seq, programme_id)")
    await connection.execute(sql.REMEMBER, values)
    cursor = connection.cursor(row_factory=dict_row)
    for row in await (await cursor.execute(sql.REMOVE, values)).fetchall():
        behind += 1
        loaded.results.append(
            RowResult(
                behind,
                0,
                "removed",
                "not_in_guide",
                f"The guide has it no more ({row['start_at']:%Y-%m-%d %H:%M} UTC).",
                row["title"],
            )
        )
        counts["removed"] += 1
    for row in await (await cursor.execute(sql.CUTS)).fetchall():
        behind += 1
        loaded.results.append(
            RowResult(
                behind,
                0,
                "updated",
                "shortened",
                "It ends where the guide's programmes begin.",
                row["title"],
                ref_kind="programme",
                ref_id=row["id"],
                changes=row["changes"],
            )
        )
    await connection.execute(sql.CHANGE, values)
    counted = await (await connection.execute(sql.COUNTED)).fetchone()
    counts["updated"] = counted[0] if counted else 0


async def _check_known(connection: AsyncConnection[Any]) -> None:
    """Programmes that were not read again, as they were known, must still be where they were."""
    stale = await (await connection.execute(sql.STALE)).fetchone()
    if stale and stale[0]:
        raise StaleKnowledgeError


async def _tell_doubles(connection: AsyncConnection[Any], loaded: Loaded) -> None:
    for seq, line, title in await (await connection.execute(sql.DOUBLES)).fetchall():
        loaded.counts["failed"] += 1
        loaded.results.append(RowResult(seq, line, "failed", "same_start", _SAME, title or ""))


async def _tell(connection: AsyncConnection[Any], loaded: Loaded) -> None:
    """Report what changed, what stays by hand, and what was not in order."""
    cursor = connection.cursor(row_factory=dict_row)
    for row in await (await cursor.execute(sql.TOLD)).fetchall():
        problems = [
            {"field": name, "message": message}
            for name, message in (("stop_at", _PROBLEMS.get(row["problem"])), ("", row["note"]))
            if message
        ]
        outcome: Outcome = "created"
        if row["is_kept"]:
            outcome = "skipped"
        elif row["programme_id"]:
            outcome = "updated" if row["changes"] else "skipped"
        reason = "kept_by_hand" if row["is_kept"] else row["problem"] or ""
        loaded.results.append(
            RowResult(
                row["seq"],
                row["line"],
                outcome,
                reason,
                _KEPT if row["is_kept"] else "",
                row["title"] or "",
                ref_kind="programme" if row["programme_id"] else None,
                ref_id=row["programme_id"],
                problems=problems or None,
                changes=row["changes"],
            )
        )
