"""Handing in a file, and steering what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import select

from mediatheque.areas.exchange.events import ImportMapped, ImportStarted, ImportSteered
from mediatheque.areas.exchange.models import Import
from mediatheque.areas.exchange.queries.imports import ImportNotFoundError
from mediatheque.areas.exchange.rules.states import (
    STEPS,
    BadMappingError,
    StepImpossibleError,
    possible,
)
from mediatheque.areas.exchange.schemas.registry import REGISTRY
from mediatheque.areas.exchange.schemas.runs import Run
from mediatheque.areas.exchange.schemas.sources import SourceOptions
from mediatheque.core.context import Context, refuse, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.queue import defer
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.imports import MappingInput, Mode

RUN, RETRY, UNDO = "exchange.run_import", "exchange.retry_rows", "exchange.undo_import"


@dataclass(slots=True)
class Handed:
    """A file as it was handed in: stored, and recognised if it could be."""

    source: str | None
    filename: str
    file_key: str
    file_size: int
    signature: str = ""
    mapping: dict[str, str] | None = None
    columns: list[dict[str, Any]] | None = None


@requires(Permission.IMPORT_CREATE)
async def start_import(
    ctx: Context,
    handed: Handed,
    *,
    mode: Mode = "add",
    dry_run: bool = False,
    library: str | None = None,
) -> UUID:
    """Queue an import; an unknown table waits for its columns' meanings first."""
    waits = handed.source == "mapped" and not handed.mapping
    desk = REGISTRY.desk_of(handed.source or "mapped")
    needed = desk.needed(handed.source or "mapped") if desk else None
    if needed and not ctx.may(needed):
        refuse(ctx, needed)
    target = await desk.target(ctx, library) if library and desk and desk.target else None
    made = Import(
        space_id=ctx.space_id,
        id=uuid7(),
        source=handed.source or "mapped",
        filename=handed.filename,
        file_key=handed.file_key,
        file_size=handed.file_size,
        status="needs_mapping" if waits else "queued",
        mode=mode,
        dry_run=dry_run,
        options={
            "library_id": str(target) if target else None,
            "mapping": handed.mapping,
            "columns": handed.columns or [],
            "signature": handed.signature,
        },
        created_by=ctx.actor.id,
    )
    await ctx.db.add(made)
    if not waits:
        await _queue(ctx, RUN, made)
    ctx.emit(
        ImportStarted(
            ref=Ref("import", made.id, made.filename or made.source),
            after={"source": made.source, "mode": mode, "dry_run": dry_run},
        )
    )
    return made.id


async def _queue(ctx: Context, job: str, row: Import) -> None:
    await defer(
        ctx.db, job, lock=f"import:{row.id}", space_id=str(row.space_id), import_id=str(row.id)
    )


async def locked(ctx: Context, import_id: UUID) -> Import:
    """An import for changing: its row is held until the transaction ends."""
    row: Import | None = await ctx.db.entity(
        select(Import)
        .where(Import.space_id == ctx.space_id, Import.id == import_id)
        .with_for_update()
    )
    if row is None:
        raise ImportNotFoundError
    return row


def run_of(row: Import) -> Run:
    """The import as its area's applier sees it."""
    library = row.options.get("library_id")
    return Run(
        import_id=row.id,
        source=row.source,
        mode=cast("Mode", row.mode),
        dry_run=row.dry_run,
        options=SourceOptions(mapping=row.options.get("mapping"), today=datetime.now(UTC).date()),
        settings={"library_id": UUID(library) if library else None},
    )


def own(ctx: Context, row: Import) -> None:
    """Members steer what they started; managers all."""
    if row.created_by != ctx.actor.id and not ctx.may(Permission.IMPORT_MANAGE):
        refuse(ctx, Permission.IMPORT_MANAGE)


def impossible(row: Import, step: str) -> StepImpossibleError:
    """The refusal of a step that the import's state does not allow."""
    return StepImpossibleError(
        f"An import that is {row.status.replace('_', ' ')} cannot take the step “{step}”.",
        details={"status": row.status},
    )


@requires(Permission.IMPORT_CREATE)
async def steer_import(ctx: Context, import_id: UUID, step: str) -> None:
    """Pause, resume or cancel. A running one stops after the batch in hand."""
    row = await locked(ctx, import_id)
    own(ctx, row)
    allowed, becomes = STEPS[step]
    if row.status not in allowed:
        raise impossible(row, step)
    before = row.status
    row.status = becomes
    if becomes == "cancelled":
        row.finished_at = ctx.now
    if step == "resume":
        await _queue(ctx, RUN, row)
    _tell(ctx, row, before, step)


def _tell(ctx: Context, row: Import, before: str, step: str) -> None:
    ctx.emit(
        ImportSteered(
            ref=Ref("import", row.id, row.filename or row.source),
            before={"status": before},
            after={"status": row.status, "step": step},
        )
    )


@requires(Permission.IMPORT_CREATE)
async def retry_import(ctx: Context, import_id: UUID) -> None:
    """Try again: a failed import goes on where it stopped, of a finished one only failed rows."""
    row = await locked(ctx, import_id)
    own(ctx, row)
    steps = possible(row.status, failed=row.failed, dry_run=row.dry_run, retryable=True)
    if not steps["retry"]:
        raise impossible(row, "retry")
    before = row.status
    if row.status == "failed":
        row.status, row.error, row.finished_at = "queued", None, None
        await _queue(ctx, RUN, row)
    else:
        await _queue(ctx, RETRY, row)
    _tell(ctx, row, before, "retry")


@requires(Permission.IMPORT_CREATE)
async def undo_import(ctx: Context, import_id: UUID) -> None:
    """Take the whole import back, as a job."""
    row = await locked(ctx, import_id)
    own(ctx, row)
    steps = possible(row.status, failed=row.failed, dry_run=row.dry_run, retryable=False)
    if not steps["undo"]:
        raise impossible(row, "undo")
    before = row.status
    row.status = "undoing"
    await _queue(ctx, UNDO, row)
    _tell(ctx, row, before, "undo")


_REMEMBER = """
    INSERT INTO exchange_mappings (space_id, signature, mapping)
    VALUES (:space, :signature, cast(:mapping AS jsonb))
    ON CONFLICT (space_id, signature) DO UPDATE
    SET mapping = excluded.mapping, used_at = now()
"""


@requires(Permission.IMPORT_CREATE)
async def map_import(ctx: Context, import_id: UUID, given: MappingInput, as_json: str) -> None:
    """Say what the columns mean; remembered for the next file with this header."""
    row = await locked(ctx, import_id)
    own(ctx, row)
    if row.status != "needs_mapping":
        raise impossible(row, "mapping")
    headers = {column["header"] for column in row.options.get("columns", [])}
    unknown = sorted(set(given.mapping) - headers)
    if unknown:
        raise BadMappingError(
            f"The file has no column “{unknown[0]}”.", field="mapping", details={"unknown": unknown}
        )
    if "title" not in given.mapping.values():
        raise BadMappingError("Say which column holds the title.", field="mapping")
    row.options = {**row.options, "mapping": given.mapping}
    row.status = "queued"
    signature = row.options.get("signature")
    if given.remember and signature:
        await ctx.db.execute(
            _REMEMBER, {"space": ctx.space_id, "signature": signature, "mapping": as_json}
        )
    await _queue(ctx, RUN, row)
    ctx.emit(
        ImportMapped(
            ref=Ref("import", row.id, row.filename), after={"mapping": dict(given.mapping)}
        )
    )
