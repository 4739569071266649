"""The page of a work: everything about it in one place, by one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.queries.titles import core_statement, shape
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.queries.holdings import EDITIONS, edition_of
from mediatheque.areas.library.queries.notes import NOTES, note_of
from mediatheque.areas.library.queries.ratings import MARK, RATINGS, my_rating
from mediatheque.areas.library.schemas.titles import TitleRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.db import Row

EXTRA: Final = f""",
    {EDITIONS} AS editions, {NOTES} AS notes, {MARK} AS my_mark, {RATINGS} AS ratings
"""


@requires(Permission.CATALOG_READ)
async def get_title_page(ctx: ReadContext, key: str | UUID) -> TitleRead:
    """A work by its id, its address, or an old one; raises ``TitleNotFoundError``."""
    row = await ctx.db.row(
        core_statement(ctx, str(key), EXTRA).bindparams(user=ctx.actor.id, today=ctx.now.date())
    )
    if row is None:
        raise TitleNotFoundError
    return TitleRead.model_validate(_page(ctx, shape(ctx, row)))


def _page(ctx: ReadContext, found: Row) -> dict[str, Any]:
    """The holdings of a row as :class:`TitleRead` takes them."""
    editions = [edition_of(ctx, one) for one in found["editions"]]
    copies = [copy for edition in editions for copy in edition["copies"]]
    return {
        **found,
        "editions": editions,
        "formats": sorted({edition["format"] for edition in editions if edition["copies"]}),
        "copies_count": len(copies),
        "is_on_loan": any(copy["loan"] for copy in copies),
        "notes": [note_of(ctx, one) for one in found["notes"]],
        "my_rating": my_rating(found["ratings"]["mine"]),
    }
