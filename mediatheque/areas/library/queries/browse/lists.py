"""The list of works with its counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.library.queries.browse.cards import list_cards
from mediatheque.areas.library.queries.browse.counting import count_facets
from mediatheque.areas.library.queries.browse.counts import counts_of, facets_of
from mediatheque.areas.library.queries.browse.inventories import INVENTORIES
from mediatheque.areas.library.queries.browse.lookups import is_looked_up, look_up
from mediatheque.areas.library.queries.browse.pages import page_of, read_place, write_place
from mediatheque.areas.library.queries.browse.walking import value_of, walk
from mediatheque.areas.library.schemas.cards import Facets, TitleFeed
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from pyroaring import BitMap

    from mediatheque.areas.library.queries.browse.inventory import Inventory
    from mediatheque.areas.library.schemas.filters import TitleQuery

Hit = tuple["UUID", Any]
"""A work's id and its value in the order of the list."""
Counts = tuple[int | None, Facets | None]


@requires(Permission.CATALOG_READ)
async def list_titles(ctx: ReadContext, wanted: TitleQuery) -> TitleFeed:
    """A page of works; with facets also the total and the counts of every filter's values.

    In a space of many thousand works the counts may be those of a few seconds ago, and say so;
    the works themselves never are.
    """
    found = await INVENTORIES.find(ctx) if _is_for_inventory(wanted) else None
    if found is None:
        hits, counts = await _ask_tables(ctx, wanted)
    elif found.is_current:
        hits, counts = await _ask_inventory(ctx, found.stock, wanted)
    else:
        hits, _ = await _ask_tables(ctx, wanted.model_copy(update={"facets": False}))
        counts = await _counts(ctx, found.stock, wanted)
    shown = hits[: wanted.limit]
    more = len(hits) > wanted.limit
    total, facets = counts
    return TitleFeed(
        items=await list_cards(ctx, [title_id for title_id, _ in shown]),
        next_cursor=write_place(wanted.sort, shown[-1][1], shown[-1][0]) if more else None,
        total=total,
        facets=facets,
        has_current_counts=facets is None or found is None or found.is_current,
    )


def is_same_for_all(ctx: ReadContext) -> bool:
    """Whether everybody with the actor's permissions sees the same works: no own drafts."""
    return ctx.may(Permission.CATALOG_DRAFT_READ) or not ctx.may(Permission.CATALOG_CREATE)


def _is_for_inventory(wanted: TitleQuery) -> bool:
    """A list without filters and counts needs no help."""
    return wanted.facets or not wanted.has_no_filter()


async def _ask_tables(ctx: ReadContext, wanted: TitleQuery) -> tuple[list[Hit], Counts]:
    page = page_of(ctx, wanted)
    if not wanted.facets:
        return [(row["id"], row["value"]) for row in await ctx.db.rows(page)], (None, None)
    rows, counts = await ctx.db.batch(page, counts_of(ctx, wanted))
    return [(row["id"], row["value"]) for row in rows], facets_of(counts)


async def _ask_inventory(
    ctx: ReadContext, stock: Inventory, wanted: TitleQuery
) -> tuple[list[Hit], Counts]:
    place = read_place(wanted.sort, wanted.cursor)
    works = await _narrowed(ctx, stock, wanted)
    found = stock.select(wanted, works)
    shown = walk(stock, wanted.sort, found, place, wanted.limit + 1)
    hits = [(stock.title_id(work), value_of(stock, wanted.sort, work)) for work in shown]
    if not wanted.facets:
        return hits, (None, None)
    return hits, (len(found), count_facets(stock, wanted, works, found))


async def _counts(ctx: ReadContext, stock: Inventory, wanted: TitleQuery) -> Counts:
    if not wanted.facets:
        return None, None
    works = await _narrowed(ctx, stock, wanted)
    found = stock.select(wanted, works)
    return len(found), count_facets(stock, wanted, works, found)


async def _narrowed(ctx: ReadContext, stock: Inventory, wanted: TitleQuery) -> BitMap:
    """What the actor may see, and what the filters that have no facet leave of it."""
    seen = stock.visible(ctx)
    if is_looked_up(wanted):
        seen = seen & await look_up(ctx, stock, wanted)
    return stock.narrow(wanted, seen)
