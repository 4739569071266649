"""Joining programmes to works and episodes of the catalogue: by the house, and by hand."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from psycopg.rows import dict_row
from sqlalchemy import text

from mediatheque.areas.catalog.queries.titles import find_title_id
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.live.actions.holding import hold
from mediatheque.areas.live.events import (
    ProgrammeMatched,
    ProgrammesMatched,
    ProgrammeUnmatched,
)
from mediatheque.areas.live.models import Programme
from mediatheque.areas.live.queries.guide import get_programme
from mediatheque.areas.live.rules.matching import (
    FILMS,
    LEAD,
    SCORES,
    SERIES,
    SURE,
    keys_of,
    people_of,
    programmes_called,
    rows_of_ids,
)
from mediatheque.areas.live.rules.refusals import EpisodeNotOfTitleError
from mediatheque.core.context import Context, public, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.db.staging import Stage

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg import AsyncConnection

    from mediatheque.areas.live.schemas.matching import ProgrammeMatch
    from mediatheque.areas.live.schemas.schedule import ProgrammeRead

BACK: Final = timedelta(days=1)
"""What ended longer ago is not joined any more."""
NAMES: Final = Stage("live_match_names", {"title": "text", "key": "text"})
IDS: Final = Stage("live_match_ids", {"programme_id": "uuid", "scheme": "text", "value": "text"})
PEOPLE: Final = Stage("live_match_people", {"programme_id": "uuid", "key": "text"})

# What nobody decided and no work is joined to. An undone match (the work was deleted) counts.
_OPEN: Final = """
    p.space_id = %(space)s AND p.title_id IS NULL AND p.match_how IS DISTINCT FROM 'hand'
    AND p.stop_at > %(since)s
    AND (%(channels)s::uuid[] IS NULL OR p.channel_id = ANY(%(channels)s::uuid[]))
    AND (%(programmes)s::uuid[] IS NULL OR p.id = ANY(%(programmes)s::uuid[]))
    AND (%(import)s::uuid IS NULL OR p.import_id = %(import)s::uuid)
"""
_SAID: Final = f"""
    SELECT p.title FROM live_programmes p WHERE {_OPEN}
    UNION
    SELECT said ->> 1 FROM live_programmes p, jsonb_array_elements(p.detail -> 'titles') said
    WHERE {_OPEN} AND p.detail ? 'titles'
"""  # noqa: S608  (the parts are constants of this file)
_WITH_IDS: Final = f"""
    SELECT p.id, p.detail -> 'episodes' AS episodes, p.detail -> 'urls' AS urls
    FROM live_programmes p
    WHERE {_OPEN} AND p.detail IS NOT NULL
      AND concat(p.detail -> 'episodes', p.detail -> 'urls') ~* 'imdb|moviedb|tmdb|tvdb'
"""  # noqa: S608  (the same)
_CALLED: Final = f"""
    SELECT p.id, p.title, p.detail -> 'titles' AS titles FROM live_programmes p WHERE {_OPEN}
"""  # noqa: S608  (the same)
_WORK: Final = """
    SELECT t.title_key AS key, ARRAY(
        SELECT ARRAY[e.scheme, e.value] FROM catalog_external_ids e
        WHERE e.space_id = t.space_id AND e.title_id = t.id) AS ids
    FROM catalog_titles t
    WHERE t.space_id = %(space)s AND t.id = %(title)s AND t.status = 'published'
      AND t.kind = ANY('{movie,series,other}')
"""
_TABLES: Final = (
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS live_match_found (
        programme_id uuid, title_id uuid, by_id boolean
    ) ON COMMIT DELETE ROWS
    """,
    "DELETE FROM live_match_found",
)
_FOUND: Final = f"""
    INSERT INTO live_match_found
    WITH open AS MATERIALIZED (
        SELECT p.id, p.title, p.detail -> 'titles' AS titles FROM live_programmes p WHERE {_OPEN}),
    works AS MATERIALIZED (
        SELECT DISTINCT n.title, t.id
        FROM live_match_names n
        JOIN catalog_titles t ON t.space_id = %(space)s AND t.title_key = n.key
         AND t.kind = ANY('{{movie,series,other}}') AND t.status = 'published')
    SELECT x.id, x.title_id, bool_or(x.by_id) FROM (
        SELECT o.id, w.id AS title_id, false AS by_id FROM open o JOIN works w ON w.title = o.title
        UNION ALL
        SELECT o.id, w.id, false
        FROM open o, jsonb_array_elements(o.titles) said JOIN works w ON w.title = said ->> 1
        UNION ALL
        SELECT i.programme_id, e.title_id, true
        FROM live_match_ids i
        JOIN catalog_external_ids e
          ON e.space_id = %(space)s AND e.scheme = i.scheme AND e.value = i.value
        JOIN catalog_titles t
          ON t.space_id = e.space_id AND t.id = e.title_id AND t.status = 'published') x
    GROUP BY x.id, x.title_id
"""  # noqa: S608  (the same)
_CREDITED: Final = """
    SELECT p.id, p.detail -> 'credits' AS credits
    FROM live_programmes p
    WHERE p.space_id = %(space)s AND p.detail ? 'credits'
      AND p.id IN (SELECT programme_id FROM live_match_found WHERE NOT by_id)
"""
_JOIN: Final = """
    WITH wanted AS MATERIALIZED (
        SELECT programme_id, array_agg(key) AS keys FROM live_match_people GROUP BY programme_id
    ),
    people AS MATERIALIZED (
        SELECT f.programme_id, f.title_id, count(c.person_id) > 0 AS known,
               coalesce(bool_or(h.sort_key = ANY(w.keys)), false) AS met
        FROM live_match_found f
        JOIN wanted w ON w.programme_id = f.programme_id
        LEFT JOIN catalog_credits c ON c.space_id = %(space)s AND c.title_id = f.title_id
        LEFT JOIN catalog_people h ON h.space_id = %(space)s AND h.id = c.person_id
        GROUP BY f.programme_id, f.title_id
    ),
    scored AS (
        SELECT f.programme_id, f.title_id, e.id AS episode_id,
               CASE WHEN f.by_id THEN 100 ELSE greatest(0, least(99,
            %(same_title)s
            + CASE WHEN p.year IS NULL OR t.year IS NULL THEN 0
                   WHEN p.year = t.year THEN %(same_year)s
                   WHEN t.kind = 'series' THEN
                       CASE WHEN p.year < t.year THEN %(before_series)s ELSE 0 END
                   WHEN abs(p.year - t.year) = 1 THEN %(near_year)s
                   ELSE %(other_year)s END
            + CASE WHEN p.season IS NULL AND p.episode IS NULL THEN 0
                   WHEN t.kind = 'series' THEN %(numbered)s ELSE %(numbered_film)s END
            + CASE WHEN e.id IS NOT NULL THEN %(episode)s ELSE 0 END
            + CASE WHEN t.kind = 'movie' AND p.genres && %(films)s::text[] THEN %(kind)s
                   WHEN t.kind = 'series' AND p.genres && %(series)s::text[] THEN %(kind)s
                   WHEN t.kind = 'movie' AND p.genres && %(series)s::text[] THEN -%(kind)s
                   WHEN t.kind = 'series' AND p.genres && %(films)s::text[] THEN -%(kind)s
                   ELSE 0 END
            + CASE WHEN t.kind = 'series' AND p.sub_title IS NOT NULL
                   THEN %(named_part)s ELSE 0 END
            + CASE WHEN q.programme_id IS NULL THEN 0
                   WHEN q.met THEN %(person)s
                   WHEN q.known AND t.kind = 'movie' THEN %(nobody)s ELSE 0 END
            + CASE WHEN t.runtime_minutes IS NULL OR t.kind <> 'movie' THEN 0
                   WHEN m.minutes < t.runtime_minutes * 0.6 THEN %(too_short)s
                   WHEN m.minutes BETWEEN t.runtime_minutes * 0.9 AND t.runtime_minutes * 1.5
                   THEN %(length)s ELSE 0 END)) END AS score
        FROM live_match_found f
        JOIN live_programmes p ON p.space_id = %(space)s AND p.id = f.programme_id
        JOIN catalog_titles t ON t.space_id = %(space)s AND t.id = f.title_id
        CROSS JOIN LATERAL (
            SELECT extract(epoch FROM p.stop_at - p.start_at) / 60 AS minutes) m
        LEFT JOIN LATERAL (
            SELECT c.id FROM catalog_episodes c
            WHERE c.space_id = %(space)s AND c.title_id = f.title_id
              AND ((c.season = coalesce(p.season, 1) AND c.number = p.episode)
                   OR (p.episode IS NULL AND lower(c.title) = lower(p.sub_title)))
            ORDER BY c.season, c.number LIMIT 1) e ON true
        LEFT JOIN people q ON q.programme_id = f.programme_id AND q.title_id = f.title_id
    ),
    ranked AS (
        SELECT s.*, row_number() OVER own AS place,
               score - coalesce(lead(score) OVER own, 0) AS ahead
        FROM scored s WINDOW own AS (PARTITION BY programme_id ORDER BY score DESC, title_id)
    )
    UPDATE live_programmes p
    SET title_id = r.title_id, episode_id = r.episode_id, match_score = r.score,
        match_how = 'auto', matched_by = NULL
    FROM ranked r
    WHERE p.space_id = %(space)s AND p.id = r.programme_id AND r.place = 1
      AND r.score >= %(sure)s AND r.ahead >= %(lead)s
    RETURNING p.title_id
"""


@public
async def match_programmes(
    ctx: Context,
    channels: list[UUID] | None = None,
    import_id: UUID | None = None,
    programmes: list[UUID] | None = None,
) -> int:
    """Join what is not joined; answers how many were.

    Of some channels, of what an import brought or changed, of some entries, or of all. What a
    person decided stays, and what is joined already.
    """
    connection = await ctx.db.connection()
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "since": ctx.now - BACK,
        "channels": channels,
        "programmes": programmes,
        "import": import_id,
    }
    cursor = connection.cursor(row_factory=dict_row)
    titles = [row["title"] for row in await (await cursor.execute(_SAID, values)).fetchall()]
    if not titles:
        return 0
    await NAMES.fill(connection, await asyncio.to_thread(keys_of, titles))
    ids = await (await cursor.execute(_WITH_IDS, values)).fetchall()
    await IDS.fill(connection, rows_of_ids(ids))
    for statement in _TABLES:
        await connection.execute(statement)
    await _analyze(connection, NAMES.name, IDS.name)
    if not (await connection.execute(_FOUND, values)).rowcount:
        return 0
    credited = await (await cursor.execute(_CREDITED, values)).fetchall()
    await PEOPLE.fill(
        connection,
        [(row["id"], key) for row in credited for key in sorted(people_of(row["credits"]))],
    )
    await _analyze(connection, "live_match_found", PEOPLE.name)
    joined = await connection.execute(
        _JOIN,
        {
            **values,
            **SCORES,
            "sure": SURE,
            "lead": LEAD,
            "films": list(FILMS),
            "series": list(SERIES),
        },
    )
    works = {row[0] for row in await joined.fetchall()}
    if joined.rowcount:
        ctx.emit(
            ProgrammesMatched(
                ref=Ref("programmes", None, ""),
                after={"programmes": joined.rowcount, "works": len(works)},
            )
        )
    return joined.rowcount


@public
async def match_work(ctx: Context, title_id: UUID) -> int:
    """Join what is called as a work is, or names an id of it; answers how many were."""
    connection = await ctx.db.connection()
    cursor = connection.cursor(row_factory=dict_row)
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "title": title_id,
        "since": ctx.now - BACK,
        **dict.fromkeys(("channels", "programmes", "import")),
    }
    work = await (await cursor.execute(_WORK, values)).fetchone()
    if work is None:
        return 0
    called = await (await cursor.execute(_CALLED, values)).fetchall()
    ids = await (await cursor.execute(_WITH_IDS, values)).fetchall()
    known = {tuple(one) for one in work["ids"]}
    found = await asyncio.to_thread(programmes_called, work["key"], called)
    found |= {one for one, scheme, value in rows_of_ids(ids) if (scheme, value) in known}
    return await match_programmes(ctx, programmes=sorted(found)) if found else 0


async def _analyze(connection: AsyncConnection[Any], *tables: str) -> None:
    for table in tables:
        await connection.execute(f"ANALYZE {table}".encode())


@requires(Permission.LIVE_SCHEDULE)
async def match_programme(ctx: Context, programme_id: UUID, given: ProgrammeMatch) -> ProgrammeRead:
    """Say which work a programme is; the house leaves it so."""
    programme = await hold(ctx, Programme, programme_id)
    title_id = await find_title_id(ctx, given.title_id)
    if title_id is None:
        raise TitleNotFoundError(field="title_id")
    episode_id = await ctx.db.scalar(
        text(
            "SELECT e.id FROM catalog_episodes e "
            "WHERE e.space_id = :space AND e.title_id = :title AND CASE "
            "WHEN cast(:episode AS uuid) IS NOT NULL THEN e.id = cast(:episode AS uuid) "
            "ELSE e.season = coalesce(cast(:season AS int), 1) "
            "AND e.number = cast(:number AS int) END"
        ).bindparams(
            space=ctx.space_id,
            title=title_id,
            episode=given.episode_id,
            season=programme.season,
            number=programme.episode,
        )
    )
    if given.episode_id is not None and episode_id is None:
        raise EpisodeNotOfTitleError(field="episode_id")
    before = {"title_id": _said(programme.title_id), "episode_id": _said(programme.episode_id)}
    _decide(ctx, programme, title_id, episode_id)
    await ctx.db.flush()
    ctx.emit(
        ProgrammeMatched(
            ref=Ref("programme", programme.id, programme.title),
            before=before,
            after={"title_id": str(title_id), "episode_id": _said(episode_id)},
        )
    )
    return await get_programme(ctx, programme_id)


@requires(Permission.LIVE_SCHEDULE)
async def unmatch_programme(ctx: Context, programme_id: UUID) -> None:
    """Say that a programme is no work of the catalogue; the house leaves it so."""
    programme = await hold(ctx, Programme, programme_id)
    before = {"title_id": _said(programme.title_id), "episode_id": _said(programme.episode_id)}
    _decide(ctx, programme, None, None)
    await ctx.db.flush()
    ctx.emit(
        ProgrammeUnmatched(
            ref=Ref("programme", programme.id, programme.title),
            before=before,
            after={"title_id": None, "episode_id": None},
        )
    )


def _decide(
    ctx: Context, programme: Programme, title_id: UUID | None, episode_id: UUID | None
) -> None:
    programme.title_id, programme.episode_id = title_id, episode_id
    programme.match_how, programme.matched_by = "hand", ctx.actor.id
    programme.match_score = None if title_id is None else 100


def _said(value: UUID | None) -> str | None:
    return str(value) if value else None
