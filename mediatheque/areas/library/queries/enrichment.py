"""Works that lack what a provider may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import named, visible, visible_values
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.schemas.enrichment import Lacking
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from mediatheque.kit.db import Row

_FIELDS: Final = (
    *("synopsis", "year", "released_on", "runtime_minutes", "age_rating", "original_title"),
    *("rating", "minimum_age"),
)
_HAS: Final = ", ".join(f"CASE WHEN t.{name} IS NOT NULL THEN '{name}' END" for name in _FIELDS)
_WORK: Final = f"""
    t.id, t.kind, t.title, t.original_title, t.year, t.edited_fields, t.added_by,
    array_remove(ARRAY[{_HAS},
        CASE WHEN t.poster_id IS NOT NULL THEN 'poster' END,
        CASE WHEN EXISTS (SELECT 1 FROM catalog_credits c
                          WHERE c.space_id = t.space_id AND c.title_id = t.id) THEN 'credits' END
    ], NULL) AS has,
    (SELECT coalesce(jsonb_agg(DISTINCT w.scheme), '[]') FROM catalog_title_terms x
     JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
     WHERE x.space_id = t.space_id AND x.title_id = t.id) AS schemes,
    (SELECT coalesce(jsonb_object_agg(e.scheme, e.value), '{{}}') FROM catalog_external_ids e
     WHERE e.space_id = t.space_id AND e.title_id = t.id) AS ids
"""  # noqa: S608  (the parts are constants of this file)
_LACKS: Final = """
    t.space_id = :space AND t.import_id = :import AND t.kind = ANY(cast(:kinds AS text[]))
    AND (t.synopsis IS NULL OR t.poster_id IS NULL OR t.runtime_minutes IS NULL
         OR NOT EXISTS (SELECT 1 FROM catalog_credits c
                        WHERE c.space_id = t.space_id AND c.title_id = t.id))
"""


def _lacking(row: Row) -> Lacking:
    return Lacking(
        row["id"],
        row["kind"],
        row["title"],
        row["original_title"],
        row["year"],
        row["ids"],
        frozenset(
            [*row["has"], *row["schemes"], *(f"external_ids.{scheme}" for scheme in row["ids"])]
        ),
        frozenset(row["edited_fields"]),
    )


@requires(Permission.CATALOG_READ)
async def list_lacking(
    ctx: ReadContext, import_id: UUID, kinds: Collection[str], after: UUID | None, limit: int
) -> list[Lacking]:
    """Works that an import made and that lack synopsis, poster, credits or running time."""
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "import": import_id,
        "kinds": sorted(kinds),
        "limit": limit,
    }
    behind = ""
    if after:
        behind, values["after"] = "AND t.id > :after", after
    rows = await ctx.db.rows(
        text(
            f"SELECT {_WORK} FROM catalog_titles t WHERE {_LACKS} {behind} "  # noqa: S608  (constants)
            "ORDER BY t.id LIMIT :limit"
        ).bindparams(**values)
    )
    return [_lacking(row) for row in rows]


@requires(Permission.CATALOG_READ)
async def count_lacking(ctx: ReadContext, import_id: UUID, kinds: Collection[str]) -> int:
    """How many there are."""
    statement = text(f"SELECT count(*) FROM catalog_titles t WHERE {_LACKS}")  # noqa: S608  (constants)
    values = {"space": ctx.space_id, "import": import_id, "kinds": sorted(kinds)}
    return int(await ctx.db.scalar(statement.bindparams(**values)) or 0)


@requires(Permission.CATALOG_READ)
async def list_states(ctx: ReadContext, ids: Sequence[UUID]) -> dict[UUID, Lacking]:
    """What works have, whatever it is."""
    rows = await ctx.db.rows(
        text(
            f"SELECT {_WORK} FROM catalog_titles t "  # noqa: S608  (constants)
            "WHERE t.space_id = :space AND t.id = ANY(cast(:ids AS uuid[]))"
        ).bindparams(space=ctx.space_id, ids=list(ids))
    )
    return {row["id"]: _lacking(row) for row in rows}


@requires(Permission.CATALOG_READ)
async def get_state(ctx: ReadContext, key: str) -> tuple[Lacking, UUID | None]:
    """What a work has that the actor may see, and who added it; ``TitleNotFoundError``."""
    condition, values = named(key)
    row = await ctx.db.row(
        text(
            f"SELECT {_WORK} FROM catalog_titles t "  # noqa: S608  (constants)
            f"WHERE t.space_id = :space AND {condition} AND {visible(ctx)}"
        ).bindparams(space=ctx.space_id, **values, **visible_values(ctx))
    )
    if row is None:
        raise TitleNotFoundError
    return _lacking(row), row["added_by"]
