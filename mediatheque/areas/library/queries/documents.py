"""What the library adds to the search: bar codes, how much is owned, and the tiles of works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.models import KINDS
from mediatheque.areas.catalog.queries.documents import title_brief, title_visible
from mediatheque.areas.catalog.schemas.details import Kind
from mediatheque.areas.catalog.schemas.pictures import Picture
from mediatheque.areas.library.queries.browse.cards import CARDS, card_of
from mediatheque.areas.library.schemas.cards import TitleCard
from mediatheque.areas.search.rules.declared import REINDEX, Additions, Cards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.core.context import ReadContext
    from mediatheque.kit.db import Row

# A removed release names its work only in the journal.
_OF_EDITIONS: Final = """
    SELECT title_id AS id FROM library_editions
    WHERE space_id = :space AND id = ANY(cast(:ids AS uuid[]))
    UNION
    SELECT cast(j.before ->> 'title_id' AS uuid) FROM core_journal j
    WHERE j.space_id = :space AND j.ref_kind = 'edition' AND j.ref_id = ANY(cast(:ids AS uuid[]))
      AND j.kind = 'library.edition_deleted'
"""
# A copy may bring its release with it; how many there are weighs.
_OF_COPIES: Final = """
    SELECT title_id AS id FROM library_copies
    WHERE space_id = :space AND id = ANY(cast(:ids AS uuid[]))
    UNION
    SELECT cast(j.before ->> 'title_id' AS uuid) FROM core_journal j
    WHERE j.space_id = :space AND j.ref_kind = 'copy' AND j.ref_id = ANY(cast(:ids AS uuid[]))
      AND j.kind = 'library.copy_deleted'
"""
_OWNED: Final = """
    SELECT t.id AS ref_id,
           ARRAY(SELECT DISTINCT e.barcode FROM library_editions e
                 WHERE e.space_id = :space AND e.title_id = t.id AND e.barcode <> '') AS codes,
           20 * (SELECT count(*) FROM library_copies c
                 WHERE c.space_id = :space AND c.title_id = t.id)::int AS weight
    FROM unnest(cast(:ids AS uuid[])) AS t (id)
"""
ADDITIONS: Final = Additions("title", rows=_OWNED, follow=(_OF_EDITIONS, _OF_COPIES))

HEARD: Final = tuple(
    (f"library.{kind}", REINDEX)
    for kind in (
        "edition_added",
        "edition_updated",
        "edition_deleted",
        "copy_added",
        "copy_deleted",
        "library_transferred",
        "titles_enriched",
    )
)
"""After which news works are read for the search anew."""

_CARDS: Final = text(CARDS)


def _load(ctx: ReadContext, ids: Sequence[UUID]) -> TextClause:
    return _CARDS.bindparams(ids=list(ids), space=ctx.space_id)


def _shape(row: Row) -> TitleCard:
    return TitleCard.model_validate(card_of(row))


TITLE_CARDS: Final = Cards(
    "title",
    model=TitleCard,
    kinds=KINDS,
    visible=title_visible,
    brief=title_brief,
    load=_load,
    shape=_shape,
    extras={"kind": Kind, "year": int, "poster": Picture},
)
