"""What a profile likes: from its favourite genres, ratings, marks and what it played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Uuid, bindparam, text

from mediatheque.areas.watch.rules.taste import Taste, taste_from
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.module import EXTENSIONS
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TASTE: Final = "watch.taste"
"""Under this name an area above may register what knows better: ``(ctx) -> Taste``."""

# Ratings and marks belong to the account: they say nothing of the children in it. Of each source
# only the latest count, so that a life of ratings costs no more than a year of them.
_TASTE: Final = """
    WITH played AS (
        SELECT b.ref_id AS channel_id, p.title_id, p.genres,
               least(b.watched_seconds / 3600.0, 1.0) AS weight
        FROM (SELECT * FROM watch_playbacks
              WHERE space_id = :space AND user_id = :viewer AND ref_kind = 'channel'
                AND profile_id IS NOT DISTINCT FROM :profile AND watched_seconds >= 60
                AND started_at > :now - interval '90 days'
              ORDER BY id DESC LIMIT 300) b
        LEFT JOIN LATERAL (
            SELECT q.title_id, q.genres, q.stop_at FROM live_programmes q
            WHERE q.space_id = :space AND q.channel_id = b.ref_id AND q.start_at <= b.started_at
            ORDER BY q.start_at DESC LIMIT 1) p ON p.stop_at > b.started_at
    ),
    rated AS (
        SELECT r.title_id, (r.value - 55) / 45.0 AS weight FROM library_ratings r
        WHERE r.space_id = :space AND r.user_id = :viewer AND :is_own
        ORDER BY r.edited_at DESC NULLS LAST LIMIT 1000
    ),
    marked AS (
        SELECT m.title_id, m.status, m.season FROM library_marks m
        WHERE m.space_id = :space AND m.user_id = :viewer AND :is_own
        ORDER BY m.edited_at DESC NULLS LAST LIMIT 1000
    ),
    liked AS (
        SELECT title_id, weight FROM rated
        UNION ALL SELECT title_id, weight FROM played WHERE title_id IS NOT NULL
        UNION ALL SELECT DISTINCT title_id, 0.3 FROM marked
    ),
    works AS (
        SELECT t.id,
               CASE WHEN bool_or(m.status = 'wanted' AND m.season = 0) THEN 1.0
                    WHEN t.kind = 'series' AND count(m.title_id) > 0 THEN 0.9
                    WHEN t.kind = 'series' THEN coalesce(max(r.weight), 0)
                    WHEN bool_or(m.status = 'finished') AND coalesce(max(r.weight), 0) < 0.7
                    THEN -0.5
                    ELSE coalesce(max(r.weight), 0) * 0.5 END AS weight
        FROM (SELECT title_id FROM marked UNION SELECT title_id FROM rated) o
        JOIN catalog_titles t ON t.space_id = :space AND t.id = o.title_id
        LEFT JOIN marked m ON m.title_id = o.title_id
        LEFT JOIN rated r ON r.title_id = o.title_id
        GROUP BY t.id, t.kind
    )
    SELECT 'work' AS what, id, NULL AS word, weight FROM works WHERE weight <> 0
    UNION ALL
    SELECT 'channel', channel_id, NULL, sum(weight) / 5 FROM played GROUP BY channel_id
    UNION ALL
    SELECT 'genre', NULL, word, sum(weight) FROM (
        SELECT replace(w.slug, '-', ' ') AS word, l.weight
        FROM liked l
        JOIN catalog_title_terms x ON x.space_id = :space AND x.title_id = l.title_id
        JOIN catalog_terms w ON w.space_id = :space AND w.id = x.term_id AND w.scheme = 'genre'
        UNION ALL
        SELECT genre, weight FROM played, unnest(played.genres) genre
        WHERE played.title_id IS NULL) g
    GROUP BY word
    UNION ALL
    SELECT 'favourite', NULL, genre, 1 FROM accounts_profiles f, unnest(f.genres) genre
    WHERE f.id = :profile
"""


@requires(Permission.LIVE_READ)
async def find_taste(ctx: ReadContext) -> Taste:
    """What the profile likes; one statement."""
    better: list[Callable[[ReadContext], Awaitable[Taste]]] = EXTENSIONS.get(TASTE, [])
    if better:
        return await better[0](ctx)
    profile = ctx.actor.profile
    rows = await ctx.db.rows(
        text(_TASTE).bindparams(
            bindparam("profile", profile.id if profile else None, Uuid),
            space=ctx.space_id,
            viewer=ctx.user_id,
            now=ctx.now,
            is_own=profile is None or not profile.is_kids,
        )
    )
    return taste_from(rows)
