"""The engine's own writes: claiming an import, saving a batch, ending it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mediatheque.areas.exchange.actions.imports import locked
from mediatheque.areas.exchange.events import ImportFinished, ImportUndone
from mediatheque.areas.exchange.models import OUTCOMES
from mediatheque.areas.exchange.rules.states import RUNNABLE
from mediatheque.areas.exchange.schemas.runs import SAID, said
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Stage
from mediatheque.kit.db.jsonb import jsonb
from mediatheque.kit.db.staging import NULL, cells, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.exchange.models import Import
    from mediatheque.areas.exchange.schemas.runs import Loaded, RowResult

LOCKS = 7304
"""Namespace of the advisory locks that let one batch at a time into a space's catalogue."""

COLUMNS = {
    "position": "int",
    **SAID,
    "outcome": "text",
    "reason": "text",
    "message": "text",
    "ref_kind": "text",
    "ref_id": "uuid",
    "item": "jsonb",
    "candidates": "jsonb",
    "changes": "jsonb",
}
ROWS = Stage("stage_rows", COLUMNS)

_INSERT = f"""
    INSERT INTO exchange_rows (space_id, import_id, {", ".join(COLUMNS)})
    SELECT %(space)s, %(import)s, {", ".join(COLUMNS)} FROM stage_rows ORDER BY position
"""  # noqa: S608  (the parts are constants of this file)
_REPLACE = f"""
    UPDATE exchange_rows r
    SET {", ".join(f"{name} = s.{name}" for name in COLUMNS if name not in {"position", "key"})},
        decided_by = %(actor)s, decided_at = %(now)s
    FROM stage_rows s
    WHERE r.space_id = %(space)s AND r.import_id = %(import)s AND r.position = s.position
"""  # noqa: S608  (the parts are constants of this file)
_COUNT = f"""
    UPDATE exchange_imports
    SET {", ".join(f"{name} = {name} + %({name})s" for name in OUTCOMES)},
        position = position + %(moved)s, busy_seconds = busy_seconds + %(seconds)s
    WHERE space_id = %(space)s AND id = %(import)s
"""  # noqa: S608  (the parts are constants of this file)
_REMEMBER = """
    UPDATE exchange_imports SET checkpoint = checkpoint || %(checkpoint)s::jsonb
    WHERE space_id = %(space)s AND id = %(import)s
"""


_NONE = (None, None, None)
_NOTHING = cells(_NONE)


class NotOursError(Exception):
    """The import was paused, cancelled or taken over: stop quietly."""


def _lines(results: Sequence[RowResult]) -> bytes:
    fates: dict[tuple[str | None, ...], str] = {}
    return joined(_parts(one, fates) for one in results)


def _parts(one: RowResult, fates: dict[tuple[str | None, ...], str]) -> tuple[str, ...]:
    """A result's line in parts; most rows of a batch share few fates, each written once."""
    fate = (one.outcome, one.reason, one.message, one.ref_kind)
    if (shared := fates.get(fate)) is None:
        shared = fates[fate] = cells(fate)
    special = (one.item, one.candidates, one.changes)
    return (
        f"{one.position}",
        one.staged or said(one.line, one.label, one.key, one.raw, one.problems),
        shared,
        one.ref_id.hex if one.ref_id else NULL,
        _NOTHING if special == _NONE else cells([one and jsonb(one) for one in special]),
    )


@requires(Permission.IMPORT_CREATE)
async def claim_import(ctx: Context, import_id: UUID) -> Import:
    """Begin or go on with an import; a dry run begins again, for nothing of it was kept."""
    row = await locked(ctx, import_id)
    if row.status not in RUNNABLE:
        raise NotOursError
    row.status = "running"
    row.started_at = row.started_at or ctx.now
    if row.dry_run and row.position:
        connection = await ctx.db.connection()
        await connection.execute(
            "DELETE FROM exchange_rows WHERE space_id = %s AND import_id = %s",
            (ctx.space_id, import_id),
        )
        row.position, row.busy_seconds, row.checkpoint = 0, 0, {}
        for name in OUTCOMES:
            setattr(row, name, 0)
    await ctx.db.flush()
    return row


@requires(Permission.IMPORT_CREATE)
async def hold_import(ctx: Context, import_id: UUID) -> Import:
    """An import whose row is held until the transaction ends."""
    return await locked(ctx, import_id)


@requires(Permission.IMPORT_CREATE)
async def set_total(ctx: Context, import_id: UUID, total: int | None) -> None:
    """Note how many rows there are."""
    connection = await ctx.db.connection()
    await connection.execute(
        "UPDATE exchange_imports SET total = %s WHERE space_id = %s AND id = %s",
        (total, ctx.space_id, import_id),
    )


@requires(Permission.IMPORT_CREATE)
async def enter_batch(ctx: Context, import_id: UUID, position: int) -> None:
    """Hold the import and the space's catalogue for one batch that starts after ``position``.

    Raises :class:`NotOursError` when the import was stopped or another worker went on with it.
    """
    connection = await ctx.db.connection()
    # A batch that a power cut takes back is imported again: its position goes with it.
    await connection.execute("SET LOCAL synchronous_commit = off")
    row = await (
        await connection.execute(
            "SELECT status, position FROM exchange_imports "
            "WHERE space_id = %s AND id = %s FOR UPDATE",
            (ctx.space_id, import_id),
        )
    ).fetchone()
    if row is None or row[0] != "running" or row[1] != position:
        raise NotOursError


@requires(Permission.IMPORT_CREATE)
async def hold_catalogue(ctx: Context) -> None:
    """One batch at a time in a space: two imports at once give what one after the other gives."""
    connection = await ctx.db.connection()
    await connection.execute(
        "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (LOCKS, str(ctx.space_id))
    )


@requires(Permission.IMPORT_CREATE)
async def save_results(
    ctx: Context, import_id: UUID, results: Sequence[RowResult], seconds: float
) -> None:
    """Write a batch's results and move the import's position and counts."""
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "import": import_id}
    await ROWS.fill(connection, _lines(results))
    await connection.execute(_INSERT, values)
    counts = Counter[str](one.outcome for one in results)
    await connection.execute(
        _COUNT,
        {
            **values,
            **{name: counts.get(name, 0) for name in OUTCOMES},
            "moved": len(results),
            "seconds": seconds,
        },
    )


@requires(Permission.IMPORT_CREATE)
async def save_loaded(ctx: Context, import_id: UUID, loaded: Loaded, seconds: float) -> None:
    """Write what became of a part of a file that is loaded whole."""
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "import": import_id}
    if loaded.results:
        await ROWS.fill(connection, _lines(loaded.results))
        await connection.execute(_INSERT, values)
    counts = {name: loaded.counts[name] for name in OUTCOMES}
    await connection.execute(_COUNT, {**values, **counts, "moved": loaded.rows, "seconds": seconds})
    if loaded.checkpoint:
        await connection.execute(_REMEMBER, {**values, "checkpoint": jsonb(loaded.checkpoint)})


@requires(Permission.IMPORT_CREATE)
async def replace_results(
    ctx: Context, import_id: UUID, before: Sequence[str], results: Sequence[RowResult]
) -> None:
    """Replace the results of rows that were retried or decided; ``before`` their outcomes."""
    connection = await ctx.db.connection()
    values = {
        "space": ctx.space_id,
        "import": import_id,
        "actor": ctx.actor.id,
        "now": ctx.now,
    }
    await ROWS.fill(connection, _lines(results))
    await connection.execute(_REPLACE, values)
    counts = Counter[str](one.outcome for one in results)
    counts.subtract(Counter[str](before))
    await connection.execute(
        _COUNT,
        {**values, **{name: counts.get(name, 0) for name in OUTCOMES}, "moved": 0, "seconds": 0},
    )


@requires(Permission.IMPORT_CREATE)
async def finish_import(ctx: Context, import_id: UUID, error: dict[str, Any] | None = None) -> None:
    """End an import, well or with the reason why the file could not be read."""
    row = await locked(ctx, import_id)
    if row.status != "running":
        raise NotOursError
    row.status = "failed" if error else "succeeded"
    row.error = error
    row.finished_at = ctx.now
    if not error:
        row.total = row.position
    ctx.emit(
        ImportFinished(
            ref=Ref("import", row.id, row.filename or row.source),
            after={
                "status": row.status,
                "dry_run": row.dry_run,
                **{name: getattr(row, name) for name in OUTCOMES},
            },
        )
    )


@requires(Permission.IMPORT_CREATE)
async def finish_undo(ctx: Context, import_id: UUID, kept: list[dict[str, Any]]) -> None:
    """Note that an import was taken back, and what stays."""
    row = await locked(ctx, import_id)
    row.status = "undone"
    row.kept = kept
    row.finished_at = ctx.now
    ctx.emit(ImportUndone(ref=Ref("import", row.id, row.filename), after={"kept": len(kept)}))
