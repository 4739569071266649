"""The guide, ranked for a profile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, DateTime, Float, Text, Uuid, bindparam, text

from mediatheque.areas.catalog.queries.parts import POSTER, visible, visible_values
from mediatheque.areas.entitlements.queries import entitled, viewer
from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.rules.refusals import BadGuideWindowError
from mediatheque.areas.watch.queries.taste import find_taste
from mediatheque.areas.watch.rules.taste import (
    CHANNEL,
    GENRE,
    KNOWN,
    NEW,
    PLAYABLE,
    PREMIERE,
    REPEAT,
    WORK,
    reason_of,
)
from mediatheque.areas.watch.schemas import RecommendedRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from datetime import datetime

    from mediatheque.areas.watch.rules.taste import Taste
    from mediatheque.areas.watch.schemas import RecommendedFilter

LONGEST: Final = timedelta(days=2)

_ON_NOW: Final = """
    (SELECT * FROM (SELECT * FROM live_programmes q
                    WHERE q.space_id = :space AND q.channel_id = c.id AND q.start_at <= :since
                    ORDER BY q.start_at DESC LIMIT 1) o
     WHERE o.stop_at > :since)"""
_BEGINS: Final = """
    (SELECT * FROM live_programmes q
     WHERE q.space_id = :space AND q.channel_id = c.id
       AND q.start_at >= :since AND q.start_at < :until)"""
# Of a work that is on several times only the best entry stays. Pictures are looked up for what is
# shown and for nothing else.
_RANKED: Final = f"""
    WITH genres AS (
        SELECT * FROM unnest(cast(:genres AS text[]), cast(:genre_weights AS float8[]))
        AS g(genre, weight)),
    works AS (
        SELECT * FROM unnest(cast(:works AS uuid[]), cast(:work_weights AS float8[]))
        AS w(id, weight)),
    channels AS (
        SELECT * FROM unnest(cast(:channels AS uuid[]), cast(:channel_weights AS float8[]))
        AS h(id, weight)),
    of_works AS MATERIALIZED (
        SELECT x.title_id, max(g.weight) AS liked, min(g.weight) AS disliked,
               (array_agg(w.name ORDER BY g.weight DESC))[1] AS best
        FROM genres g
        JOIN catalog_terms w ON w.space_id = :space AND w.scheme = 'genre'
         AND replace(w.slug, '-', ' ') = g.genre
        JOIN catalog_title_terms x ON x.space_id = :space AND x.term_id = w.id
        WHERE EXISTS (SELECT FROM live_programmes p
                      WHERE p.space_id = :space AND p.title_id = x.title_id
                        AND p.start_at > :since - interval '1 day' AND p.start_at < :until)
        GROUP BY x.title_id),
    weighed AS (
        SELECT p.id, p.title_id, p.title, p.start_at, c.position,
               coalesce(w.weight, 0) AS work_weight,
               greatest(o.liked, s.liked, 0)
               + least(o.disliked, s.disliked, 0) / 2 AS genre_weight,
               CASE WHEN s.liked > coalesce(o.liked, -2) THEN s.best ELSE o.best END AS genre,
               coalesce(h.weight, 0) AS channel_weight,
               p.is_premiere, p.is_new, p.is_repeat,
               coalesce(starts_with(c.stream_url, 'http'), false) AS is_playable
        FROM live_channels c
        CROSS JOIN LATERAL $entries p
        LEFT JOIN works w ON w.id = p.title_id
        LEFT JOIN channels h ON h.id = c.id
        LEFT JOIN of_works o ON o.title_id = p.title_id
        LEFT JOIN LATERAL (
            SELECT max(g.weight) AS liked, min(g.weight) AS disliked,
                   (array_agg(g.genre ORDER BY g.weight DESC))[1] AS best
            FROM genres g WHERE g.genre = ANY(p.genres)) s ON true
        WHERE c.space_id = :space AND NOT c.is_hidden AND {entitled("c.package_id")}
          AND $limit_channel AND $limit),
    scored AS (
        SELECT *, {WORK} * work_weight + {GENRE} * genre_weight + {CHANNEL} * channel_weight
               + CASE WHEN title_id IS NOT NULL THEN {KNOWN} ELSE 0 END
               + CASE WHEN is_premiere THEN {PREMIERE} ELSE 0 END
               + CASE WHEN is_new THEN {NEW} ELSE 0 END
               + CASE WHEN is_repeat THEN {REPEAT} ELSE 0 END
               + CASE WHEN is_playable THEN {PLAYABLE} ELSE 0 END AS score
        FROM weighed),
    best AS (
        SELECT * FROM (
            SELECT DISTINCT ON (coalesce(cast(title_id AS text), lower(title))) *
            FROM scored
            ORDER BY coalesce(cast(title_id AS text), lower(title)), score DESC, start_at, position
        ) one
        ORDER BY score DESC, start_at, position LIMIT :most)
    SELECT b.id, p.channel_id, c.name AS channel_name, c.number AS channel_number, p.start_at,
           p.stop_at, p.title, p.sub_title, p.season, p.episode, p.genres, p.min_age,
           p.is_new, p.is_premiere, p.is_repeat, b.is_playable, b.score, b.genre,
           b.work_weight, b.genre_weight, b.channel_weight, r.id AS reminder_id,
           CASE WHEN t.id IS NOT NULL THEN jsonb_build_object(
               'id', t.id, 'slug', t.slug, 'title', t.title, 'year', t.year, 'kind', t.kind,
               'poster', {POSTER}) END AS work
    FROM best b
    JOIN live_programmes p ON p.space_id = :space AND p.id = b.id
    JOIN live_channels c ON c.space_id = :space AND c.id = p.channel_id
    LEFT JOIN catalog_titles t ON t.space_id = :space AND t.id = p.title_id AND $visible
    LEFT JOIN live_reminders r
      ON r.space_id = :space AND r.programme_id = p.id AND r.user_id = :viewer
     AND r.profile_id IS NOT DISTINCT FROM :profile
    ORDER BY b.score DESC, b.start_at, b.position
"""  # noqa: S608  (the parts are constants of ours)


@requires(Permission.LIVE_READ)
async def list_recommended(ctx: ReadContext, wanted: RecommendedFilter) -> list[RecommendedRead]:
    """What is on now, or begins in a stretch of time, the best for the profile first.

    Two statements: what it likes, and the entries ranked by it. Only what suits its age, on
    channels that it may play.
    """
    since, until = _window(ctx, wanted)
    taste = await find_taste(ctx)
    profile = ctx.actor.profile
    sql = (
        _RANKED.replace("$entries", _ON_NOW if wanted.from_ is None else _BEGINS)
        .replace("$limit_channel", limited(ctx, "c.min_age"))
        .replace("$limit", limited(ctx, ENTRY_AGE))
        .replace("$visible", visible(ctx))
    )
    values = {**visible_values(ctx), "now": ctx.now, **viewer(ctx), **_weights(taste)}
    rows = await ctx.db.rows(
        text(sql).bindparams(
            *_TYPES,
            bindparam("until", until, DateTime(timezone=True)),
            bindparam("profile", profile.id if profile else None, Uuid),
            space=ctx.space_id,
            since=since,
            most=wanted.limit,
            **values,
        )
    )
    return [_read(row) for row in rows]


_TYPES: Final = (
    bindparam("genres", type_=ARRAY(Text)),
    bindparam("genre_weights", type_=ARRAY(Float)),
    bindparam("works", type_=ARRAY(Uuid)),
    bindparam("work_weights", type_=ARRAY(Float)),
    bindparam("channels", type_=ARRAY(Uuid)),
    bindparam("channel_weights", type_=ARRAY(Float)),
)


def _weights(taste: Taste) -> dict[str, Any]:
    return {
        "genres": list(taste.genres),
        "genre_weights": list(taste.genres.values()),
        "works": list(taste.works),
        "work_weights": list(taste.works.values()),
        "channels": list(taste.channels),
        "channel_weights": list(taste.channels.values()),
    }


def _window(ctx: ReadContext, wanted: RecommendedFilter) -> tuple[datetime, datetime]:
    if wanted.from_ is None:
        if wanted.to is not None:
            raise BadGuideWindowError("Say from when on, too.", field="from")
        return ctx.now, ctx.now
    until = wanted.to or wanted.from_ + timedelta(days=1)
    if until <= wanted.from_:
        raise BadGuideWindowError("“to” is before “from”.", field="to")
    if until - wanted.from_ > LONGEST:
        raise BadGuideWindowError(f"Ask for at most {LONGEST.days} days at once.", field="to")
    return wanted.from_, until


def _read(row: dict[str, Any]) -> RecommendedRead:
    reason = reason_of(row)
    return RecommendedRead.model_validate(
        {**row, "reason": reason, "reason_genre": row["genre"] if reason == "genre" else None}
    )
