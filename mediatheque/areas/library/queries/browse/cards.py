"""The tiles of known works, by one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import PEOPLE, POSTER
from mediatheque.areas.library.schemas.cards import TitleCard
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.kit.db import Row

# Text: building this from the models anew at each request costs more than running it.
CARDS = f"""
    SELECT t.id, t.slug, t.kind, t.title, t.year, t.status, t.rating, t.created_at,
           {PEOPLE} AS people, {POSTER} AS poster,
           coalesce(h.formats, '{{}}') AS formats,
           coalesce(h.copies_count, 0) AS copies_count,
           coalesce(h.is_on_loan, false) AS is_on_loan
    FROM unnest(cast(:ids AS uuid[])) WITH ORDINALITY AS o (id, place)
    JOIN catalog_titles t ON t.space_id = :space AND t.id = o.id
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT e.format) AS formats, count(*) AS copies_count,
               bool_or(l.id IS NOT NULL) AS is_on_loan
        FROM library_copies c
        JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id
        LEFT JOIN library_loans l
          ON l.space_id = c.space_id AND l.copy_id = c.id AND l.returned_on IS NULL
        WHERE c.space_id = t.space_id AND c.title_id = t.id) h ON true
    ORDER BY o.place
"""  # noqa: S608  (the parts are constants of this file)

_CARDS = text(CARDS)
_LIST = TypeAdapter(list[TitleCard])


@requires(Permission.LIBRARY_READ)
async def list_cards(ctx: ReadContext, ids: Sequence[UUID]) -> list[TitleCard]:
    """The cards of works in the order of their ids; unknown ids are left out.

    Visibility is the caller's: the ids come from a query that applied it.
    """
    if not ids:
        return []
    # One string costs less than a list of fifty ids, each turned into text by itself.
    packed = f"{{{','.join([one.hex for one in ids])}}}"
    rows = await ctx.db.rows(_CARDS.bindparams(ids=packed, space=ctx.space_id))
    return _LIST.validate_python([card_of(row) for row in rows])


def card_of(row: Row) -> dict[str, Any]:
    """A row of :data:`CARDS` as its wire shape wants it."""
    if row["rating"] is not None:
        row["rating"] /= 10
    return row
