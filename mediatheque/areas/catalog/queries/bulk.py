"""Which works a bulk edit changes, and how: shared by its preview and by the edit itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import visible, visible_values
from mediatheque.areas.catalog.rules.names import title_key
from mediatheque.areas.catalog.rules.refusals import (
    BadWindowError,
    NothingChosenError,
    TooManyTitlesError,
)
from mediatheque.areas.catalog.rules.titles import check_window
from mediatheque.areas.catalog.rules.words import words_of
from mediatheque.areas.catalog.schemas.bulk import MOST, SHOWN, BulkOutcome
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.catalog.schemas.bulk import BulkEdit, BulkFilter
    from mediatheque.kit.db import Row

TYPES: Final = {
    "kind": "text",
    "status": "text",
    "year": "smallint",
    "released_on": "date",
    "runtime_minutes": "integer",
    "age_rating": "text",
    "minimum_age": "smallint",
    "available_from": "timestamptz",
    "available_until": "timestamptz",
}
LISTS: Final = {"tags": "tag", "genres": "genre"}
_SCHEMES: Final = ("genre", "tag", "language", "country")

_HAS_TERM: Final = """
    EXISTS (SELECT 1 FROM catalog_title_terms x
            WHERE x.space_id = :space AND x.title_id = t.id AND x.term_id = ANY(ARRAY(
                SELECT w.id FROM catalog_terms w
                WHERE w.space_id = :space AND w.scheme = '{scheme}'
                  AND w.slug = ANY(cast(:in_{scheme} AS text[])))))
"""
_HAS_PERSON: Final = """
    EXISTS (SELECT 1 FROM catalog_credits c
            JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
            WHERE c.space_id = :space AND c.title_id = t.id
              AND (p.slug = ANY(cast(:in_person AS text[]))
                   OR p.id = ANY(cast(:in_person_ids AS uuid[]))))
"""
_NO_TERM: Final = """
    NOT EXISTS (SELECT 1 FROM catalog_title_terms x
                JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
                WHERE x.space_id = :space AND x.title_id = t.id AND w.scheme = '{scheme}')
"""
_MISSING: Final = {
    **{name: f"t.{name} IS NULL" for name in ("year", "runtime_minutes", "released_on")},
    "synopsis": "coalesce(t.synopsis, '') = ''",
    "poster": "t.poster_id IS NULL",
    "genres": _NO_TERM.format(scheme="genre"),
    "tags": _NO_TERM.format(scheme="tag"),
    "credits": "NOT EXISTS (SELECT 1 FROM catalog_credits c "
    "WHERE c.space_id = :space AND c.title_id = t.id)",
}
_SIDES: Final = """
    CASE WHEN t.{name} IS DISTINCT FROM cast(:set_{name} AS {kind})
         THEN jsonb_build_object('{name}', jsonb_build_object(
             'before', t.{name}, 'after', cast(:set_{name} AS {kind})))
         ELSE '{{}}' END
"""
_LIST_SIDES: Final = """
    CASE WHEN {name}.differs THEN jsonb_build_object('{name}', jsonb_build_object(
             'before', {name}.before, 'after', {name}.after))
         ELSE '{{}}' END
"""
_LIST: Final = """
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(h.name ORDER BY lower(h.name)) FILTER (WHERE h.held), '[]')
                   AS before,
               coalesce(jsonb_agg(h.name ORDER BY lower(h.name)) FILTER (WHERE NOT h.removed),
                        '[]') AS after,
               coalesce(bool_or(h.held = h.removed), false) AS differs
        FROM (SELECT w.name, true AS held,
                     w.slug = ANY(cast(:remove_{name} AS text[])) AS removed
              FROM catalog_title_terms x
              JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
              WHERE x.space_id = :space AND x.title_id = t.id AND w.scheme = '{scheme}'
              UNION ALL
              SELECT a.name, false, false
              FROM jsonb_to_recordset(cast(:add_{name} AS jsonb)) AS a (slug text, name text)
              WHERE NOT EXISTS (
                  SELECT 1 FROM catalog_title_terms x
                  JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
                  WHERE x.space_id = :space AND x.title_id = t.id
                    AND w.scheme = '{scheme}' AND w.slug = a.slug)) h) {name}
"""


@dataclass(slots=True)
class Plan:
    """A bulk edit as SQL: the CTEs ``picked`` and ``changed (id, title, sort_key, changes)``."""

    ctes: str
    columns: list[str]
    lists: list[str]
    values: dict[str, Any] = field(default_factory=dict)


def plan_of(ctx: ReadContext, edit: BulkEdit, *, lock: bool = False) -> Plan:
    """Say in SQL what an edit means.

    Raises ``NothingChosenError``, and ``BadWindowError`` for a window that is wrong in itself.
    """
    columns = [name for name in TYPES if name in edit.set.model_fields_set]
    lists = [name for name in LISTS if _words(edit, name)]
    if (edit.ids is None) == (edit.filter is None) or not (columns or lists):
        raise NothingChosenError
    _check_window(edit, columns)
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "most": MOST + 1,
        **visible_values(ctx),
        **{f"set_{name}": getattr(edit.set, name) for name in columns},
    }
    for name in lists:
        values |= _list_values(edit, name)
    if edit.ids is not None:
        conditions = ["t.id = ANY(cast(:ids AS uuid[]))"]
        values["ids"] = edit.ids
    else:
        conditions = _conditions(edit.filter, values) if edit.filter else []
    sides = [_SIDES.format(name=name, kind=TYPES[name]) for name in columns]
    sides += [_LIST_SIDES.format(name=name) for name in lists]
    laterals = "".join(_LIST.format(name=name, scheme=LISTS[name]) for name in lists)
    where = " AND ".join(["t.space_id = :space", visible(ctx), *conditions])
    ctes = f"""
        picked AS MATERIALIZED (
            SELECT t.* FROM catalog_titles t WHERE {where}
            ORDER BY t.id LIMIT :most {"FOR UPDATE" if lock else ""}),
        compared AS (
            SELECT t.id, t.title, t.sort_key, {" || ".join(sides)} AS changes,
                   {_window_after(columns)} AS is_backwards
            FROM picked t {laterals}),
        changed AS MATERIALIZED (SELECT * FROM compared WHERE changes <> '{{}}')
    """  # noqa: S608  (the parts are constants)
    return Plan(ctes, columns, lists, values)


def check_rows(picked: int, rows: Sequence[Row]) -> None:
    """Refuse too many works, and works whose window the edit would turn around."""
    if picked > MOST:
        raise TooManyTitlesError(details={"limit": MOST})
    wrong = [row for row in rows if row["is_backwards"]]
    if wrong:
        raise BadWindowError(
            f"The end of availability of “{wrong[0]['title']}” would not be after its start.",
            field="set.available_until",
            details={"count": len(wrong)},
        )


def outcome_of(rows: Sequence[Row]) -> BulkOutcome:
    """The number of works and the first of them."""
    return BulkOutcome.model_validate({"count": len(rows), "changes": rows[:SHOWN]})


@requires(Permission.CATALOG_BULK_EDIT)
async def preview_bulk_edit(ctx: ReadContext, edit: BulkEdit) -> BulkOutcome:
    """What a bulk edit would change; nothing is written.

    Raises ``NothingChosenError``, ``TooManyTitlesError``, ``BadWindowError``.
    """
    plan = plan_of(ctx, edit)
    sql = f"""
        WITH {plan.ctes}
        SELECT (SELECT count(*) FROM picked) AS picked, c.*
        FROM (SELECT 1) one LEFT JOIN changed c ON true ORDER BY c.sort_key, c.id
    """  # noqa: S608  (the parts are constants)
    found = await ctx.db.rows(text(sql).bindparams(**plan.values))
    rows = [row for row in found if row["id"] is not None]
    check_rows(found[0]["picked"], rows)
    return outcome_of(rows)


def _words(edit: BulkEdit, name: str) -> list[str]:
    return [*getattr(edit, f"add_{name}"), *getattr(edit, f"remove_{name}")]


def _list_values(edit: BulkEdit, name: str) -> dict[str, Any]:
    """What is both added and removed is added."""
    added = words_of(LISTS[name], getattr(edit, f"add_{name}"))
    removed = {word.slug for word in words_of(LISTS[name], getattr(edit, f"remove_{name}"))}
    rows = [{"scheme": one.scheme, "slug": one.slug, "name": one.name} for one in added]
    return {
        f"add_{name}": orjson.dumps(rows).decode(),
        f"remove_{name}": sorted(removed - {word.slug for word in added}),
    }


def _check_window(edit: BulkEdit, columns: Sequence[str]) -> None:
    if "status" in columns or "available_from" in columns:
        status = edit.set.status if "status" in columns else ""
        check_window(status, edit.set.available_from, edit.set.available_until)


def _window_after(columns: Sequence[str]) -> str:
    sides = [
        f"cast(:set_{name} AS timestamptz)" if name in columns else f"t.{name}"
        for name in ("available_from", "available_until")
    ]
    if not {"available_from", "available_until"} & set(columns):
        return "false"
    return f"coalesce({sides[1]} <= {sides[0]}, false)"


def _conditions(wanted: BulkFilter, values: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name in ("kind", "status"):
        if chosen := getattr(wanted, name):
            values[f"in_{name}"] = list(chosen)
            found.append(f"t.{name} = ANY(cast(:in_{name} AS text[]))")
    for scheme in _SCHEMES:
        if chosen := getattr(wanted, scheme):
            values[f"in_{scheme}"] = [slugify(one) for one in chosen]
            found.append(_HAS_TERM.format(scheme=scheme))
    if wanted.person:
        values["in_person"] = list(wanted.person)
        values["in_person_ids"] = [one for name in wanted.person if (one := parse_id(name))]
        found.append(_HAS_PERSON)
    if wanted.year_from is not None:
        values["year_from"] = wanted.year_from
        found.append("t.year >= :year_from")
    if wanted.year_to is not None:
        values["year_to"] = wanted.year_to
        found.append("t.year <= :year_to")
    if wanted.q:
        values["q"] = title_key(wanted.q)
        found.append("starts_with(t.title_key, :q)")
    found += [_MISSING[name] for name in wanted.missing]
    return found
