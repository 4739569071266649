"""What the areas declared, read for the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import text

from mediatheque.areas.search.rules.declared import DOCUMENTS, Additions, Documents
from mediatheque.areas.search.rules.documents import Analysed, analyse
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.module import EXTENSIONS
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SPACES: Final = text("SELECT id FROM spaces_spaces ORDER BY id")
_UNKNOWN: Final = """
    SELECT DISTINCT f.id FROM ({follow}) f
    WHERE NOT EXISTS (SELECT FROM search_documents d
                      WHERE d.space_id = :space AND d.ref_kind = :ref_kind AND d.ref_id = f.id)
"""


def declared(kind: type[Documents | Additions]) -> Iterator[Any]:
    """The declarations of this process's areas."""
    for registered in EXTENSIONS.get(DOCUMENTS, ()):
        yield from (one for one in registered if isinstance(one, kind))


@requires(Permission.CATALOG_BULK_EDIT)
async def list_space_ids(ctx: ReadContext) -> list[UUID]:
    """Every space; for a context over all spaces."""
    return [row["id"] for row in await ctx.db.rows(_SPACES)]


@requires(Permission.CATALOG_BULK_EDIT)
async def list_ids(ctx: ReadContext) -> list[UUID]:
    """The ids of everything in the space that could be found."""
    answers = await ctx.db.batch(
        *(text(one.changed).bindparams(space=ctx.space_id) for one in declared(Documents))
    )
    return [row["id"] for rows in answers for row in rows]


@requires(Permission.CATALOG_BULK_EDIT)
async def list_stale_ids(ctx: ReadContext) -> list[UUID]:
    """The ids of what the index lacks, has too old, or has though it is gone."""
    found: list[UUID] = []
    for one in declared(Documents):
        sql = f"""
            SELECT coalesce(d.ref_id, c.id) AS id
            FROM (SELECT ref_id, indexed_at FROM search_documents
                  WHERE space_id = :space AND ref_kind = :ref_kind) d
            FULL JOIN ({one.changed}) c ON c.id = d.ref_id
            WHERE d.ref_id IS NULL OR c.id IS NULL OR c.changed_at > d.indexed_at
        """  # noqa: S608  (the area's own constant)
        rows = await ctx.db.rows(text(sql).bindparams(space=ctx.space_id, ref_kind=one.ref_kind))
        found += [row["id"] for row in rows]
    return found


@requires(Permission.CATALOG_BULK_EDIT)
async def list_touched(ctx: ReadContext, ids: Sequence[UUID]) -> dict[str, list[UUID]]:
    """Ref kind → the ids to look at there, when things of any kind changed."""
    touched = {one.ref_kind: set(ids) for one in declared(Documents)}
    values = {"space": ctx.space_id, "ids": list(ids)}
    for one in declared(Documents):
        for follow in one.follow:
            unknown = _UNKNOWN.format(follow=follow)
            rows = await ctx.db.rows(text(unknown).bindparams(**values, ref_kind=one.ref_kind))
            touched[one.ref_kind].update(row["id"] for row in rows)
    for one in declared(Additions):
        for follow in one.follow:
            rows = await ctx.db.rows(text(follow).bindparams(**values))
            touched[one.ref_kind].update(row["id"] for row in rows if row["id"])
    return {kind: sorted(found) for kind, found in touched.items()}


@requires(Permission.CATALOG_BULK_EDIT)
async def read_documents(ctx: ReadContext, ref_kind: str, ids: Sequence[UUID]) -> list[Analysed]:
    """The documents of a kind; ids that are none of it are left out."""
    found: list[Analysed] = []
    for one in declared(Documents):
        if one.ref_kind != ref_kind:
            continue
        rows = await ctx.db.rows(text(one.rows).bindparams(space=ctx.space_id, ids=list(ids)))
        if not rows:
            continue
        more = await _read_additions(ctx, ref_kind, [row["ref_id"] for row in rows])
        for row in rows:
            codes, weight = more.get(row["ref_id"], ((), 0))
            found.append(
                analyse(ctx.space_id, ref_kind, {**row, "weight": row["weight"] + weight}, codes)
            )
    return found


async def _read_additions(
    ctx: ReadContext, ref_kind: str, ids: Sequence[UUID]
) -> dict[UUID, tuple[list[str], int]]:
    found: dict[UUID, tuple[list[str], int]] = {}
    for one in declared(Additions):
        if one.ref_kind != ref_kind:
            continue
        rows = await ctx.db.rows(text(one.rows).bindparams(space=ctx.space_id, ids=list(ids)))
        for row in rows:
            codes, weight = found.get(row["ref_id"], ([], 0))
            found[row["ref_id"]] = ([*codes, *row["codes"]], weight + row["weight"])
    return found
