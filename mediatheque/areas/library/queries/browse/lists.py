"""The list of works with its counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.library.queries.browse.cards import list_cards
from mediatheque.areas.library.queries.browse.counts import counts_of, facets_of
from mediatheque.areas.library.queries.browse.pages import page_of, write_place
from mediatheque.areas.library.schemas.cards import Facets, TitleFeed
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import cut

if TYPE_CHECKING:
    from mediatheque.areas.library.schemas.filters import TitleQuery


@requires(Permission.CATALOG_READ)
async def list_titles(ctx: ReadContext, wanted: TitleQuery) -> TitleFeed:
    """A page of works; with facets also the total and the counts of every filter's values."""
    page = page_of(ctx, wanted)
    total: int | None = None
    facets: Facets | None = None
    if wanted.facets:
        rows, counts = await ctx.db.batch(page, counts_of(ctx, wanted))
        total, facets = facets_of(counts)
    else:
        rows = await ctx.db.rows(page)
    shown, more = cut(rows, wanted.limit)
    cards = await list_cards(ctx, [row["id"] for row in shown])
    last = shown[-1] if more else None
    return TitleFeed(
        items=cards,
        next_cursor=write_place(wanted.sort, last["value"], last["id"]) if last else None,
        total=total,
        facets=facets,
    )
