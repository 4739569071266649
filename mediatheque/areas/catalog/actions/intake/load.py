"""Taking in one batch of drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.actions.intake import parts
from mediatheque.areas.catalog.actions.intake.drafts import (
    FIELDS,
    STAGED,
    Intake,
    Mode,
    TitleDraft,
    stage,
)
from mediatheque.areas.catalog.actions.intake.undo import rekey
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import check_quota
from mediatheque.kit.db import Stage
from mediatheque.kit.db.staging import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from psycopg import AsyncConnection

TITLES = Stage(
    "stage_titles",
    {
        "position": "int",
        "id": "uuid",
        "is_new": "boolean",
        **STAGED,
    },
)

_INSERT = f"""
    INSERT INTO catalog_titles (space_id, id, slug, kind, title_key, sort_key,
                                {", ".join(FIELDS)}, details, added_by, import_id,
                                created_at, updated_at)
    SELECT %(space)s, s.id,
           CASE WHEN s.nth = 1 AND NOT EXISTS (
                    SELECT 1 FROM catalog_titles t
                    WHERE t.space_id = %(space)s AND t.slug = s.slug)
                THEN s.slug ELSE s.slug || '-' || right(s.id::text, 8) END,
           s.kind, s.title_key, s.sort_key, {", ".join(f"s.{name}" for name in FIELDS)},
           s.details, %(actor)s, %(import)s, coalesce(s.added_at, %(now)s), %(now)s
    FROM (SELECT *, row_number() OVER (PARTITION BY slug ORDER BY position) AS nth
          FROM stage_titles WHERE is_new) s
    ORDER BY s.position
"""  # noqa: S608  (the parts are constants of this file)

_NEW_VALUE = {
    "fill": "coalesce(t.{0}, s.{0})",
    "overwrite": (
        "CASE WHEN s.{0} IS NULL OR '{0}' = ANY(t.edited_fields) THEN t.{0} ELSE s.{0} END"
    ),
}
_DETAILS = {
    "fill": "s.details || t.details",
    "overwrite": (
        "CASE WHEN 'details' = ANY(t.edited_fields) THEN s.details || t.details "
        "ELSE t.details || s.details END"
    ),
}


def _update(mode: Mode) -> str:
    """Fill or overwrite matched works; answers both values of what differed."""
    names = [name for name in FIELDS if mode == "overwrite" or name not in {"title", "sort_title"}]
    values = {name: _NEW_VALUE[mode].format(name) for name in names}
    values["details"] = _DETAILS[mode]
    assign = ", ".join(f"{name} = {value}" for name, value in values.items())
    now, then = ", ".join(values.values()), ", ".join(f"t.{name}" for name in values)
    sides = ", ".join(
        f"'{name}', jsonb_build_array(to_jsonb(old.{name}), to_jsonb(new.{name}))"
        for name in values
    )
    return f"""
        UPDATE catalog_titles t
        SET {assign}, updated_at = %(now)s, revision = t.revision + 1
        FROM stage_titles s
        WHERE t.space_id = %(space)s AND t.id = s.id AND NOT s.is_new
          AND ({now}) IS DISTINCT FROM ({then})
        RETURNING t.id, jsonb_build_object({sides})
    """  # noqa: S608  (the parts are constants of this file)


@requires(Permission.IMPORT_CREATE)
async def take_in(
    ctx: Context, drafts: Sequence[TitleDraft], mode: Mode, import_id: UUID | None
) -> Intake:
    """Create the new works of a batch and extend the others as the mode allows.

    ``add`` leaves existing works as they are (new seasons and episodes come in all the same);
    ``fill`` fills what is empty; ``overwrite`` replaces what nobody edited by hand. Lists
    (terms, credits, ids) only ever grow. Nothing here is repeated by a second call. A batch that
    the space has no room for is a QuotaReachedError.
    """
    await check_quota(ctx, "titles", sum(draft.is_new for draft in drafts))
    connection = await ctx.db.connection()
    values = {
        "space": ctx.space_id,
        "actor": ctx.actor.id,
        "now": ctx.now,
        "import": import_id,
        "mode": mode,
    }
    lasting = [draft for draft in drafts if draft.is_new or mode != "add"]
    lists = parts.Lists(lasting)
    await TITLES.fill(connection, joined(_rows(lasting)))
    await connection.execute(_INSERT, values)
    outcome = Intake()
    if mode != "add":
        outcome.changes = await _change(connection, mode, values)
    outcome.extended |= await parts.add_ids(connection, lists, values)
    outcome.extended |= await parts.add_terms(connection, lists, values)
    outcome.extended |= await parts.add_credits(connection, lists, values)
    outcome.grown |= await parts.add_episodes(connection, drafts, values)
    return outcome


async def _change(
    connection: AsyncConnection[Any], mode: Mode, values: dict[str, Any]
) -> dict[UUID, dict[str, tuple[Any, Any]]]:
    changed: dict[UUID, dict[str, tuple[Any, Any]]] = {}
    for title_id, sides in await (await connection.execute(_update(mode), values)).fetchall():
        changed[title_id] = {
            name: (before, after) for name, (before, after) in sides.items() if before != after
        }
    await rekey(
        connection,
        values,
        {one for one, fields in changed.items() if fields.keys() & {"title", "sort_title"}},
    )
    return changed


def _rows(drafts: Sequence[TitleDraft]) -> Iterable[tuple[str, ...]]:
    """One staged row per work: several drafts of one work are folded into the first."""
    for draft in _folded(drafts):
        is_new = "t" if draft.is_new else "f"
        yield f"{draft.position}", draft.title_id.hex, is_new, draft.staged or stage(draft).staged


def _folded(drafts: Sequence[TitleDraft]) -> Iterable[TitleDraft]:
    """The first draft of each work, its empty fields filled from the later ones."""
    first: dict[UUID, TitleDraft] = {}
    for draft in drafts:
        kept = first.setdefault(draft.title_id, draft)
        if kept is draft:
            continue
        for name in FIELDS:
            if getattr(kept, name) is None:
                setattr(kept, name, getattr(draft, name))
        kept.details = {**draft.details, **kept.details}
        kept.staged = ""
    return first.values()
