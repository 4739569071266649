"""The SQL of merges. Rows are kept as JSON objects of all their columns."""

from __future__ import annotations

from typing import Final

_ROWS: Final = """
    coalesce((SELECT jsonb_agg(to_jsonb(x) ORDER BY {order}) FROM {table} x
              WHERE x.space_id = :space AND {condition}), '[]')
"""

LISTS: Final = {
    "ids": ("catalog_external_ids", "x.title_id = :gone", "x.scheme, x.value"),
    "terms": ("catalog_title_terms", "x.title_id = :gone", "x.term_id"),
    "credits": ("catalog_credits", "x.title_id = :gone", "x.position"),
    "seasons": ("catalog_seasons", "x.title_id = :gone", "x.number"),
    "episodes": ("catalog_episodes", "x.title_id = :gone", "x.season, x.number"),
    "aliases": ("catalog_aliases", "x.title_id = :gone", "x.alias"),
    "duplicates": ("catalog_duplicates", "(x.left_id = :gone OR x.right_id = :gone)", "x.id"),
}
"""Part of a snapshot → table, whose rows, in which order."""


def snapshot() -> str:
    """Both works, and all that hangs on the one that goes."""
    lists = ", ".join(
        f"{_ROWS.format(table=table, condition=condition, order=order)} AS {name}"
        for name, (table, condition, order) in LISTS.items()
    )
    return f"""
        SELECT (SELECT to_jsonb(t) FROM catalog_titles t
                WHERE t.space_id = :space AND t.id = :kept) AS kept,
               (SELECT to_jsonb(t) FROM catalog_titles t
                WHERE t.space_id = :space AND t.id = :gone) AS gone,
               {lists}
    """  # noqa: S608  (the parts are constants)


LOCK: Final = """
    SELECT id FROM catalog_titles WHERE space_id = :space AND id IN (:kept, :gone)
    ORDER BY id FOR UPDATE
"""

MOVE: Final = """
    WITH ids AS (
        UPDATE catalog_external_ids SET title_id = :kept
        WHERE space_id = :space AND title_id = :gone),
    terms AS (
        INSERT INTO catalog_title_terms (space_id, term_id, title_id, import_id)
        SELECT x.space_id, x.term_id, :kept, x.import_id FROM catalog_title_terms x
        WHERE x.space_id = :space AND x.title_id = :gone
        ON CONFLICT DO NOTHING RETURNING term_id),
    credits AS (
        INSERT INTO catalog_credits
            (space_id, title_id, position, person_id, job, character, import_id)
        SELECT g.space_id, :kept,
               (SELECT coalesce(max(k.position), 0) FROM catalog_credits k
                WHERE k.space_id = :space AND k.title_id = :kept)
               + row_number() OVER (ORDER BY g.position),
               g.person_id, g.job, g.character, g.import_id
        FROM catalog_credits g
        WHERE g.space_id = :space AND g.title_id = :gone
          AND NOT EXISTS (SELECT 1 FROM catalog_credits k
                          WHERE k.space_id = :space AND k.title_id = :kept
                            AND k.person_id = g.person_id AND k.job = g.job)
        RETURNING position, person_id, job, character),
    seasons AS (
        UPDATE catalog_seasons g SET title_id = :kept
        WHERE g.space_id = :space AND g.title_id = :gone
          AND NOT EXISTS (SELECT 1 FROM catalog_seasons k WHERE k.space_id = :space
                          AND k.title_id = :kept AND k.number = g.number)),
    episodes AS (
        UPDATE catalog_episodes g SET title_id = :kept
        WHERE g.space_id = :space AND g.title_id = :gone
          AND EXISTS (SELECT 1 FROM catalog_seasons k WHERE k.space_id = :space
                      AND k.title_id = :kept AND k.number = g.season)
          AND NOT EXISTS (SELECT 1 FROM catalog_episodes k WHERE k.space_id = :space
                          AND k.title_id = :kept AND k.season = g.season
                          AND k.number = g.number)),
    aliases AS (
        UPDATE catalog_aliases SET title_id = :kept
        WHERE space_id = :space AND title_id = :gone)
    SELECT coalesce((SELECT jsonb_agg(term_id) FROM terms), '[]') AS terms,
           coalesce((SELECT jsonb_agg(to_jsonb(credits)) FROM credits), '[]') AS credits
"""

FINISH: Final = """
    WITH gone AS (
        DELETE FROM catalog_titles WHERE space_id = :space AND id = :gone),
    made AS (
        INSERT INTO catalog_merges
            (space_id, id, kept_id, gone_id, label, snapshot, merged_by, merged_at)
        VALUES (:space, :merge, :kept, :gone, :label, cast(:snapshot AS jsonb),
                cast(:actor AS uuid), :now))
    INSERT INTO catalog_aliases (space_id, alias, title_id, merge_id)
    SELECT :space, a, :kept, :merge FROM unnest(cast(:aliases AS text[])) AS a
    ON CONFLICT (space_id, alias) DO UPDATE
    SET title_id = excluded.title_id, merge_id = excluded.merge_id
"""

SET_COLUMNS: Final = """
    UPDATE catalog_titles t
    SET {sets} revision = t.revision + 1, updated_at = :now, edited_fields = :edited_fields
    FROM jsonb_populate_record(NULL::catalog_titles, cast(:row AS jsonb)) AS r
    WHERE t.space_id = :space AND t.id = :kept
"""
"""Write columns of the kept work from a JSON row."""


def set_columns(columns: list[str]) -> str:
    """:data:`SET_COLUMNS` for some columns of the table."""
    return SET_COLUMNS.format(sets="".join(f"{name} = r.{name}, " for name in columns))


MERGE: Final = """
    SELECT m.id, m.kept_id, m.gone_id, m.label, m.snapshot, m.undone_at,
           (SELECT to_jsonb(t) FROM catalog_titles t
            WHERE t.space_id = :space AND t.id = m.kept_id) AS kept,
           (SELECT x.id FROM catalog_merges x
            WHERE x.space_id = :space AND x.gone_id = m.kept_id AND x.undone_at IS NULL
            LIMIT 1) AS later_id,
           EXISTS (SELECT 1 FROM catalog_titles t WHERE t.space_id = :space
                   AND t.slug = m.snapshot -> 'gone' ->> 'slug') AS slug_taken,
           coalesce((SELECT jsonb_agg(f.id) FROM files_files f WHERE f.space_id = :space
             AND cast(f.id AS text) = ANY(ARRAY[m.snapshot -> 'gone' ->> 'poster_id',
                                                m.snapshot -> 'kept' ->> 'poster_id'])), '[]')
               AS files
    FROM catalog_merges m
    WHERE m.space_id = :space AND m.id = :merge AND NOT m.snapshot ? 'person' FOR UPDATE OF m
"""

_INTO: Final = """
    INSERT INTO {table} AS own ({columns})
    SELECT {selected} FROM jsonb_populate_recordset(NULL::{table}, cast(:rows AS jsonb)) AS r
    WHERE {condition} {conflict}
"""
_CONDITIONS: Final = {
    "terms": "EXISTS (SELECT 1 FROM catalog_terms o "
    "WHERE o.space_id = :space AND o.id = r.term_id)",
    "credits": "EXISTS (SELECT 1 FROM catalog_people o "
    "WHERE o.space_id = :space AND o.id = r.person_id)",
    "episodes": "NOT EXISTS (SELECT 1 FROM catalog_episodes o WHERE o.space_id = :space "
    "AND o.title_id = r.title_id AND o.season = r.season AND o.number = r.number)",
    "duplicates": "2 = (SELECT count(*) FROM catalog_titles o "
    "WHERE o.space_id = :space AND o.id IN (r.left_id, r.right_id))",
}
_BACK: Final = "DO UPDATE SET title_id = excluded.title_id WHERE own.title_id = :kept"
_CONFLICTS: Final = {
    "ids": f"ON CONFLICT (space_id, scheme, value) {_BACK}",
    "seasons": f"ON CONFLICT (space_id, id) {_BACK}",
    "episodes": f"ON CONFLICT (space_id, id) {_BACK}",
    "aliases": f"ON CONFLICT (space_id, alias) {_BACK}",
}


def restore(table: str, columns: list[str], part: str = "") -> str:
    """Put rows of a snapshot back; what only moved is moved back.

    ``columns`` are those the rows have, so that a snapshot outlives new columns.
    """
    return _INTO.format(
        table=table,
        columns=", ".join(columns),
        selected=", ".join(f"r.{name}" for name in columns),
        condition=_CONDITIONS.get(part, "true"),
        conflict=_CONFLICTS.get(part, "ON CONFLICT DO NOTHING") if part else "",
    )


TAKE_BACK: Final = """
    WITH aliases AS (
        DELETE FROM catalog_aliases
        WHERE space_id = :space AND merge_id = :merge AND title_id = :kept),
    terms AS (
        DELETE FROM catalog_title_terms
        WHERE space_id = :space AND title_id = :kept
          AND term_id = ANY(cast(:terms AS uuid[]))),
    credits AS (
        DELETE FROM catalog_credits c
        USING jsonb_populate_recordset(NULL::catalog_credits, cast(:credits AS jsonb)) AS r
        WHERE c.space_id = :space AND c.title_id = :kept AND c.position = r.position
          AND c.person_id = r.person_id AND c.job = r.job
          AND c.character IS NOT DISTINCT FROM r.character)
    UPDATE catalog_merges SET undone_at = :now WHERE space_id = :space AND id = :merge
"""
"""What the merge gave the kept work goes, unless it was changed since."""
