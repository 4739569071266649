"""What of the catalogue is found by searching, and who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.queries.parts import (
    POSTER,
    suitable_values,
    visible,
    visible_values,
)
from mediatheque.areas.catalog.queries.people import person_visible
from mediatheque.areas.catalog.schemas.reads import PersonLink
from mediatheque.areas.search.rules.declared import REINDEX, Cards, Documents, Fragment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.core.context import ReadContext

_TITLES: Final = """
    SELECT t.id AS ref_id, t.kind, t.title AS label, t.popularity AS weight,
           array_remove(ARRAY[t.original_title, nullif(t.sort_title, t.title)], NULL) AS also,
           ARRAY(SELECT p.name FROM catalog_credits c
                 JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
                 WHERE c.space_id = t.space_id AND c.title_id = t.id
                 GROUP BY p.name ORDER BY min(c.position)) AS people,
           ARRAY(SELECT w.name FROM catalog_title_terms x
                 JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
                 WHERE x.space_id = t.space_id AND x.title_id = t.id
                   AND w.scheme IN ('genre', 'tag', 'mood', 'theme')) AS terms,
           ARRAY(SELECT e.value FROM catalog_external_ids e
                 WHERE e.space_id = t.space_id AND e.title_id = t.id) AS codes,
           ARRAY(SELECT 'genre|' || w.slug || '|' || w.name FROM catalog_title_terms x
                 JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
                 WHERE x.space_id = t.space_id AND x.title_id = t.id AND w.scheme = 'genre')
               AS facets
    FROM catalog_titles t WHERE t.space_id = :space AND t.id = ANY(cast(:ids AS uuid[]))
"""
_PEOPLE: Final = """
    SELECT p.id AS ref_id, 'person' AS kind, p.name AS label,
           (SELECT count(DISTINCT c.title_id) FROM catalog_credits c
            WHERE c.space_id = p.space_id AND c.person_id = p.id)::int AS weight,
           ARRAY(SELECT a.name FROM catalog_person_aliases a
                 WHERE a.space_id = p.space_id AND a.person_id = p.id) AS also,
           '{}'::text[] AS people, array_remove(ARRAY[p.distinction], '') AS terms,
           '{}'::text[] AS codes, '{}'::text[] AS facets
    FROM catalog_people p WHERE p.space_id = :space AND p.id = ANY(cast(:ids AS uuid[]))
"""
_CREDITED: Final = """
    SELECT person_id AS id FROM catalog_credits
    WHERE space_id = :space AND title_id = ANY(cast(:ids AS uuid[]))
"""

DOCUMENTS: Final = (
    Documents(
        "title",
        rows=_TITLES,
        changed="SELECT id, updated_at AS changed_at FROM catalog_titles WHERE space_id = :space",
    ),
    Documents(
        "person",
        rows=_PEOPLE,
        changed="SELECT id, NULL::timestamptz AS changed_at FROM catalog_people "
        "WHERE space_id = :space",
        follow=(_CREDITED,),
    ),
)

HEARD: Final = tuple(
    (f"catalog.{kind}", REINDEX)
    for kind in (
        "title_created",
        "title_updated",
        "title_deleted",
        "titles_bulk_edited",
        "titles_imported",
        "titles_merged",
        "merge_undone",
        "person_renamed",
        "people_merged",
        "people_merge_undone",
    )
)
"""After which news works and people are read for the search anew."""

_LISTED: Final = "t.space_id = :space AND t.id = m.ref_id AND t.status <> 'archived'"


def title_visible(ctx: ReadContext) -> Fragment:
    """The works that a list shows to this actor without being asked for a status."""
    sql = f"EXISTS (SELECT FROM catalog_titles t WHERE {_LISTED} AND {visible(ctx)})"
    return sql, visible_values(ctx)


def title_brief(ctx: ReadContext) -> Fragment:
    """A work in a line of suggestions."""
    sql = f"""(SELECT jsonb_build_object('slug', t.slug, 'label', t.title, 'kind', t.kind,
                                         'year', t.year, 'poster', {POSTER})
               FROM catalog_titles t WHERE {_LISTED} AND {visible(ctx)})"""  # noqa: S608  (our own clauses)
    return sql, visible_values(ctx)


_FOUND: Final = "FROM catalog_people p WHERE p.space_id = :space AND p.id = m.ref_id"


def _person_visible(ctx: ReadContext) -> Fragment:
    return f"EXISTS (SELECT {_FOUND} AND {person_visible(ctx)})", suitable_values(ctx)


def _person_brief(ctx: ReadContext) -> Fragment:
    sql = f"""(SELECT jsonb_build_object('slug', p.slug, 'label', p.name)
               {_FOUND} AND {person_visible(ctx)})"""
    return sql, suitable_values(ctx)


_LINKS: Final = text(
    "SELECT id, slug, name FROM catalog_people "
    "WHERE space_id = :space AND id = ANY(cast(:ids AS uuid[]))"
)


def _load_people(ctx: ReadContext, ids: Sequence[UUID]) -> TextClause:
    return _LINKS.bindparams(space=ctx.space_id, ids=list(ids))


PERSON_CARDS: Final = Cards(
    "person",
    model=PersonLink,
    kinds=("person",),
    visible=_person_visible,
    brief=_person_brief,
    load=_load_people,
    shape=PersonLink.model_validate,
)
