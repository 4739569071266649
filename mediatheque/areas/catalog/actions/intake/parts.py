"""The lists of a work that come in bulk: ids, terms, credits, seasons and episodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.rules.names import person_sort_key
from mediatheque.kit.db import Stage, encode
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from psycopg import AsyncConnection

    from mediatheque.areas.catalog.actions.intake.drafts import TitleDraft

IDS = Stage(
    "stage_ids", {"title_id": "uuid", "is_new": "boolean", "scheme": "text", "value": "text"}
)
TERMS = Stage(
    "stage_terms",
    {
        "title_id": "uuid",
        "is_new": "boolean",
        "scheme": "text",
        "slug": "text",
        "name": "text",
    },
)
CREDITS = Stage(
    "stage_credits",
    {
        "title_id": "uuid",
        "is_new": "boolean",
        "ord": "int",
        "name": "text",
        "name_key": "text",
        "job": "text",
        "character": "text",
    },
)
PEOPLE = Stage(
    "stage_people", {"name_key": "text", "name": "text", "slug": "text", "sort_key": "text"}
)
SEASONS = Stage(
    "stage_seasons",
    {"title_id": "uuid", "number": "smallint", "title": "text", "expected_episodes": "smallint"},
)
EPISODES = Stage(
    "stage_episodes",
    {
        "title_id": "uuid",
        "season": "smallint",
        "number": "smallint",
        "title": "text",
        "synopsis": "text",
        "aired_on": "date",
        "runtime_minutes": "int",
    },
)

_ADD_IDS = """
    WITH added AS (
        INSERT INTO catalog_external_ids (space_id, scheme, value, title_id, import_id)
        SELECT DISTINCT ON (s.scheme, s.value)
               %(space)s::uuid, s.scheme, s.value, s.title_id, %(import)s::uuid
        FROM stage_ids s
        WHERE s.is_new OR %(mode)s::text = 'overwrite' OR NOT EXISTS (
            SELECT 1 FROM catalog_external_ids e
            WHERE e.space_id = %(space)s AND e.title_id = s.title_id AND e.scheme = s.scheme)
        ORDER BY s.scheme, s.value, s.title_id
        ON CONFLICT DO NOTHING
        RETURNING title_id
    )
    SELECT DISTINCT a.title_id FROM added a JOIN stage_ids s USING (title_id) WHERE NOT s.is_new
"""
_MAKE_TERMS = """
    INSERT INTO catalog_terms (space_id, scheme, slug, name, import_id)
    SELECT %(space)s, scheme, slug, min(name), %(import)s
    FROM stage_terms s
    WHERE NOT EXISTS (SELECT 1 FROM catalog_terms t WHERE t.space_id = %(space)s
                      AND t.scheme = s.scheme AND t.slug = s.slug)
    GROUP BY scheme, slug
    ORDER BY scheme, slug
    ON CONFLICT DO NOTHING
"""
_ADD_TERMS = """
    WITH added AS (
        INSERT INTO catalog_title_terms (space_id, term_id, title_id, import_id)
        SELECT %(space)s::uuid, t.id, s.title_id, %(import)s::uuid
        FROM stage_terms s
        JOIN catalog_terms t
          ON t.space_id = %(space)s AND t.scheme = s.scheme AND t.slug = s.slug
        WHERE s.is_new OR %(mode)s::text = 'overwrite' OR NOT EXISTS (
            SELECT 1 FROM catalog_title_terms x
            JOIN catalog_terms y ON y.space_id = x.space_id AND y.id = x.term_id
            WHERE x.space_id = %(space)s AND x.title_id = s.title_id AND y.scheme = s.scheme)
        ON CONFLICT DO NOTHING
        RETURNING title_id
    )
    SELECT DISTINCT a.title_id FROM added a JOIN stage_terms s USING (title_id) WHERE NOT s.is_new
"""
_MAKE_PEOPLE = """
    INSERT INTO catalog_people (space_id, slug, name, sort_key, name_key, import_id)
    SELECT %(space)s::uuid,
           CASE WHEN s.nth = 1 AND NOT EXISTS (SELECT 1 FROM catalog_people q
                    WHERE q.space_id = %(space)s AND q.slug = s.slug)
                THEN s.slug ELSE s.slug || '-' || substr(md5(s.name_key), 1, 8) END,
           s.name, s.sort_key, s.name_key, %(import)s::uuid
    FROM (SELECT *, row_number() OVER (PARTITION BY slug ORDER BY name_key) AS nth
          FROM stage_people n
          WHERE NOT EXISTS (SELECT 1 FROM catalog_people p
                            WHERE p.space_id = %(space)s AND p.name_key = n.name_key)
            AND NOT EXISTS (SELECT 1 FROM catalog_person_aliases a
                            WHERE a.space_id = %(space)s AND a.name_key = n.name_key)) s
    ORDER BY s.name_key
    ON CONFLICT DO NOTHING
"""
_ADD_CREDITS = """
    WITH added AS (
        INSERT INTO catalog_credits
               (space_id, title_id, position, person_id, job, character, import_id)
        SELECT %(space)s::uuid, s.title_id,
               s.ord + CASE WHEN s.is_new THEN 0 ELSE coalesce((
                   SELECT max(c.position) FROM catalog_credits c
                   WHERE c.space_id = %(space)s AND c.title_id = s.title_id), 0) END,
               p.id, s.job, s.character, %(import)s::uuid
        FROM stage_credits s
        JOIN LATERAL (
            (SELECT p.id FROM catalog_people p
             WHERE p.space_id = %(space)s AND p.name_key = s.name_key
             ORDER BY p.distinction LIMIT 1)
            UNION ALL
            (SELECT a.person_id FROM catalog_person_aliases a
             WHERE a.space_id = %(space)s AND a.name_key = s.name_key ORDER BY a.id LIMIT 1)
            LIMIT 1) p ON true
        WHERE s.is_new
           OR (%(mode)s::text = 'fill' AND NOT EXISTS (
               SELECT 1 FROM catalog_credits c
               WHERE c.space_id = %(space)s AND c.title_id = s.title_id))
           OR (%(mode)s::text = 'overwrite' AND NOT EXISTS (
               SELECT 1 FROM catalog_credits c
               WHERE c.space_id = %(space)s AND c.title_id = s.title_id
                 AND c.person_id = p.id AND c.job = s.job))
        ON CONFLICT DO NOTHING
        RETURNING title_id
    )
    SELECT DISTINCT a.title_id FROM added a JOIN stage_credits s USING (title_id)
    WHERE NOT s.is_new
"""
_ADD_SEASONS = """
    INSERT INTO catalog_seasons (space_id, title_id, number, title, expected_episodes, import_id)
    SELECT %(space)s, title_id, number, max(title), max(expected_episodes), %(import)s
    FROM stage_seasons
    GROUP BY title_id, number
    ORDER BY title_id, number
    ON CONFLICT (space_id, title_id, number) DO NOTHING
    RETURNING title_id
"""
_ADD_EPISODES = """
    INSERT INTO catalog_episodes (space_id, title_id, season, number, title, synopsis, aired_on,
                                  runtime_minutes, import_id)
    SELECT %(space)s, title_id, season, number, max(title), max(synopsis), max(aired_on),
           max(runtime_minutes), %(import)s
    FROM stage_episodes
    GROUP BY title_id, season, number
    ORDER BY title_id, season, number
    ON CONFLICT (space_id, title_id, season, number) DO NOTHING
    RETURNING title_id
"""


async def _ids_of(connection: AsyncConnection[Any], sql: str, values: dict[str, Any]) -> set[UUID]:
    return {row[0] for row in await (await connection.execute(sql, values)).fetchall()}


class Lists:
    """The lists of a batch's works, made ready in threads while the works themselves go in."""

    def __init__(self, drafts: Sequence[TitleDraft]) -> None:
        self.ids = encode((d.title_id, d.is_new, *pair) for d in drafts for pair in d.ids.items())
        self.terms = encode((d.title_id, d.is_new, *term) for d in drafts for term in d.terms)
        credited = _first_of_each(drafts)
        self.credits = encode(
            (d.title_id, d.is_new, place, c.name, c.name_key, c.job, c.character)
            for d in credited
            for place, c in enumerate(d.credits, 1)
        )
        self.people = encode(_people(credited))


def _people(drafts: Sequence[TitleDraft]) -> Iterator[tuple[str, str, str, str]]:
    seen: set[str] = set()
    for draft in drafts:
        for credit in draft.credits:
            key, name = credit.name_key, credit.name
            if key not in seen:
                seen.add(key)
                yield key, name, slugify(name), person_sort_key(name)


async def add_ids(
    connection: AsyncConnection[Any], lists: Lists, values: dict[str, Any]
) -> set[UUID]:
    """Add external ids that nothing else has; answers the existing works that got one."""
    rows = await lists.ids
    if not rows:
        return set()
    await IDS.fill(connection, rows)
    return await _ids_of(connection, _ADD_IDS, values)


async def add_terms(
    connection: AsyncConnection[Any], lists: Lists, values: dict[str, Any]
) -> set[UUID]:
    """Add terms, making new words; answers the existing works that got one."""
    rows = await lists.terms
    if not rows:
        return set()
    await TERMS.fill(connection, rows)
    await connection.execute(_MAKE_TERMS, values)
    return await _ids_of(connection, _ADD_TERMS, values)


async def add_credits(
    connection: AsyncConnection[Any], lists: Lists, values: dict[str, Any]
) -> set[UUID]:
    """Add credits, making new people; answers the existing works that got one."""
    rows = await lists.credits
    if not rows:
        return set()
    await CREDITS.fill(connection, rows)
    await PEOPLE.fill(connection, await lists.people)
    await connection.execute(_MAKE_PEOPLE, values)
    return await _ids_of(connection, _ADD_CREDITS, values)


async def add_episodes(
    connection: AsyncConnection[Any], drafts: Sequence[TitleDraft], values: dict[str, Any]
) -> set[UUID]:
    """Add seasons and episodes that are not there; answers the works that grew."""
    seasons = [
        (d.title_id, s.number, s.title, s.expected_episodes) for d in drafts for s in d.seasons
    ]
    episodes = [
        (d.title_id, e.season, e.number, e.title, e.synopsis, e.aired_on, e.runtime_minutes)
        for d in drafts
        for e in d.episodes
    ]
    seasons += [(title_id, season, None, None) for title_id, season, *_ in episodes]
    if not seasons:
        return set()
    await SEASONS.fill(connection, seasons)
    grown = await _ids_of(connection, _ADD_SEASONS, values)
    if episodes:
        await EPISODES.fill(connection, episodes)
        grown |= await _ids_of(connection, _ADD_EPISODES, values)
    return grown


def _first_of_each(drafts: Sequence[TitleDraft]) -> list[TitleDraft]:
    """Credits are taken from the first draft of a work that has some."""
    chosen: dict[UUID, TitleDraft] = {}
    for draft in drafts:
        if draft.credits:
            chosen.setdefault(draft.title_id, draft)
    return list(chosen.values())
