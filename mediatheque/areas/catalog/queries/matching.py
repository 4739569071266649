"""Candidates for the rows of a batch, each kind of evidence in one statement.

``OFFSET 0`` keeps the planner at one search of an index for each row: an import outruns the
statistics of its tables, by which it would read all of them for every batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.catalog.rules.matching import CREATORS, STRONG, Candidate, Wanted
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

WANTED = Stage(
    "stage_wanted",
    {"position": "int", "kind": "text", "key": "text", "year": "smallint", "has_ids": "boolean"},
)
WANTED_IDS = Stage("stage_wanted_ids", {"position": "int", "scheme": "text", "value": "text"})

_IDS = """
    (SELECT jsonb_object_agg(one.scheme, one.ids) FROM (
        SELECT x.scheme, jsonb_agg(x.value) AS ids FROM catalog_external_ids x
        WHERE x.space_id = t.space_id AND x.title_id = t.id AND x.scheme = ANY(%(strong)s)
        GROUP BY x.scheme) one)
"""
_CREATORS = """
    (SELECT jsonb_agg(p.name_key) FROM catalog_credits c
     JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
     WHERE c.space_id = t.space_id AND c.title_id = t.id AND c.job = ANY(%(creators)s))
"""
_BY_TITLE = f"""
    SELECT w.position, t.id, t.kind, t.title_key, t.year, t.title,
           CASE WHEN w.has_ids THEN {_IDS} END AS ids,
           CASE WHEN t.year IS DISTINCT FROM w.year OR t.import_id = %(import)s
                THEN {_CREATORS} END AS creators,
           t.import_id IS NOT DISTINCT FROM %(import)s AS is_sibling
    FROM stage_wanted w
    CROSS JOIN LATERAL (
        SELECT * FROM catalog_titles t
        WHERE t.space_id = %(space)s AND t.title_key = w.key AND t.kind = w.kind OFFSET 0) t
    ORDER BY w.position, t.id
"""  # noqa: S608  (the parts are constants of this file)
_BY_ID = f"""
    SELECT found.position, t.id, t.kind, t.title_key, t.year, {_IDS} AS ids,
           t.import_id IS NOT DISTINCT FROM %(import)s AS is_sibling
    FROM (SELECT DISTINCT w.position, e.title_id
          FROM stage_wanted_ids w
          CROSS JOIN LATERAL (
              SELECT e.title_id FROM catalog_external_ids e
              WHERE e.space_id = %(space)s AND e.scheme = w.scheme AND e.value = w.value
              OFFSET 0) e) found
    CROSS JOIN LATERAL (
        SELECT * FROM catalog_titles t
        WHERE t.space_id = %(space)s AND t.id = found.title_id OFFSET 0) t
    ORDER BY found.position, t.id
"""  # noqa: S608  (the parts are constants of this file)


@requires(Permission.CATALOG_READ)
async def find_candidates(
    ctx: Context, wanted: Sequence[Wanted], import_id: UUID
) -> dict[int, list[Candidate]]:
    """Candidates by external id and by title for a batch of rows: position → candidates.

    Works that the import itself has made are siblings of its rows. An equal id decides alone:
    only the other rows are asked for their titles.
    """
    connection = await ctx.db.connection()
    await WANTED_IDS.fill(
        connection,
        ((w.position, scheme, value) for w in wanted for scheme, value in w.ids.items()),
    )
    values = {
        "space": ctx.space_id,
        "strong": sorted(STRONG),
        "creators": sorted(CREATORS),
        "import": import_id,
    }
    found: dict[int, list[Candidate]] = {}
    for position, title_id, kind, key, year, ids, is_sibling in await (
        await connection.execute(_BY_ID, values)
    ).fetchall():
        found.setdefault(position, []).append(
            Candidate(title_id, "id", kind, key, year, _tuples(ids), is_sibling=is_sibling)
        )
    asked = [w for w in wanted if w.position not in found]
    if not asked:
        return found
    await WANTED.fill(connection, ((w.position, w.kind, w.key, w.year, bool(w.ids)) for w in asked))
    for position, title_id, kind, key, year, title, ids, creators, is_sibling in await (
        await connection.execute(_BY_TITLE, values)
    ).fetchall():
        found.setdefault(position, []).append(
            Candidate(
                title_id,
                "title",
                kind,
                key,
                year,
                _tuples(ids),
                frozenset(creators or ()),
                is_sibling,
                title,
            )
        )
    return found


def _tuples(ids: dict[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    return {scheme: tuple(values) for scheme, values in (ids or {}).items()}


@requires(Permission.CATALOG_READ)
async def find_existing(ctx: Context, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these works are (still) there."""
    connection = await ctx.db.connection()
    rows = await (
        await connection.execute(
            "SELECT id FROM catalog_titles WHERE space_id = %s AND id = ANY(%s)",
            (ctx.space_id, list(ids)),
        )
    ).fetchall()
    return {row[0] for row in rows}
