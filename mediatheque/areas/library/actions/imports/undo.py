"""Taking an import back: by provenance, sparing what people changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from mediatheque.areas.catalog.actions.intake import take_back
from mediatheque.areas.catalog.actions.intake.drafts import FIELDS as TITLE_FIELDS
from mediatheque.areas.catalog.events import ImportTakenBack
from mediatheque.areas.library.actions.imports.items import FIELDS as COPY_FIELDS
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import AsyncConnection

CHANGES = Stage(
    "stage_copy_changes", {"copy_id": "uuid", "field": "text", "before": "jsonb", "after": "jsonb"}
)

_HAND = "x.import_id IS DISTINCT FROM %(import)s"
_KEPT_COPIES = f"""
    SELECT c.id, c.title_id, t.title,
           CASE WHEN c.edited_at IS NOT NULL THEN 'edited'
                WHEN EXISTS (SELECT 1 FROM library_loans x WHERE x.space_id = c.space_id
                             AND x.copy_id = c.id AND {_HAND}) THEN 'lent'
                ELSE 'claimed' END AS reason
    FROM library_copies c
    JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
    WHERE c.space_id = %(space)s AND c.import_id = %(import)s
      AND (c.edited_at IS NOT NULL
           OR EXISTS (SELECT 1 FROM library_loans x WHERE x.space_id = c.space_id
                      AND x.copy_id = c.id AND {_HAND})
           OR EXISTS (SELECT 1 FROM library_origins x WHERE x.space_id = c.space_id
                      AND x.copy_id = c.id AND {_HAND}))
    ORDER BY t.title, c.id
"""  # noqa: S608  (the parts are constants of this file)
_KEPT_TITLES = """
    SELECT t.id FROM catalog_titles t
    WHERE t.space_id = %(space)s AND t.import_id = %(import)s AND (
        EXISTS (SELECT 1 FROM library_copies x
                WHERE x.space_id = t.space_id AND x.title_id = t.id
                  AND (x.import_id IS DISTINCT FROM %(import)s OR x.id = ANY(%(copies)s)))
        OR EXISTS (SELECT 1 FROM library_editions x WHERE x.space_id = t.space_id
                   AND x.title_id = t.id AND x.import_id IS DISTINCT FROM %(import)s)
        OR EXISTS (SELECT 1 FROM library_ratings x WHERE x.space_id = t.space_id
                   AND x.title_id = t.id
                   AND (x.import_id IS DISTINCT FROM %(import)s OR x.edited_at IS NOT NULL))
        OR EXISTS (SELECT 1 FROM library_notes x WHERE x.space_id = t.space_id
                   AND x.title_id = t.id
                   AND (x.import_id IS DISTINCT FROM %(import)s OR x.edited_at IS NOT NULL))
        OR EXISTS (SELECT 1 FROM library_marks x WHERE x.space_id = t.space_id
                   AND x.title_id = t.id
                   AND (x.import_id IS DISTINCT FROM %(import)s OR x.edited_at IS NOT NULL))
        OR EXISTS (SELECT 1 FROM library_origins x WHERE x.space_id = t.space_id
                   AND x.title_id = t.id AND x.import_id IS DISTINCT FROM %(import)s))
"""
_OPINIONS = ("library_ratings", "library_notes", "library_marks")
_DROP_OPINIONS = """
    DELETE FROM {table}
    WHERE space_id = %(space)s AND import_id = %(import)s AND edited_at IS NULL
"""
_DROP_LOANS = """
    DELETE FROM library_loans
    WHERE space_id = %(space)s AND import_id = %(import)s AND returned_on IS NULL
      AND NOT copy_id = ANY(%(copies)s)
"""
_DROP_COPIES = """
    DELETE FROM library_copies
    WHERE space_id = %(space)s AND import_id = %(import)s AND NOT id = ANY(%(copies)s)
"""
_DROP_ORIGINS = """
    DELETE FROM library_origins
    WHERE space_id = %(space)s AND import_id = %(import)s
      AND (copy_id IS NULL OR NOT copy_id = ANY(%(copies)s))
"""
_DROP_EDITIONS = """
    DELETE FROM library_editions e
    WHERE e.space_id = %(space)s AND e.import_id = %(import)s AND e.cover_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM library_copies c
                      WHERE c.space_id = e.space_id AND c.edition_id = e.id)
"""
_DROP_LIBRARIES = """
    DELETE FROM library_libraries l
    WHERE l.space_id = %(space)s AND l.import_id = %(import)s
      AND NOT EXISTS (SELECT 1 FROM library_copies c
                      WHERE c.space_id = l.space_id AND c.library_id = l.id)
"""
_RESTORE = """
    UPDATE library_copies c SET {name} = (s.before #>> '{{}}')::{kind}
    FROM stage_copy_changes s
    WHERE s.field = '{name}' AND c.space_id = %(space)s AND c.id = s.copy_id
      AND to_jsonb(c.{name}) IS NOT DISTINCT FROM nullif(s.after, 'null')
      AND NOT '{name}' = ANY(c.edited_fields)
"""
_RERATE = """
    UPDATE library_ratings SET value = %s
    WHERE space_id = %s AND title_id = %s AND user_id = %s AND value = %s AND edited_at IS NULL
"""
_REMARK = """
    UPDATE library_marks SET status = %s, finished_on = %s, times = %s
    WHERE space_id = %s AND title_id = %s AND user_id = %s AND season = %s AND episode = %s
      AND edited_at IS NULL
"""
WHY = {
    "edited": "Somebody edited it since.",
    "lent": "It was lent by hand since.",
    "claimed": "Another import has it too.",
    "used": "Other things hang on it or somebody edited it since.",
}


@requires(Permission.IMPORT_CREATE)
async def take_import_back(
    ctx: Context, import_id: UUID, changes: list[tuple[UUID | None, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Undo an import. ``changes`` are its rows' (work, field → [before, after]).

    Answers what stays: ``{kind, id, label, reason, message}``.
    """
    connection = await ctx.db.connection()
    values: dict[str, Any] = {"space": ctx.space_id, "import": import_id}
    kept = await (await connection.execute(_KEPT_COPIES, values)).fetchall()
    values["copies"] = [row[0] for row in kept]
    stays = [_entry("copy", copy_id, title, reason) for copy_id, _, title, reason in kept]
    for table in _OPINIONS:
        await connection.execute(_DROP_OPINIONS.format(table=table), values)
    titles = {row[0] for row in await (await connection.execute(_KEPT_TITLES, values)).fetchall()}
    await connection.execute(_DROP_LOANS, values)
    await connection.execute(_DROP_ORIGINS, values)
    await connection.execute(_DROP_COPIES, values)
    await _restore(ctx, connection, changes, values)
    await connection.execute(_DROP_EDITIONS, values)
    stayed = await take_back(ctx, import_id, _of_titles(changes), titles)
    await connection.execute(_DROP_LIBRARIES, values)
    shown = {row[1] for row in kept}
    stays += [
        _entry("title", title_id, title, "used")
        for title_id, title in stayed
        if title_id not in shown
    ]
    ctx.emit(ImportTakenBack(ref=Ref("import", import_id), after={"kept": len(stays)}))
    return stays


def _entry(kind: str, one: UUID, label: str, reason: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": str(one),
        "label": label,
        "reason": reason,
        "message": WHY[reason],
    }


def _of_titles(
    changes: list[tuple[UUID | None, dict[str, Any]]],
) -> Iterable[tuple[UUID, str, Any, Any]]:
    for title_id, fields in changes:
        for name, pair in fields.items():
            if title_id and (name in TITLE_FIELDS or name == "details"):
                yield title_id, name, pair[0], pair[1]


async def _restore(
    ctx: Context,
    connection: AsyncConnection[Any],
    changes: list[tuple[UUID | None, dict[str, Any]]],
    values: dict[str, Any],
) -> None:
    rows = []
    ratings, marks = [], []
    for title_id, fields in changes:
        for name, change in fields.items():
            kind, _, rest = name.partition(":")
            if kind == "copy":
                rows += [
                    (UUID(rest), field, _json(pair[0]), _json(pair[1]))
                    for field, pair in change.items()
                ]
            elif name == "my_rating" and change[0] is not None:
                ratings.append((change[0], ctx.space_id, title_id, ctx.actor.id, change[1]))
            elif kind == "mark" and change[0] is not None:
                season, _, episode = rest.partition(":")
                marks.append(
                    (*change[0], ctx.space_id, title_id, ctx.actor.id, int(season), int(episode))
                )
    if rows:
        await CHANGES.fill(connection, rows)
        for name, kind in COPY_FIELDS.items():
            await connection.execute(_RESTORE.format(name=name, kind=kind), values)
    if ratings:
        await connection.cursor().executemany(_RERATE, ratings)
    if marks:
        await connection.cursor().executemany(_REMARK, marks)


def _json(value: Any) -> str:  # noqa: ANN401  (a column's value)
    return orjson.dumps(value).decode()
