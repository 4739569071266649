"""Forgetting imports whose time is over: their report, and which file they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text

from mediatheque.areas.exchange.events import ImportsForgotten
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

_FORGET: Final = text("""
    DELETE FROM exchange_imports
    WHERE space_id = :space AND source = ANY(:sources)
      AND status = ANY('{succeeded,failed,cancelled,undone}')
      AND coalesce(finished_at, created_at) < :before AND NOT id = ANY(:besides)
    RETURNING id, file_key
""").bindparams(bindparam("sources", type_=ARRAY(Text)), bindparam("besides", type_=ARRAY(Uuid)))
_STILL: Final = text("""
    SELECT file_key FROM exchange_imports
    WHERE space_id = :space AND file_key = ANY(:keys)
""").bindparams(bindparam("keys", type_=ARRAY(Text)))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone: imports by id, and files by key that no import needs any more."""

    imports: list[UUID]
    files: list[str]


@requires(Permission.IMPORT_CREATE)
async def forget_imports(
    ctx: Context, sources: Sequence[str], before: datetime, besides: Sequence[UUID]
) -> Forgotten:
    """Forget the imports of some sources that ended before a time, ``besides`` some.

    What they brought stays; they cannot be undone any more. The caller removes the files, once
    this is committed.
    """
    asked = _FORGET.bindparams(
        space=ctx.space_id, sources=list(sources), before=before, besides=list(besides)
    )
    rows = await ctx.db.rows(asked)
    keys = {row["file_key"] for row in rows if row["file_key"]}
    if keys:
        still = await ctx.db.rows(_STILL.bindparams(space=ctx.space_id, keys=list(keys)))
        keys -= {row["file_key"] for row in still}
    if rows:
        ctx.emit(
            ImportsForgotten(
                ref=Ref("import", None),
                after={"imports": len(rows), "before": before.isoformat()},
            )
        )
    return Forgotten([row["id"] for row in rows], sorted(keys))
