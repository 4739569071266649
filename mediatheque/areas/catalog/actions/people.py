"""People: renamed, and merged where two turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.events import PeopleMerged, PersonRenamed
from mediatheque.areas.catalog.rules.names import person_sort_key
from mediatheque.areas.catalog.rules.refusals import (
    PersonNameTakenError,
    PersonNotFoundError,
    SamePersonError,
)
from mediatheque.areas.catalog.schemas.people import PersonName
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.people import PersonUpdate
    from mediatheque.kit.db import Row

_PERSON: Final = """
    SELECT p.id, p.slug, p.name, p.distinction,
           ARRAY(SELECT DISTINCT c.title_id FROM catalog_credits c
                 WHERE c.space_id = :space AND c.person_id = p.id) AS titles
"""
_LOCK: Final = f"""
    {_PERSON}
    FROM catalog_people p
    WHERE p.space_id = :space
      AND (p.slug = ANY(cast(:slugs AS text[])) OR p.id = ANY(cast(:ids AS uuid[])))
    ORDER BY p.id FOR UPDATE
"""
_NAMESAKE: Final = text(
    """
    SELECT id, slug, name FROM catalog_people
    WHERE space_id = :space AND name_key = :name_key AND distinction = :distinction AND id <> :id
    """
)
_RENAME: Final = text(
    """
    UPDATE catalog_people
    SET name = :name, name_key = :name_key, sort_key = :sort_key, distinction = :distinction
    WHERE space_id = :space AND id = :id
    """
)
# Of a credit that both had, the row of the one who goes goes too; the rest is handed over. What
# an undone merge of works brings back must name the person who stays.
_MERGE: Final = text(
    """
    WITH twins AS (
        DELETE FROM catalog_credits g
        USING catalog_credits k
        WHERE g.space_id = :space AND g.person_id = :gone
          AND k.space_id = :space AND k.person_id = :kept
          AND k.title_id = g.title_id AND k.job = g.job
          AND k.character IS NOT DISTINCT FROM g.character),
    handed AS (
        UPDATE catalog_credits g SET person_id = :kept
        WHERE g.space_id = :space AND g.person_id = :gone
          AND NOT EXISTS (
              SELECT 1 FROM catalog_credits k
              WHERE k.space_id = :space AND k.person_id = :kept AND k.title_id = g.title_id
                AND k.job = g.job AND k.character IS NOT DISTINCT FROM g.character)),
    remembered AS (
        UPDATE catalog_merges
        SET snapshot = cast(replace(cast(snapshot AS text), :gone_text, :kept_text) AS jsonb)
        WHERE space_id = :space AND undone_at IS NULL
          AND position(:gone_text IN cast(snapshot AS text)) > 0)
    DELETE FROM catalog_people WHERE space_id = :space AND id = :gone
    """
)


async def _lock(ctx: Context, *keys: str | UUID) -> list[Row]:
    """People by id or address, in the order of the keys; all are there, or a refusal."""
    names = [str(key).replace("\0", "") for key in keys]
    rows = await ctx.db.rows(
        text(_LOCK).bindparams(
            space=ctx.space_id, slugs=names, ids=[one for name in names if (one := parse_id(name))]
        )
    )
    known = {key: row for row in rows for key in (row["slug"], str(row["id"]))}
    if not all(name.lower() in known or name in known for name in names):
        raise PersonNotFoundError
    return [known.get(name) or known[name.lower()] for name in names]


@requires(Permission.CATALOG_EDIT_ANY)
async def rename_person(ctx: Context, key: str | UUID, update: PersonUpdate) -> PersonName:
    """Change somebody's name or distinction; their address stays.

    Raises ``PersonNotFoundError``, ``PersonNameTakenError`` (naming the other person).
    """
    (person,) = await _lock(ctx, key)
    sent = update.model_fields_set
    name = update.name if "name" in sent else person["name"]
    distinction = update.distinction if "distinction" in sent else person["distinction"]
    before = {"name": person["name"], "distinction": person["distinction"]}
    after = {"name": name, "distinction": distinction}
    changed = PersonName.model_validate({**person, **after})
    if before == after:
        return changed
    values = {
        "space": ctx.space_id,
        "id": person["id"],
        "name": name,
        "name_key": fold(name),
        "sort_key": person_sort_key(name),
        "distinction": distinction,
    }
    other = (await ctx.db.execute(_NAMESAKE, values)).mappings().one_or_none()
    if other is not None:
        raise PersonNameTakenError(
            field="name", details={"person": {k: str(v) for k, v in other.items()}}
        )
    await ctx.db.execute(_RENAME, values)
    ref = Ref("person", person["id"], name)
    ctx.emit(PersonRenamed(ref=ref, before=before, after=after, batch=tuple(person["titles"])))
    return changed


@requires(Permission.CATALOG_MERGE)
async def merge_people(ctx: Context, kept: str | UUID, gone: str | UUID) -> PersonName:
    """Hand all credits of one person to another, who stays; equal credits become one.

    Raises ``PersonNotFoundError``, ``SamePersonError``.
    """
    stays, goes = await _lock(ctx, kept, gone)
    if stays["id"] == goes["id"]:
        raise SamePersonError(field="other")
    values = {
        "space": ctx.space_id,
        "kept": stays["id"],
        "gone": goes["id"],
        "kept_text": str(stays["id"]),
        "gone_text": str(goes["id"]),
    }
    await ctx.db.execute(_MERGE, values)
    ctx.emit(
        PeopleMerged(
            ref=Ref("person", stays["id"], stays["name"]),
            before={"merged": {"id": str(goes["id"]), "slug": goes["slug"], "name": goes["name"]}},
            after={"titles": len(goes["titles"])},
            batch=tuple(goes["titles"]),
        )
    )
    return PersonName.model_validate(stays)
