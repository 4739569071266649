"""The second phase of an import: what is noted of it. Who enriches is an area above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.areas.exchange.actions.imports import impossible, locked, own
from mediatheque.areas.exchange.events import EnrichmentRequested
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from mediatheque.areas.exchange.models import Import

_MISSED = """
    UPDATE exchange_rows r
    SET reason = s.reason, message = s.message
    FROM unnest(%(refs)s::uuid[], %(reasons)s::text[], %(messages)s::text[])
         AS s (ref_id, reason, message)
    WHERE r.space_id = %(space)s AND r.import_id = %(import)s AND r.ref_id = s.ref_id
      AND r.outcome = 'created'
"""
_FOUND = """
    UPDATE exchange_rows r
    SET reason = '', message = ''
    WHERE r.space_id = %(space)s AND r.import_id = %(import)s AND r.ref_id = ANY(%(refs)s)
      AND r.outcome = 'created' AND r.reason <> ''
"""


@requires(Permission.IMPORT_CREATE)
async def request_enrichment(ctx: Context, import_id: UUID) -> None:
    """Begin or go on with the second phase: areas that enrich hear of it."""
    row = await locked(ctx, import_id)
    own(ctx, row)
    if row.status != "succeeded" or row.dry_run:
        raise impossible(row, "enrich")
    ctx.emit(EnrichmentRequested(ref=Ref("import", row.id, row.filename or row.source)))


@requires(Permission.IMPORT_CREATE)
async def hold_enrichment(ctx: Context, import_id: UUID) -> Import | None:
    """The import, held until the transaction ends, if it has a second phase at all."""
    row = await locked(ctx, import_id)
    return row if row.status == "succeeded" and not row.dry_run else None


@requires(Permission.IMPORT_CREATE)
async def note_enrichment(ctx: Context, row: Import, given: Mapping[str, Any]) -> None:
    """Note how far it is: ``state``, ``done``, ``total``, ``message`` and the area's own marks."""
    connection = await ctx.db.connection()
    await connection.execute(
        "UPDATE exchange_imports SET enrichment = enrichment || %s::jsonb "
        "WHERE space_id = %s AND id = %s",
        (orjson.dumps(dict(given), default=str).decode(), ctx.space_id, row.id),
    )


@requires(Permission.IMPORT_CREATE)
async def note_misses(
    ctx: Context, import_id: UUID, misses: Mapping[UUID, tuple[str, str]], found: set[UUID]
) -> None:
    """Say on the rows that made works why nothing was found: work → reason, message.

    Of works that were found this time an older reason is taken away.
    """
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "import": import_id}
    if misses:
        await connection.execute(
            _MISSED,
            {
                **values,
                "refs": list(misses),
                "reasons": [reason for reason, _ in misses.values()],
                "messages": [message for _, message in misses.values()],
            },
        )
    if found:
        await connection.execute(_FOUND, {**values, "refs": list(found)})
