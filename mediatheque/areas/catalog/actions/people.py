"""People: renamed, and merged where two turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.events import PeopleMerged, PersonRenamed
from mediatheque.areas.catalog.queries.people import get_person
from mediatheque.areas.catalog.rules.names import person_sort_key
from mediatheque.areas.catalog.rules.refusals import (
    PersonNameTakenError,
    PersonNotFoundError,
    SamePersonError,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.people import PersonRead, PersonUpdate
    from mediatheque.kit.db import Row

_LOCK: Final = """
    SELECT p.id, p.slug, p.name, p.distinction,
           ARRAY(SELECT DISTINCT c.title_id FROM catalog_credits c
                 WHERE c.space_id = :space AND c.person_id = p.id) AS titles
    FROM catalog_people p WHERE p.space_id = :space AND p.{column} = :key FOR UPDATE
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
# The rows of a credit that both had go first, then what is left is handed over.
_DROP_TWINS: Final = text(
    """
    DELETE FROM catalog_credits g
    USING catalog_credits k
    WHERE g.space_id = :space AND g.person_id = :gone
      AND k.space_id = :space AND k.person_id = :kept
      AND k.title_id = g.title_id AND k.job = g.job
      AND k.character IS NOT DISTINCT FROM g.character
    """
)
_HAND_OVER: Final = text(
    "UPDATE catalog_credits SET person_id = :kept WHERE space_id = :space AND person_id = :gone"
)
# What an undone merge of works brings back must name the person who stays.
_REMEMBER: Final = text(
    """
    UPDATE catalog_merges
    SET snapshot = cast(replace(cast(snapshot AS text), :gone_text, :kept_text) AS jsonb)
    WHERE space_id = :space AND undone_at IS NULL
      AND position(:gone_text IN cast(snapshot AS text)) > 0
    """
)
_DELETE: Final = text("DELETE FROM catalog_people WHERE space_id = :space AND id = :gone")


async def _lock(ctx: Context, key: str | UUID) -> Row:
    found = parse_id(str(key))
    column, value = ("slug", str(key).replace("\0", "")) if found is None else ("id", found)
    statement = text(_LOCK.format(column=column)).bindparams(space=ctx.space_id, key=value)
    row = await ctx.db.row(statement)
    if row is None:
        raise PersonNotFoundError
    return row


@requires(Permission.CATALOG_EDIT_ANY)
async def rename_person(ctx: Context, key: str | UUID, update: PersonUpdate) -> PersonRead:
    """Change somebody's name or distinction; their address stays.

    Raises ``PersonNotFoundError``, ``PersonNameTakenError`` (naming the other person).
    """
    person = await _lock(ctx, key)
    sent = update.model_fields_set
    name = update.name if "name" in sent else person["name"]
    distinction = update.distinction if "distinction" in sent else person["distinction"]
    before = {"name": person["name"], "distinction": person["distinction"]}
    after = {"name": name, "distinction": distinction}
    if before == after:
        return await get_person(ctx, person["id"])
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
    return await get_person(ctx, person["id"])


@requires(Permission.CATALOG_MERGE)
async def merge_people(ctx: Context, kept: str | UUID, gone: str | UUID) -> PersonRead:
    """Hand all credits of one person to another, who stays; equal credits become one.

    Raises ``PersonNotFoundError``, ``SamePersonError``.
    """
    stays, goes = await _lock(ctx, kept), await _lock(ctx, gone)
    if stays["id"] == goes["id"]:
        raise SamePersonError(field="other")
    values = {
        "space": ctx.space_id,
        "kept": stays["id"],
        "gone": goes["id"],
        "kept_text": str(stays["id"]),
        "gone_text": str(goes["id"]),
    }
    for statement in (_DROP_TWINS, _HAND_OVER, _REMEMBER, _DELETE):
        await ctx.db.execute(statement, values)
    ctx.emit(
        PeopleMerged(
            ref=Ref("person", stays["id"], stays["name"]),
            before={"merged": {"id": str(goes["id"]), "slug": goes["slug"], "name": goes["name"]}},
            after={"titles": len(goes["titles"])},
            batch=tuple(goes["titles"]),
        )
    )
    return await get_person(ctx, stays["id"])
