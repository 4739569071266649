"""The SQL of one work and its lists: one statement prepares, one writes.

All lists of a work are written by CTEs of the statement that writes the work itself; foreign keys
are checked at its end. Words and people that do not exist yet are made by the statement before
(it also reads what the rules need), so that the writing one sees also those that somebody else
makes in the same moment.
"""

from __future__ import annotations

from typing import Final

NEW_TERMS: Final = """
    INSERT INTO catalog_terms (space_id, scheme, slug, name)
    SELECT :space, w.scheme, w.slug, w.name
    FROM jsonb_to_recordset(cast(:words AS jsonb)) AS w (scheme text, slug text, name text)
    WHERE NOT EXISTS (SELECT 1 FROM catalog_terms t WHERE t.space_id = :space
                      AND t.scheme = w.scheme AND t.slug = w.slug)
    ORDER BY w.scheme, w.slug
    ON CONFLICT DO NOTHING
"""

NEW_PEOPLE: Final = """
    INSERT INTO catalog_people (space_id, slug, name, sort_key, name_key)
    SELECT :space,
           CASE WHEN n.nth = 1 AND NOT EXISTS (SELECT 1 FROM catalog_people q
                    WHERE q.space_id = :space AND q.slug = n.slug)
                THEN n.slug ELSE n.slug || '-' || substr(md5(n.name_key), 1, 8) END,
           n.name, n.sort_key, n.name_key
    FROM (SELECT w.*, row_number() OVER (PARTITION BY w.slug ORDER BY w.name_key) AS nth
          FROM jsonb_to_recordset(cast(:people AS jsonb))
               AS w (name text, name_key text, sort_key text, slug text)
          WHERE NOT EXISTS (SELECT 1 FROM catalog_people p
                            WHERE p.space_id = :space AND p.name_key = w.name_key)
            AND NOT EXISTS (SELECT 1 FROM catalog_person_aliases a
                            WHERE a.space_id = :space AND a.name_key = w.name_key)) n
    ORDER BY n.name_key
    ON CONFLICT DO NOTHING
"""

OWNERS: Final = """
    coalesce((SELECT jsonb_agg(jsonb_build_object(
         'scheme', w.scheme, 'value', w.value, 'is_seen', ({seen}) IS TRUE, 'id', o.id,
         'slug', o.slug, 'title', o.title)
         ORDER BY w.scheme, w.value)
     FROM jsonb_to_recordset(cast(:ids AS jsonb)) AS w (scheme text, value text)
     JOIN catalog_external_ids e
       ON e.space_id = :space AND e.scheme = w.scheme AND e.value = w.value
     JOIN catalog_titles o ON o.space_id = e.space_id AND o.id = e.title_id
     WHERE o.id <> {me}), '[]')
"""
"""Which other works have wanted external ids; ``seen`` says of a work ``o`` whether to name it."""

SLUG_TAKEN: Final = """
    (EXISTS (SELECT 1 FROM catalog_titles n
             WHERE n.space_id = :space AND n.slug = :slug AND n.id <> {me})
     OR EXISTS (SELECT 1 FROM catalog_aliases a
                WHERE a.space_id = :space AND a.alias = :slug AND a.title_id <> {me}))
"""

INSERT: Final = """
    INSERT INTO catalog_titles
        (space_id, id, slug, kind, status, title, original_title, sort_title, sort_key, title_key,
         synopsis, year, released_on, runtime_minutes, age_rating, minimum_age, rating,
         details,
         available_from, available_until, poster_id, added_by, created_at, updated_at)
    SELECT :space, :id,
           CASE WHEN {taken} THEN cast(:slug AS text) || '-' || right(cast(:id AS text), 8)
                ELSE :slug END,
           :kind, :status, :title, cast(:original_title AS text), :sort_title, :sort_key,
           :title_key, cast(:synopsis AS text), cast(:year AS smallint),
           cast(:released_on AS date), cast(:runtime_minutes AS integer),
           cast(:age_rating AS text), cast(:minimum_age AS smallint), cast(:rating AS smallint),
           cast(:details AS jsonb),
           cast(:available_from AS timestamptz), cast(:available_until AS timestamptz),
           cast(:poster AS uuid), cast(:added_by AS uuid), :now, :now
    ON CONFLICT (space_id, slug) DO NOTHING
    RETURNING id, slug
"""

TYPES: Final = {
    "slug": "text",
    "kind": "text",
    "status": "text",
    "title": "text",
    "original_title": "text",
    "sort_title": "text",
    "sort_key": "text",
    "title_key": "text",
    "synopsis": "text",
    "year": "smallint",
    "released_on": "date",
    "runtime_minutes": "integer",
    "age_rating": "text",
    "minimum_age": "smallint",
    "rating": "smallint",
    "details": "jsonb",
    "available_from": "timestamptz",
    "available_until": "timestamptz",
    "edited_at": "timestamptz",
    "edited_fields": "text[]",
}
"""Columns that an edit may set."""


def update_of(columns: list[str]) -> str:
    """Set columns of the work ``:id`` (each of :data:`TYPES`) and move its revision."""
    sets = "".join(f"{name} = cast(:{name} AS {TYPES[name]}), " for name in columns)
    return (
        f"UPDATE catalog_titles SET {sets} revision = revision + 1, updated_at = :now "  # noqa: S608  (our own names)
        "WHERE space_id = :space AND id = :id RETURNING id, slug"
    )


_IDS_GONE: Final = """
    DELETE FROM catalog_external_ids e
    USING made, jsonb_to_recordset(cast(:dropped_ids AS jsonb)) AS w (scheme text, value text)
    WHERE e.space_id = :space AND e.title_id = made.id
      AND e.scheme = w.scheme AND e.value = w.value
"""
_IDS_NEW: Final = """
    INSERT INTO catalog_external_ids (space_id, scheme, value, title_id)
    SELECT :space, w.scheme, w.value, made.id
    FROM made, jsonb_to_recordset(cast(:ids AS jsonb)) AS w (scheme text, value text)
    ON CONFLICT DO NOTHING
    RETURNING scheme
"""
_TERMS_GONE: Final = """
    DELETE FROM catalog_title_terms x
    USING made, catalog_terms t
    WHERE x.space_id = :space AND x.title_id = made.id
      AND t.space_id = :space AND t.id = x.term_id
      AND t.scheme = ANY(cast(:schemes AS text[]))
      AND NOT EXISTS (
          SELECT 1 FROM jsonb_to_recordset(cast(:words AS jsonb)) AS w (scheme text, slug text)
          WHERE w.scheme = t.scheme AND w.slug = t.slug)
"""
_TERMS_NEW: Final = """
    INSERT INTO catalog_title_terms (space_id, term_id, title_id)
    SELECT :space, t.id, made.id
    FROM made
    CROSS JOIN jsonb_to_recordset(cast(:words AS jsonb)) AS w (scheme text, slug text)
    JOIN catalog_terms t ON t.space_id = :space AND t.scheme = w.scheme AND t.slug = w.slug
    ON CONFLICT DO NOTHING
"""
_CREDITS_GONE: Final = """
    DELETE FROM catalog_credits c USING made
    WHERE c.space_id = :space AND c.title_id = made.id
      AND (c.position > :credits_count OR c.position < 1)
"""
_CREDITS_NEW: Final = """
    INSERT INTO catalog_credits AS c (space_id, title_id, position, person_id, job, character)
    SELECT :space, made.id, w.position, p.id, w.job, w.character
    FROM made
    CROSS JOIN jsonb_to_recordset(cast(:credits AS jsonb))
               AS w (position smallint, person_id uuid, name_key text, job text, character text)
    CROSS JOIN LATERAL (
        (SELECT n.id FROM catalog_people n
         WHERE w.person_id IS NULL AND n.space_id = :space AND n.name_key = w.name_key
         ORDER BY n.distinction LIMIT 1)
        UNION ALL
        (SELECT n.id FROM catalog_people n WHERE n.space_id = :space AND n.id = w.person_id)
        UNION ALL
        (SELECT a.person_id FROM catalog_person_aliases a
         WHERE a.space_id = :space
           AND (a.id = w.person_id OR w.person_id IS NULL AND a.name_key = w.name_key)
         ORDER BY a.id LIMIT 1)
        LIMIT 1) p
    ON CONFLICT (space_id, title_id, position) DO UPDATE
    SET person_id = excluded.person_id, job = excluded.job, character = excluded.character
    RETURNING position
"""
_SEASONS_GONE: Final = """
    DELETE FROM catalog_seasons s USING made
    WHERE s.space_id = :space AND s.title_id = made.id
      AND NOT s.number = ANY(cast(:season_numbers AS smallint[]))
"""
_SEASONS_NEW: Final = """
    INSERT INTO catalog_seasons AS s (space_id, title_id, number, title, expected_episodes)
    SELECT :space, made.id, w.number, w.title, w.expected_episodes
    FROM made, jsonb_to_recordset(cast(:seasons AS jsonb))
               AS w (number smallint, title text, expected_episodes smallint)
    ON CONFLICT (space_id, title_id, number) DO UPDATE
    SET title = excluded.title, expected_episodes = excluded.expected_episodes
"""
_SEASONS_MORE: Final = """
    INSERT INTO catalog_seasons (space_id, title_id, number)
    SELECT :space, made.id, unnest(cast(:season_numbers AS smallint[])) FROM made
    ON CONFLICT DO NOTHING
"""
_EPISODES_GONE: Final = """
    DELETE FROM catalog_episodes e USING made
    WHERE e.space_id = :space AND e.title_id = made.id
      AND e.season = ANY(cast(:listed_seasons AS smallint[]))
      AND NOT EXISTS (
          SELECT 1 FROM jsonb_to_recordset(cast(:episodes AS jsonb))
                        AS w (season smallint, number smallint)
          WHERE w.season = e.season AND w.number = e.number)
"""
_EPISODES_NEW: Final = """
    INSERT INTO catalog_episodes AS e
        (space_id, title_id, season, number, title, synopsis, aired_on, runtime_minutes)
    SELECT :space, made.id, w.season, w.number, w.title, w.synopsis, w.aired_on, w.runtime_minutes
    FROM made, jsonb_to_recordset(cast(:episodes AS jsonb))
               AS w (season smallint, number smallint, title text, synopsis text,
                     aired_on date, runtime_minutes integer)
    ON CONFLICT (space_id, title_id, season, number) DO UPDATE
    SET title = excluded.title, synopsis = excluded.synopsis, aired_on = excluded.aired_on,
        runtime_minutes = excluded.runtime_minutes
"""

LISTS: Final = {
    "ids": {"ids_gone": _IDS_GONE, "ids_new": _IDS_NEW},
    "words": {"terms_gone": _TERMS_GONE, "terms_new": _TERMS_NEW},
    "credits": {"credits_gone": _CREDITS_GONE, "credits_new": _CREDITS_NEW},
    "seasons": {
        "seasons_gone": _SEASONS_GONE,
        "seasons_new": _SEASONS_NEW,
        "episodes_gone": _EPISODES_GONE,
        "episodes_new": _EPISODES_NEW,
    },
    "season": {
        "seasons_new": _SEASONS_NEW,
        "episodes_gone": _EPISODES_GONE,
        "episodes_new": _EPISODES_NEW,
    },
    "episode": {"seasons_more": _SEASONS_MORE, "episodes_new": _EPISODES_NEW},
}
"""The CTEs that write each list of the work ``made``: a whole list, or one season or episode."""


def writing(made: str, lists: list[str]) -> str:
    """One statement: the work by ``made``, and the named :data:`LISTS`.

    Answers ``id`` and ``slug`` (null when nothing was made), and how many ids and credits went in.
    """
    parts = {"made": made}
    for name in lists:
        parts.update(LISTS[name])
    ctes = ", ".join(f"{name} AS ({sql})" for name, sql in parts.items())
    ids = "(SELECT count(*) FROM ids_new)" if "ids" in lists else "0"
    credits_ = "(SELECT count(*) FROM credits_new)" if "credits" in lists else "0"
    return (
        f"WITH {ctes} SELECT (SELECT id FROM made) AS id, (SELECT slug FROM made) AS slug, "  # noqa: S608  (our own names)
        f"{ids} AS ids, {credits_} AS credits"
    )


def preparing(select: str) -> str:
    """The given select, after the words and people it will need are made."""
    return f"WITH new_terms AS ({NEW_TERMS}), new_people AS ({NEW_PEOPLE}) {select}"
