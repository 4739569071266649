"""What the library does when the catalogue makes one work of two, and two again.

Editions, copies, notes, ratings, marks and origins follow the work that stays. Where both works
have the same (an edition of one key, a person's rating), the one of the work that stays is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from mediatheque.areas.catalog.actions.merges import MergeFollower

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context

_SNAPSHOT: Final = """
    SELECT coalesce((SELECT jsonb_agg(to_jsonb(x)) FROM library_editions x
                     WHERE x.space_id = :space AND x.title_id = :gone), '[]') AS editions,
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'edition_id', x.edition_id))
                     FROM library_copies x
                     WHERE x.space_id = :space AND x.title_id = :gone), '[]') AS copies,
           coalesce((SELECT jsonb_agg(x.id) FROM library_notes x
                     WHERE x.space_id = :space AND x.title_id = :gone), '[]') AS notes,
           coalesce((SELECT jsonb_agg(to_jsonb(x)) FROM library_ratings x
                     WHERE x.space_id = :space AND x.title_id = :gone), '[]') AS ratings,
           coalesce((SELECT jsonb_agg(to_jsonb(x)) FROM library_marks x
                     WHERE x.space_id = :space AND x.title_id = :gone), '[]') AS marks,
           coalesce((SELECT jsonb_agg(jsonb_build_object(
                         'source', x.source, 'key', x.key, 'ordinal', x.ordinal))
                     FROM library_origins x
                     WHERE x.space_id = :space AND x.title_id = :gone), '[]') AS origins
"""
_TWIN: Final = """
    k.space_id = g.space_id AND k.title_id = :kept AND k.format = g.format
    AND k.resolution = g.resolution AND k.region = g.region AND k.name = g.name
    AND k.barcode = g.barcode
"""
_MOVE_EDITIONS: Final = f"""
    UPDATE library_editions g SET title_id = :kept
    WHERE g.space_id = :space AND g.title_id = :gone
      AND NOT EXISTS (SELECT 1 FROM library_editions k WHERE {_TWIN})
"""  # noqa: S608  (a constant)
_MOVE_COPIES: Final = f"""
    UPDATE library_copies c
    SET title_id = :kept,
        edition_id = coalesce(
            (SELECT k.id FROM library_editions g JOIN library_editions k ON {_TWIN}
             WHERE g.space_id = :space AND g.id = c.edition_id AND g.title_id = :gone),
            c.edition_id)
    WHERE c.space_id = :space AND c.title_id = :gone
    RETURNING c.id, c.edition_id
"""  # noqa: S608  (a constant)
_MOVE_REST: Final = """
    WITH notes AS (
        UPDATE library_notes SET title_id = :kept WHERE space_id = :space AND title_id = :gone),
    origins AS (
        UPDATE library_origins SET title_id = :kept WHERE space_id = :space AND title_id = :gone),
    ratings AS (
        UPDATE library_ratings g SET title_id = :kept
        WHERE g.space_id = :space AND g.title_id = :gone
          AND NOT EXISTS (SELECT 1 FROM library_ratings k WHERE k.space_id = :space
                          AND k.title_id = :kept AND k.user_id = g.user_id)
        RETURNING g.user_id),
    marks AS (
        UPDATE library_marks g SET title_id = :kept
        WHERE g.space_id = :space AND g.title_id = :gone
          AND NOT EXISTS (SELECT 1 FROM library_marks k WHERE k.space_id = :space
                          AND k.title_id = :kept AND k.user_id = g.user_id
                          AND k.season = g.season AND k.episode = g.episode)
        RETURNING g.user_id, g.season, g.episode)
    SELECT coalesce((SELECT jsonb_agg(user_id) FROM ratings), '[]') AS ratings,
           coalesce((SELECT jsonb_agg(to_jsonb(marks)) FROM marks), '[]') AS marks
"""

_UNDO_EDITIONS: Final = """
    INSERT INTO library_editions AS own ({columns})
    SELECT {columns}
    FROM jsonb_populate_recordset(NULL::library_editions, cast(:editions AS jsonb)) r
    ON CONFLICT (space_id, id) DO UPDATE SET title_id = :gone WHERE own.title_id = :kept
"""
# A copy goes back to its edition unless somebody moved it to another since; whatever is of an
# edition that went back goes with it.
_UNDO_COPIES: Final = """
    UPDATE library_copies c SET title_id = :gone, edition_id = r.edition_id
    FROM jsonb_to_recordset(cast(:copies AS jsonb)) AS r (id uuid, edition_id uuid, merged_id uuid)
    WHERE c.space_id = :space AND c.id = r.id AND c.edition_id = r.merged_id
"""
_UNDO_NEWER: Final = """
    UPDATE library_copies c SET title_id = :gone FROM library_editions e
    WHERE c.space_id = :space AND c.title_id = :kept AND e.space_id = c.space_id
      AND e.id = c.edition_id AND e.title_id = :gone
"""
_UNDO_RATINGS: Final = """
    WITH given AS (
        SELECT r.* FROM jsonb_populate_recordset(NULL::library_ratings, cast(:ratings AS jsonb)) r),
    moved AS (
        DELETE FROM library_ratings k USING given g
        WHERE k.space_id = :space AND k.title_id = :kept AND k.user_id = g.user_id
          AND k.user_id = ANY(cast(:rating_users AS uuid[]))
          AND k.value = g.value AND k.edited_at IS NOT DISTINCT FROM g.edited_at)
    INSERT INTO library_ratings ({columns}) SELECT {columns} FROM given ON CONFLICT DO NOTHING
"""
_UNDO_MARKS: Final = """
    WITH given AS (
        SELECT r.* FROM jsonb_populate_recordset(NULL::library_marks, cast(:marks AS jsonb)) r),
    moved AS (
        DELETE FROM library_marks k
        USING given g, jsonb_to_recordset(cast(:moved_marks AS jsonb))
                       AS m (user_id uuid, season smallint, episode smallint)
        WHERE k.space_id = :space AND k.title_id = :kept AND k.user_id = g.user_id
          AND k.season = g.season AND k.episode = g.episode
          AND m.user_id = g.user_id AND m.season = g.season AND m.episode = g.episode
          AND k.status = g.status AND k.times = g.times
          AND k.edited_at IS NOT DISTINCT FROM g.edited_at)
    INSERT INTO library_marks ({columns}) SELECT {columns} FROM given ON CONFLICT DO NOTHING
"""
_UNDO_REST: Final = """
    WITH notes AS (
        UPDATE library_notes SET title_id = :gone
        WHERE space_id = :space AND title_id = :kept AND id = ANY(cast(:notes AS uuid[])))
    UPDATE library_origins o SET title_id = :gone
    FROM jsonb_to_recordset(cast(:origins AS jsonb)) AS r (source text, key text, ordinal smallint)
    WHERE o.space_id = :space AND o.title_id = :kept
      AND o.source = r.source AND o.key = r.key AND o.ordinal = r.ordinal
"""


async def _follow(ctx: Context, gone: UUID, kept: UUID) -> dict[str, Any]:
    """Move what hangs on the work that goes; answers what was there and what moved."""
    values = {"space": ctx.space_id, "gone": gone, "kept": kept}
    snapshot = dict((await ctx.db.execute(_SNAPSHOT, values)).mappings().one())
    await ctx.db.execute(_MOVE_EDITIONS, values)
    merged = (await ctx.db.execute(_MOVE_COPIES, values)).mappings()
    merged_ids = {str(row["id"]): str(row["edition_id"]) for row in merged}
    for copy in snapshot["copies"]:
        copy["merged_id"] = merged_ids[copy["id"]]
    moved = (await ctx.db.execute(_MOVE_REST, values)).mappings().one()
    return {**snapshot, "moved": dict(moved), "gone": str(gone), "kept": str(kept)}


async def _undo(ctx: Context, snapshot: dict[str, Any]) -> None:
    """Put everything back that is still as the merge left it."""
    values = {
        "space": ctx.space_id,
        "gone": snapshot["gone"],
        "kept": snapshot["kept"],
        "notes": snapshot["notes"],
        "rating_users": snapshot["moved"]["ratings"],
        "moved_marks": orjson.dumps(snapshot["moved"]["marks"]).decode(),
        **{
            name: orjson.dumps(snapshot[name]).decode()
            for name in ("editions", "copies", "ratings", "marks", "origins")
        },
    }
    for statement, rows in (
        (_UNDO_EDITIONS, "editions"),
        (_UNDO_COPIES, "copies"),
        (_UNDO_NEWER, "copies"),
        (_UNDO_RATINGS, "ratings"),
        (_UNDO_MARKS, "marks"),
        (_UNDO_REST, ""),
    ):
        if not rows or snapshot[rows]:
            await ctx.db.execute(_with_columns(statement, snapshot.get(rows)), values)


def _with_columns(statement: str, rows: list[dict[str, Any]] | None) -> str:
    """The columns that the rows had: a snapshot outlives new ones."""
    return statement.replace("{columns}", ", ".join(rows[0])) if rows else statement


FOLLOWER: Final = MergeFollower("library", follow=_follow, undo=_undo)
