"""People: found for changing, and renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.events import PersonRenamed
from mediatheque.areas.catalog.rules.names import person_sort_key
from mediatheque.areas.catalog.rules.refusals import (
    PersonNameTakenError,
    PersonNotFoundError,
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

_LOCK: Final = """
    SELECT p.id, p.slug, p.name, p.distinction,
           ARRAY(SELECT DISTINCT c.title_id FROM catalog_credits c
                 WHERE c.space_id = :space AND c.person_id = p.id) AS titles,
           ARRAY(SELECT unnest(ARRAY[a.slug, cast(a.id AS text)]) FROM catalog_person_aliases a
                 WHERE a.space_id = :space AND a.person_id = p.id) AS aliases
    FROM catalog_people p
    WHERE p.space_id = :space
      AND (p.slug = ANY(cast(:slugs AS text[])) OR p.id = ANY(cast(:ids AS uuid[]))
           OR p.id = ANY(ARRAY(
               SELECT a.person_id FROM catalog_person_aliases a
               WHERE a.space_id = :space AND (a.slug = ANY(cast(:slugs AS text[]))
                                              OR a.id = ANY(cast(:ids AS uuid[]))))))
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


async def lock_people(ctx: Context, *keys: str | UUID) -> list[Row]:
    """People by id or address, in the order of the keys; all are there, or a refusal.

    Whoever was merged away is who stayed, unless somebody else has their address by now.
    """
    names = [str(key).replace("\0", "") for key in keys]
    rows = await ctx.db.rows(
        text(_LOCK).bindparams(
            space=ctx.space_id, slugs=names, ids=[one for name in names if (one := parse_id(name))]
        )
    )
    known = {key: row for row in rows for key in row["aliases"]}
    known |= {key: row for row in rows for key in (row["slug"], str(row["id"]))}
    if not all(name.lower() in known or name in known for name in names):
        raise PersonNotFoundError
    return [known.get(name) or known[name.lower()] for name in names]


@requires(Permission.CATALOG_EDIT_ANY)
async def rename_person(ctx: Context, key: str | UUID, update: PersonUpdate) -> PersonName:
    """Change somebody's name or distinction; their address stays.

    Raises ``PersonNotFoundError``, ``PersonNameTakenError`` (naming the other person).
    """
    (person,) = await lock_people(ctx, key)
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
