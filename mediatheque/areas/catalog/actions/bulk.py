"""Changing many works at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from mediatheque.areas.catalog.actions.titles.statements import NEW_TERMS
from mediatheque.areas.catalog.events import TitlesBulkEdited
from mediatheque.areas.catalog.queries.bulk import LISTS, TYPES, check_rows, outcome_of, plan_of
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.catalog.queries.bulk import Plan
    from mediatheque.areas.catalog.schemas.bulk import BulkEdit, BulkOutcome
    from mediatheque.kit.db import Row

_UPDATED: Final = """
    updated AS (
        UPDATE catalog_titles t
        SET {sets} revision = t.revision + 1, updated_at = :now, edited_at = :now,
            edited_fields = ARRAY(SELECT DISTINCT f FROM unnest(t.edited_fields || ARRAY(
                SELECT jsonb_object_keys(c.changes))) AS f ORDER BY f)
        FROM changed c WHERE t.space_id = :space AND t.id = c.id)
"""
_LIST: Final = """
    {name}_gone AS (
        DELETE FROM catalog_title_terms x USING changed c, catalog_terms w
        WHERE x.space_id = :space AND x.title_id = c.id AND w.space_id = :space
          AND w.id = x.term_id AND w.scheme = '{scheme}'
          AND w.slug = ANY(cast(:remove_{name} AS text[]))),
    {name}_new AS (
        INSERT INTO catalog_title_terms (space_id, term_id, title_id)
        SELECT :space, w.id, c.id
        FROM changed c
        CROSS JOIN jsonb_to_recordset(cast(:add_{name} AS jsonb)) AS a (slug text)
        JOIN catalog_terms w
          ON w.space_id = :space AND w.scheme = '{scheme}' AND w.slug = a.slug
        ON CONFLICT DO NOTHING)
"""


@requires(Permission.CATALOG_BULK_EDIT)
async def bulk_edit(ctx: Context, edit: BulkEdit) -> BulkOutcome:
    """Change many works in one statement, with one event.

    Raises ``NothingChosenError``, ``TooManyTitlesError``, ``BadWindowError``.
    """
    plan = plan_of(ctx, edit, lock=True)
    await _make_words(ctx, plan)
    found = await _run(ctx, plan)
    rows = [row for row in found if row["id"] is not None]
    check_rows(found[0]["picked"], rows)
    if rows:
        ctx.emit(_event(edit, rows))
    return outcome_of(rows)


async def _make_words(ctx: Context, plan: Plan) -> None:
    words = [one for name in plan.lists for one in orjson.loads(plan.values[f"add_{name}"])]
    if words:
        values = {"space": ctx.space_id, "words": orjson.dumps(words).decode()}
        await ctx.db.execute(NEW_TERMS, values)


async def _run(ctx: Context, plan: Plan) -> list[Row]:
    sets = "".join(f"{name} = cast(:set_{name} AS {TYPES[name]}), " for name in plan.columns)
    ctes = [plan.ctes, _UPDATED.format(sets=sets)]
    ctes += [_LIST.format(name=name, scheme=LISTS[name]) for name in plan.lists]
    sql = f"""
        WITH {", ".join(ctes)}
        SELECT (SELECT count(*) FROM picked) AS picked, c.*
        FROM (SELECT 1) one LEFT JOIN changed c ON true ORDER BY c.sort_key, c.id
    """  # noqa: S608  (the parts are constants)
    result = await ctx.db.execute(sql, {**plan.values, "now": ctx.now})
    return [dict(row) for row in result.mappings()]


def _event(edit: BulkEdit, rows: Sequence[Row]) -> TitlesBulkEdited:
    label = rows[0]["title"] if len(rows) == 1 else f"{len(rows)} titles"
    before: dict[str, Any] = {
        str(row["id"]): {name: sides["before"] for name, sides in row["changes"].items()}
        for row in rows
    }
    after = edit.model_dump(mode="json", exclude_unset=True, exclude={"ids", "filter"})
    return TitlesBulkEdited(
        ref=Ref("titles", None, label),
        before={"titles": before},
        after=after,
        batch=tuple(row["id"] for row in rows),
    )
