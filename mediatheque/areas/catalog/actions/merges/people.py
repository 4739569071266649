"""Two people become one, and two again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import text

from mediatheque.areas.catalog.actions.merges import statements
from mediatheque.areas.catalog.actions.merges.standing import returning, standing_merge
from mediatheque.areas.catalog.actions.people import lock_people
from mediatheque.areas.catalog.events import PeopleMerged, PeopleMergeUndone
from mediatheque.areas.catalog.rules.refusals import (
    PersonNameTakenError,
    SamePersonError,
)
from mediatheque.areas.catalog.schemas.people import PersonMerged, PersonName
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Executable

    from mediatheque.kit.db import Row

_TWIN: Final = """
    EXISTS (SELECT FROM catalog_credits k
            WHERE k.space_id = :space AND k.person_id = :kept AND k.title_id = g.title_id
              AND k.job = g.job AND k.character IS NOT DISTINCT FROM g.character)
"""
# Where merges of works remember somebody: [merge, path in its snapshot].
_SNAPSHOT: Final = f"""
    SELECT to_jsonb(p) AS person,
           (SELECT coalesce(jsonb_agg(to_jsonb(g)) FILTER (WHERE {_TWIN}), '[]')
            FROM catalog_credits g WHERE g.space_id = :space AND g.person_id = p.id) AS twins,
           (SELECT coalesce(jsonb_agg(to_jsonb(g)) FILTER (WHERE NOT {_TWIN}), '[]')
            FROM catalog_credits g WHERE g.space_id = :space AND g.person_id = p.id) AS handed,
           (SELECT coalesce(jsonb_agg(jsonb_build_array(m.id, x.path)), '[]')
            FROM catalog_merges m
            CROSS JOIN LATERAL (
                SELECT ARRAY['credits', cast(e.place - 1 AS text), 'person_id'] AS path, e.row
                FROM jsonb_array_elements(m.snapshot -> 'credits')
                     WITH ORDINALITY e (row, place)
                UNION ALL
                SELECT ARRAY['added', 'credits', cast(e.place - 1 AS text), 'person_id'], e.row
                FROM jsonb_array_elements(m.snapshot -> 'added' -> 'credits')
                     WITH ORDINALITY e (row, place)) x
            WHERE m.space_id = :space AND m.undone_at IS NULL AND NOT m.snapshot ? 'person'
              AND x.row ->> 'person_id' = cast(p.id AS text)) AS remembered,
           (SELECT coalesce(jsonb_agg(a.id), '[]') FROM catalog_person_aliases a
            WHERE a.space_id = :space AND a.person_id = p.id) AS aliases
    FROM catalog_people p WHERE p.space_id = :space AND p.id = :gone
"""  # noqa: S608  (the parts are constants)
# Of a credit that both had, the row of the one who goes goes too; the rest is handed over. What
# an undone merge of works brings back must name the person who stays.
_MERGE: Final = f"""
    WITH twins AS (
        DELETE FROM catalog_credits g
        WHERE g.space_id = :space AND g.person_id = :gone AND {_TWIN}),
    handed AS (
        UPDATE catalog_credits g SET person_id = :kept
        WHERE g.space_id = :space AND g.person_id = :gone AND NOT {_TWIN}),
    remembered AS (
        UPDATE catalog_merges
        SET snapshot = cast(replace(cast(snapshot AS text), :gone_text, :kept_text) AS jsonb)
        WHERE space_id = :space AND undone_at IS NULL AND NOT snapshot ? 'person'
          AND position(:gone_text IN cast(snapshot AS text)) > 0),
    followed AS (
        UPDATE catalog_person_aliases SET person_id = :kept
        WHERE space_id = :space AND person_id = :gone),
    called AS (
        INSERT INTO catalog_person_aliases (space_id, id, slug, name, name_key, person_id)
        SELECT p.space_id, p.id, p.slug, p.name, p.name_key, :kept FROM catalog_people p
        WHERE p.space_id = :space AND p.id = :gone),
    noted AS (
        INSERT INTO catalog_merges
            (space_id, id, kept_id, gone_id, label, snapshot, merged_by, merged_at)
        VALUES (:space, :merge, :kept, :gone, :label, cast(:snapshot AS jsonb),
                cast(:actor AS uuid), :now))
    DELETE FROM catalog_people WHERE space_id = :space AND id = :gone
"""  # noqa: S608  (the same)
_LOAD: Final = """
    SELECT m.kept_id, m.gone_id, m.label, m.snapshot, m.undone_at,
           (SELECT p.id FROM catalog_people p
            WHERE p.space_id = :space AND p.id = m.kept_id) AS kept,
           (SELECT x.id FROM catalog_merges x
            WHERE x.space_id = :space AND x.gone_id = m.kept_id AND x.undone_at IS NULL
            LIMIT 1) AS later_id,
           EXISTS (SELECT FROM catalog_people p WHERE p.space_id = :space
                   AND p.slug = m.snapshot -> 'person' ->> 'slug') AS slug_taken,
           (SELECT jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name)
            FROM catalog_people p
            WHERE p.space_id = :space AND p.name_key = m.snapshot -> 'person' ->> 'name_key'
              AND p.distinction = m.snapshot -> 'person' ->> 'distinction') AS namesake
    FROM catalog_merges m
    WHERE m.space_id = :space AND m.id = :merge AND m.snapshot ? 'person' FOR UPDATE OF m
"""
_HAND_BACK: Final = """
    UPDATE catalog_credits c SET person_id = :gone
    FROM jsonb_populate_recordset(NULL::catalog_credits, cast(:handed AS jsonb)) r
    WHERE c.space_id = :space AND c.person_id = :kept AND c.title_id = r.title_id
      AND c.job = r.job AND c.character IS NOT DISTINCT FROM r.character
"""
# Where it stood, or after all others. Only beside the credit it was the twin of: a credit that
# was taken from the one who stayed was taken from both.
_PUT_BACK: Final = f"""
    INSERT INTO catalog_credits
        (space_id, title_id, position, person_id, job, character, import_id)
    SELECT g.space_id, g.title_id,
           CASE WHEN EXISTS (SELECT FROM catalog_credits c WHERE c.space_id = :space
                             AND c.title_id = g.title_id AND c.position = g.position)
                THEN greatest(max(g.position) OVER own,
                              (SELECT max(c.position) FROM catalog_credits c
                               WHERE c.space_id = :space AND c.title_id = g.title_id))
                     + row_number() OVER own
                ELSE g.position END,
           :gone, g.job, g.character, g.import_id
    FROM jsonb_populate_recordset(NULL::catalog_credits, cast(:twins AS jsonb)) g
    WHERE {_TWIN}
    WINDOW own AS (PARTITION BY g.title_id)
"""  # noqa: S608  (the same)
_REMEMBER: Final = text(
    """
    UPDATE catalog_merges
    SET snapshot = jsonb_set(snapshot, cast(:path AS text[]), to_jsonb(cast(:gone AS text)))
    WHERE space_id = :space AND id = cast(:id AS uuid) AND undone_at IS NULL
      AND snapshot #>> cast(:path AS text[]) = cast(:kept AS text)
    """
)
_CALL_BACK: Final = """
    UPDATE catalog_person_aliases SET person_id = :gone
    WHERE space_id = :space AND person_id = :kept AND id = ANY(cast(:aliases AS uuid[]))
"""
_NO_ALIAS: Final = """
    DELETE FROM catalog_person_aliases WHERE space_id = :space AND id = :gone
"""
_UNDONE: Final = """
    UPDATE catalog_merges SET undone_at = :now WHERE space_id = :space AND id = :merge
"""


@requires(Permission.CATALOG_MERGE)
async def merge_people(ctx: Context, kept: str | UUID, gone: str | UUID) -> PersonMerged:
    """Hand all credits of one person to another, who stays; equal credits become one.

    Who goes is found as who stays from now on: by id, address and name.

    Raises ``PersonNotFoundError``, ``SamePersonError``.
    """
    stays, goes = await lock_people(ctx, kept, gone)
    if stays["id"] == goes["id"]:
        raise SamePersonError(field="other")
    values: dict[str, Any] = {"space": ctx.space_id, "kept": stays["id"], "gone": goes["id"]}
    snapshot = (await ctx.db.execute(_SNAPSHOT, values)).mappings().one()
    merge_id = uuid7()
    await ctx.db.execute(
        _MERGE,
        {
            **values,
            "kept_text": str(stays["id"]),
            "gone_text": str(goes["id"]),
            "merge": merge_id,
            "label": stays["name"],
            "snapshot": _json(dict(snapshot)),
            "actor": ctx.actor.id,
            "now": ctx.now,
        },
    )
    ctx.emit(
        PeopleMerged(
            ref=Ref("person", stays["id"], stays["name"]),
            before={"merged": {"id": str(goes["id"]), "slug": goes["slug"], "name": goes["name"]}},
            after={"titles": len(goes["titles"])},
            batch=tuple(goes["titles"]),
        )
    )
    return PersonMerged.model_validate({**stays, "merge_id": merge_id})


@requires(Permission.CATALOG_MERGE)
async def undo_people_merge(ctx: Context, merge_id: UUID) -> PersonName:
    """Have who went stand again, with the credits they had, as far as they are still there.

    What was changed by hand since stays. Raises ``MergeNotFoundError``,
    ``MergeAlreadyUndoneError``, ``MergeSupersededError``, and ``PersonNameTakenError`` when
    somebody else has the name by now.
    """
    merge = await standing_merge(
        ctx, _LOAD, merge_id, "Whoever was kept is gone. Undo the later merge first."
    )
    if merge["namesake"] is not None:
        raise PersonNameTakenError(
            "Somebody else has this name by now. Rename them first.",
            details={"person": merge["namesake"]},
        )
    snapshot: Row = merge["snapshot"]
    person = returning(snapshot["person"], is_slug_taken=merge["slug_taken"])
    values = {
        "space": ctx.space_id,
        "kept": merge["kept_id"],
        "gone": merge["gone_id"],
        "merge": merge_id,
        "now": ctx.now,
        "rows": _json([person]),
        "handed": _json(snapshot["handed"]),
        "twins": _json(snapshot["twins"]),
        "aliases": snapshot.get("aliases", []),
    }
    again: list[Executable] = [
        _REMEMBER.bindparams(
            space=ctx.space_id, id=one, path=path, kept=str(merge["kept_id"]), gone=person["id"]
        )
        for one, path in snapshot["remembered"]
    ]
    put = statements.restore("catalog_people", list(person))
    await ctx.db.execute_each(
        [put, _HAND_BACK, _PUT_BACK, _CALL_BACK, _NO_ALIAS, *again, _UNDONE], values
    )
    (stands,) = await lock_people(ctx, merge["gone_id"])
    ctx.emit(
        PeopleMergeUndone(
            ref=Ref("person", merge["kept_id"], merge["label"]),
            after={"restored": {name: person[name] for name in ("id", "slug", "name")}},
            batch=tuple(stands["titles"]),
        )
    )
    return PersonName.model_validate(stands)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
