"""Filters that are looked up in their own indexes: people, and words as the search knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.search.rules.questions import read_question
from mediatheque.kit.ids import parse_id

if TYPE_CHECKING:
    from uuid import UUID

    from pyroaring import BitMap

    from mediatheque.areas.library.queries.browse.inventory import Inventory
    from mediatheque.areas.library.schemas.filters import TitleFilter
    from mediatheque.core.context import ReadContext

MOST: Final = 2_000
"""How many works the words of a list's filter find: the best ones."""

_BY_PEOPLE: Final = """
    SELECT c.title_id AS id FROM catalog_credits c
    WHERE c.space_id = :space AND c.person_id = ANY(ARRAY(
        SELECT p.id FROM catalog_people p WHERE p.space_id = :space
        AND (p.slug = ANY(cast(:slugs AS text[])) OR p.id = ANY(cast(:people AS uuid[])))
        UNION ALL
        SELECT a.person_id FROM catalog_person_aliases a WHERE a.space_id = :space
        AND (a.slug = ANY(cast(:slugs AS text[])) OR a.id = ANY(cast(:people AS uuid[])))))
"""
_BY_WORDS: Final = """
    SELECT m.ref_id AS id FROM search_find(
        cast(:asked AS text[]), :is_open, cast(:joined AS text), cast(:code AS text), :key,
        cast(:places AS int[]), cast(:nears AS int[]), false, :most) m
    WHERE m.ref_kind = 'title'
"""
_PACKED: Final = "SELECT string_agg(uuid_send(one.id), ''::bytea) AS ids FROM ({found}) one"
_PACKED_PEOPLE = text(_PACKED.format(found=_BY_PEOPLE))
_PACKED_WORDS = text(_PACKED.format(found=_BY_WORDS))
_IS_BY_WORDS = text(f"catalog_titles.id = ANY(ARRAY({_BY_WORDS}))")


def is_looked_up(wanted: TitleFilter) -> bool:
    """Whether there is such a filter."""
    return bool(wanted.person or wanted.q)


def has_words(space_id: UUID, q: str) -> TextClause:
    """The works of which the search finds the words, as a condition on ``catalog_titles``."""
    return _IS_BY_WORDS.bindparams(**_question(space_id, q))


def _question(space_id: UUID, q: str) -> dict[str, Any]:
    return {**read_question(q).values(space_id), "most": MOST}


async def look_up(ctx: ReadContext, stock: Inventory, wanted: TitleFilter) -> BitMap:
    """The works of an inventory that pass these filters."""
    statements = []
    if wanted.person:
        statements.append(
            _PACKED_PEOPLE.bindparams(
                space=ctx.space_id,
                slugs=wanted.person,
                people=[found for one in wanted.person if (found := parse_id(one))],
            )
        )
    if wanted.q:
        statements.append(_PACKED_WORDS.bindparams(**_question(ctx.space_id, wanted.q)))
    works = stock.every
    for (row,) in await ctx.db.batch(*statements):
        works = works & stock.numbered(row["ids"] or b"")
    return works
