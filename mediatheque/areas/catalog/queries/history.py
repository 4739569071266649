"""The history of a work, from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.cursors import number_in
from mediatheque.areas.catalog.queries.parts import named, visible, visible_values
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.catalog.schemas.history import HistoryEntry
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.history import HistoryFilter
    from mediatheque.kit.db import Row

_COLUMNS: Final = """
    SELECT j.position, j.at, j.actor_kind, j.actor_id, j.actor_name, j.kind, j.ref_kind, j.ref_id,
           j.label
"""
_ENTRIES: Final = f"""
    WITH me AS (SELECT t.id, t.slug FROM catalog_titles t
                WHERE t.space_id = :space AND {{condition}} AND {{visible}})
    (SELECT me.slug, e.* FROM me LEFT JOIN LATERAL (
        ({_COLUMNS}, j.before, j.after FROM core_journal j
         WHERE j.space_id = :space AND j.ref_kind = 'title' AND j.ref_id = me.id
           AND j.position < :before
         ORDER BY j.position DESC LIMIT :limit)
        UNION ALL
        ({_COLUMNS}, j.before -> 'titles' -> cast(me.id AS text), j.after FROM core_journal j
         WHERE j.space_id = :space AND j.ref_kind = 'titles' AND j.ref_id IS NULL
           AND jsonb_exists(j.before -> 'titles', cast(me.id AS text))
           AND j.position < :before
         ORDER BY j.position DESC LIMIT :limit)) e ON true
     ORDER BY e.position DESC LIMIT :limit)
"""  # noqa: S608  (the parts are constants)
_NEWEST: Final = 2**62


@requires(Permission.ACTIVITY_READ)
async def list_history(
    ctx: ReadContext, key: str | UUID, wanted: HistoryFilter, words: Mapping[str, str]
) -> Feed[HistoryEntry]:
    """What happened to a work, the newest first, also where many were changed at once.

    ``words`` are the house's labels of event kinds. Raises ``TitleNotFoundError``.
    """
    condition, values = named(str(key))
    after = decode_cursor(wanted.cursor, 1)
    sql = _ENTRIES.format(condition=condition, visible=visible(ctx))
    rows = await ctx.db.rows(
        text(sql).bindparams(
            space=ctx.space_id,
            before=number_in(after[0]) if after else _NEWEST,
            limit=wanted.limit + 1,
            **values,
            **visible_values(ctx),
        )
    )
    if not rows:
        raise TitleNotFoundError
    found, more = cut([row for row in rows if row["position"] is not None], wanted.limit)
    return Feed(
        items=[_entry(row, words) for row in found],
        next_cursor=encode_cursor(found[-1]["position"]) if more else None,
    )


def _entry(row: Row, words: Mapping[str, str]) -> HistoryEntry:
    ref: dict[str, Any] = {
        "kind": row["ref_kind"],
        "id": row["ref_id"],
        "label": row["label"],
        "slug": row["slug"],
    }
    actor = {"kind": row["actor_kind"], "id": row["actor_id"], "name": row["actor_name"]}
    return HistoryEntry.model_validate(
        {
            "id": row["position"],
            "at": row["at"],
            "actor": actor,
            "kind": row["kind"],
            "label": words.get(row["kind"], row["kind"]).replace("{label}", row["label"]),
            "ref": ref,
            "before": row["before"],
            "after": row["after"],
        }
    )
