"""One work, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.queries.parts import (
    CREDITS,
    IDS,
    PEOPLE,
    POSTER,
    SEASONS,
    TERMS,
    by_scheme,
    named,
    visible,
    visible_values,
)
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.catalog.rules.titles import may_delete, may_edit
from mediatheque.areas.catalog.schemas.reads import TitleCore
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.kit.db import Row

TENTHS: Final = 10

CORE: Final = f"""
    t.id, t.slug, t.kind, t.status, t.title, t.original_title, t.sort_title, t.synopsis, t.year,
    t.released_on, t.runtime_minutes, t.age_rating, t.minimum_age, t.rating, t.details,
    t.available_from, t.available_until, t.created_at, t.updated_at, t.revision,
    t.added_by AS added_by_id,
    (SELECT u.name FROM accounts_users u WHERE u.id = t.added_by) AS added_by_name,
    {PEOPLE} AS people, {POSTER} AS poster, {TERMS} AS terms, {IDS} AS external_ids,
    {CREDITS} AS credits, {SEASONS} AS seasons
"""  # noqa: S608  (the parts are constants)
"""The columns of a whole work; :func:`shape` makes a :class:`TitleCore` of them."""


def core_statement(ctx: ReadContext, key: str, extra: str = "") -> TextClause:
    """One select for one work by id, address or alias, if the actor may see it.

    ``extra`` adds columns (``", …"``) over ``catalog_titles t``.
    """
    condition, values = named(key)
    return text(
        f"SELECT {CORE}{extra} FROM catalog_titles t "  # noqa: S608  (constants)
        f"WHERE t.space_id = :space AND {condition} AND {visible(ctx)}"
    ).bindparams(space=ctx.space_id, **values, **visible_values(ctx))


def shape(ctx: ReadContext, row: Row) -> Row:
    """A row of :data:`CORE` as :class:`TitleCore` takes it; further columns stay."""
    found: dict[str, Any] = {**row, **by_scheme(row["terms"])}
    del found["terms"]
    added_by = found.pop("added_by_id")
    name = found.pop("added_by_name")
    found["added_by"] = {"id": added_by, "name": name or ""} if added_by else None
    found["rating"] = None if row["rating"] is None else row["rating"] / TENTHS
    found["can_edit"] = may_edit(ctx, added_by, row["id"])
    found["can_delete"] = may_delete(ctx, added_by)
    return found


@requires(Permission.CATALOG_READ)
async def get_title(ctx: ReadContext, key: str | UUID) -> TitleCore:
    """A work by its id, its address, or an old one; raises ``TitleNotFoundError``."""
    row = await ctx.db.row(core_statement(ctx, str(key)))
    if row is None:
        raise TitleNotFoundError
    return TitleCore.model_validate(shape(ctx, row))


@requires(Permission.CATALOG_READ)
async def list_cores(ctx: ReadContext, ids: Sequence[UUID]) -> dict[UUID, TitleCore]:
    """Several whole works by id; those not to be seen are left out."""
    statement = text(
        f"SELECT {CORE} FROM catalog_titles t "  # noqa: S608  (constants)
        f"WHERE t.space_id = :space AND t.id = ANY(cast(:ids AS uuid[])) AND {visible(ctx)}"
    ).bindparams(space=ctx.space_id, ids=list(ids), **visible_values(ctx))
    rows = await ctx.db.rows(statement)
    return {row["id"]: TitleCore.model_validate(shape(ctx, row)) for row in rows}


@requires(Permission.CATALOG_READ)
async def find_title_id(ctx: ReadContext, key: str | UUID) -> UUID | None:
    """The id meant by an id, an address or an old one, or None."""
    condition, values = named(str(key))
    found: UUID | None = await ctx.db.scalar(
        text(
            f"SELECT t.id FROM catalog_titles t "  # noqa: S608  (constants)
            f"WHERE t.space_id = :space AND {condition} AND {visible(ctx)}"
        ).bindparams(space=ctx.space_id, **values, **visible_values(ctx))
    )
    return found
