"""Vocabularies with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import EVERYTHING, suitable, visible, visible_values
from mediatheque.areas.catalog.schemas.terms import TermRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Listing
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from mediatheque.areas.catalog.schemas.terms import TermFilter

# Few works are hidden from anybody: counting those and subtracting beats joining every link.
_HIDDEN: Final = """
    LEFT JOIN (
        SELECT x.term_id, count(*) AS count FROM catalog_titles t
        JOIN catalog_title_terms x ON x.space_id = t.space_id AND x.title_id = t.id
        WHERE t.space_id = :space AND ({visible}) IS NOT TRUE
        GROUP BY x.term_id) h ON h.term_id = w.id
"""


@requires(Permission.CATALOG_READ)
async def list_terms(ctx: ReadContext, wanted: TermFilter) -> Listing[TermRead]:
    """Words of a vocabulary, the most used first; counts are of works the actor may see."""
    seen = visible(ctx)
    hides = seen != EVERYTHING
    # A word that only works above a profile's limit have would speak of them.
    speaks = "AND coalesce(n.count, 0) > coalesce(h.count, 0)"
    q = slugify(wanted.q, fallback="") if wanted.q.strip() else ""
    sql = f"""
        SELECT w.id, w.scheme, w.slug, w.name,
               coalesce(n.count, 0) {"- coalesce(h.count, 0)" if hides else ""} AS titles_count
        FROM catalog_terms w
        LEFT JOIN (
            SELECT x.term_id, count(*) AS count FROM catalog_title_terms x
            WHERE x.space_id = :space AND x.term_id = ANY(ARRAY(
                SELECT v.id FROM catalog_terms v
                WHERE v.space_id = :space AND v.scheme = :scheme {_begins("v", q)}))
            GROUP BY x.term_id) n ON n.term_id = w.id
        {_HIDDEN.format(visible=seen) if hides else ""}
        WHERE w.space_id = :space AND w.scheme = :scheme {_begins("w", q)}
          {speaks if suitable(ctx) != EVERYTHING else ""}
        ORDER BY titles_count DESC, w.slug LIMIT :limit
    """  # noqa: S608  (the parts are constants)
    rows = await ctx.db.rows(
        text(sql).bindparams(
            space=ctx.space_id,
            scheme=wanted.scheme,
            limit=wanted.limit,
            **({"q": q} if q else {}),
            **visible_values(ctx),
        )
    )
    return Listing(items=[TermRead.model_validate(row) for row in rows])


def _begins(table: str, q: str) -> str:
    """One of the slug's words begins so."""
    return f"AND position('-' || :q IN '-' || {table}.slug) > 0" if q else ""
