"""The SQL that brings one bucket of a guide into the schedule, all of it set by set.

``stage_guide`` holds what the guide says (``schemas.guides.STAGED``), ``guide_plan`` when each of
its programmes shall be, ``guide_here`` what the schedule has in that time, ``guide_changes`` what
an entry of the schedule becomes.
"""

from __future__ import annotations

from typing import Final

from mediatheque.areas.live.schemas.guides import PAYLOAD, STAGED
from mediatheque.kit.db import Stage

GUIDE: Final = Stage("stage_guide", STAGED)

TABLES: Final = (
    """CREATE TEMPORARY TABLE IF NOT EXISTS guide_plan (
           seq int, line int, channel_id uuid, start_at timestamptz, stop_at timestamptz,
           content_hash bigint, has_words boolean, is_kept boolean DEFAULT false,
           problem text, note text, programme_id uuid) ON COMMIT DELETE ROWS""",
    """CREATE TEMPORARY TABLE IF NOT EXISTS guide_here (
           id uuid, channel_id uuid, start_at timestamptz, stop_at timestamptz,
           content_hash bigint, is_fixed boolean, is_before boolean, title text, sub_title text,
           season int, episode int, source_key text) ON COMMIT DELETE ROWS""",
    """CREATE TEMPORARY TABLE IF NOT EXISTS guide_changes (
           id uuid, seq int, start_at timestamptz, stop_at timestamptz, content_hash bigint,
           has_words boolean, changes jsonb) ON COMMIT DELETE ROWS""",
    "DELETE FROM guide_plan",
    "DELETE FROM guide_here",
    "DELETE FROM guide_changes",
)

HOLD: Final = """
    SELECT id FROM live_channels WHERE space_id = %(space)s AND id = ANY(%(channels)s)
    ORDER BY id FOR NO KEY UPDATE
"""

# Of those that start at once the first in the file stays; one ends at the latest when the next
# begins; one without an end lasts until the next, but six hours at most unless it says more.
PLAN: Final = """
    INSERT INTO guide_plan (seq, line, channel_id, start_at, stop_at, content_hash, has_words,
                            problem, note)
    SELECT seq, line, channel_id, start_at,
           CASE WHEN stop_at IS NOT NULL THEN least(stop_at, next_at)
                WHEN next_at IS NULL THEN start_at + make_interval(secs => coalesce(length, 1800))
                ELSE least(next_at, start_at + make_interval(
                         secs => greatest(coalesce(length, 0), 21600))) END,
           content_hash, title IS NOT NULL,
           CASE WHEN stop_at > next_at THEN 'shortened'
                WHEN stop_at IS NULL AND next_at IS NULL THEN 'end_guessed' END,
           note
    FROM (SELECT *, lead(start_at) OVER (PARTITION BY channel_id ORDER BY start_at) AS next_at
          FROM (SELECT DISTINCT ON (channel_id, start_at)
                       seq, line, channel_id, start_at, stop_at, length, content_hash, title, note
                FROM stage_guide ORDER BY channel_id, start_at, seq) first) ordered
"""

DOUBLES: Final = """
    SELECT g.seq, g.line, g.title FROM stage_guide g
    WHERE NOT EXISTS (SELECT FROM guide_plan p WHERE p.seq = g.seq) ORDER BY g.seq
"""

# A channel's window reaches from the first to the last of its programmes in the guide; at most one
# entry runs into it from before.
_HERE = """p.id, p.channel_id, p.start_at, p.stop_at, p.content_hash,
                 p.origin <> 'guide' OR p.edited_at IS NOT NULL AS is_fixed"""
_WORDS = "p.title, p.sub_title, p.season, p.episode, p.source_key"
HERE: Final = f"""
    INSERT INTO guide_here
    SELECT h.*
    FROM (SELECT channel_id, min(start_at) AS first, max(stop_at) AS last
          FROM guide_plan GROUP BY channel_id) w
    CROSS JOIN LATERAL (
        (SELECT {_HERE}, false AS is_before, {_WORDS}
         FROM live_programmes p
         WHERE p.space_id = %(space)s AND p.channel_id = w.channel_id
           AND p.start_at >= w.first AND p.start_at < w.last)
        UNION ALL
        (SELECT * FROM (
             SELECT {_HERE}, true AS is_before, {_WORDS}
             FROM live_programmes p
             WHERE p.space_id = %(space)s AND p.channel_id = w.channel_id
               AND p.start_at < w.first
             ORDER BY p.start_at DESC LIMIT 1) running
         WHERE running.stop_at > w.first)) h
"""  # noqa: S608  (the parts are constants of this file)

KEEP: Final = """
    UPDATE guide_plan p SET is_kept = true
    FROM guide_here h
    WHERE h.is_fixed AND h.channel_id = p.channel_id
      AND h.start_at < p.stop_at AND h.stop_at > p.start_at
"""

SAME_START: Final = """
    UPDATE guide_plan p SET programme_id = h.id
    FROM guide_here h
    WHERE NOT h.is_fixed AND NOT p.is_kept
      AND h.channel_id = p.channel_id AND h.start_at = p.start_at
"""

# What moved keeps its id: the same words on the same channel, the nearest within six hours.
MOVED: Final = """
    UPDATE guide_plan p SET programme_id = near.id
    FROM (
        SELECT seq, id,
               row_number() OVER (PARTITION BY seq ORDER BY far, id) AS of_guide,
               row_number() OVER (PARTITION BY id ORDER BY far, seq) AS of_schedule
        FROM (
            SELECT p.seq, h.id, abs(extract(epoch FROM p.start_at - h.start_at)) AS far
            FROM guide_plan p
            JOIN stage_guide g ON g.seq = p.seq
            JOIN guide_here h ON h.channel_id = p.channel_id AND h.title = g.title
            WHERE p.programme_id IS NULL AND NOT p.is_kept AND NOT h.is_fixed
              AND h.sub_title IS NOT DISTINCT FROM g.sub_title
              AND h.season IS NOT DISTINCT FROM g.season
              AND h.episode IS NOT DISTINCT FROM g.episode
              AND h.source_key IS NOT DISTINCT FROM g.source_key
              AND h.start_at BETWEEN p.start_at - interval '6 hours'
                                 AND p.start_at + interval '6 hours'
              AND NOT EXISTS (SELECT FROM guide_plan other WHERE other.programme_id = h.id)
        ) pairs) near
    WHERE near.seq = p.seq AND near.of_guide = 1 AND near.of_schedule = 1
"""

STALE: Final = """
    SELECT count(*) FROM guide_plan p LEFT JOIN guide_here h ON h.id = p.programme_id
    WHERE NOT p.has_words AND NOT p.is_kept
      AND (h.id IS NULL OR h.content_hash <> p.content_hash OR h.start_at <> p.start_at)
"""

_COMPARED = ", ".join(
    f"('{name}', to_jsonb(t.{name}), "
    + (f"to_jsonb(p.{name}))" if name in {"start_at", "stop_at"} else f"to_jsonb(g.{name}))")
    for name in ("start_at", "stop_at", *PAYLOAD)
)
COMPARE: Final = f"""
    INSERT INTO guide_changes
    SELECT t.id, p.seq, p.start_at, p.stop_at, p.content_hash, p.has_words,
           (SELECT jsonb_object_agg(name, jsonb_build_array(old, new))
            FROM (VALUES {_COMPARED}) v (name, old, new)
            WHERE old IS DISTINCT FROM new
              AND (p.has_words OR name = ANY('{{start_at,stop_at}}')))
    FROM guide_plan p
    JOIN guide_here h ON h.id = p.programme_id
    JOIN live_programmes t ON t.space_id = %(space)s AND t.id = p.programme_id
    LEFT JOIN stage_guide g ON g.seq = p.seq
    WHERE h.content_hash <> p.content_hash OR h.start_at <> p.start_at OR h.stop_at <> p.stop_at
"""  # noqa: S608  (the parts are constants of this file)

# What ran into the window from before, and is not in the guide, ends where the window begins.
CUT: Final = """
    INSERT INTO guide_changes (id, start_at, stop_at, content_hash, has_words, changes)
    SELECT h.id, h.start_at, w.first, h.content_hash, false,
           jsonb_build_object('stop_at', jsonb_build_array(h.stop_at, w.first))
    FROM guide_here h
    JOIN (SELECT channel_id, min(start_at) AS first FROM guide_plan GROUP BY channel_id) w
      ON w.channel_id = h.channel_id
    WHERE h.is_before AND NOT h.is_fixed
      AND NOT EXISTS (SELECT FROM guide_plan p WHERE p.programme_id = h.id)
"""

_GONE = """
    h.id FROM guide_here h
    WHERE NOT h.is_fixed AND NOT h.is_before
      AND NOT EXISTS (SELECT FROM guide_plan p WHERE p.programme_id = h.id)
"""
REMEMBER: Final = f"""
    INSERT INTO live_replaced (space_id, import_id, programme_id, is_removed, row)
    SELECT %(space)s, %(import)s, t.id, o.is_removed, to_jsonb(t)
    FROM (SELECT true AS is_removed, {_GONE}
          UNION ALL
          SELECT false, c.id FROM guide_changes c WHERE c.changes IS NOT NULL) o (is_removed, id)
    JOIN live_programmes t ON t.space_id = %(space)s AND t.id = o.id
    ON CONFLICT DO NOTHING
"""  # noqa: S608  (the parts are constants of this file)

REMOVE: Final = f"""
    DELETE FROM live_programmes t USING (SELECT {_GONE}) gone
    WHERE t.space_id = %(space)s AND t.id = gone.id
    RETURNING t.id, t.title, t.channel_id, t.start_at, t.stop_at
"""  # noqa: S608  (the parts are constants of this file)

_KEPT_WORDS = ",\n        ".join(
    f"{name} = CASE WHEN c.has_words THEN g.{name} ELSE t.{name} END" for name in PAYLOAD
)
_MATCH = ",\n        ".join(
    f"{name} = CASE WHEN t.match_how = 'auto' AND c.changes ?| "
    f"'{{title,sub_title,season,episode,year}}'::text[] THEN NULL ELSE t.{name} END"
    for name in ("title_id", "episode_id", "match_score", "match_how")
)
CHANGE: Final = f"""
    UPDATE live_programmes t SET
        start_at = c.start_at, stop_at = c.stop_at, content_hash = c.content_hash,
        {_KEPT_WORDS},
        {_MATCH},
        import_id = CASE WHEN c.changes IS NULL THEN t.import_id ELSE %(import)s END,
        changed_at = CASE WHEN c.changes IS NULL THEN t.changed_at ELSE %(now)s END
    FROM guide_changes c LEFT JOIN stage_guide g ON g.seq = c.seq
    WHERE t.space_id = %(space)s AND t.id = c.id
"""  # noqa: S608  (the parts are constants of this file)

_COLUMNS = ", ".join(PAYLOAD)
ADD: Final = f"""
    INSERT INTO live_programmes (space_id, channel_id, start_at, stop_at, content_hash, origin,
                                 source_id, import_id, changed_at, {_COLUMNS})
    SELECT %(space)s, p.channel_id, p.start_at, p.stop_at, p.content_hash, 'guide',
           %(source)s, %(import)s, %(now)s, {", ".join(f"g.{name}" for name in PAYLOAD)}
    FROM guide_plan p JOIN stage_guide g ON g.seq = p.seq
    WHERE p.programme_id IS NULL AND NOT p.is_kept
    ORDER BY p.channel_id, p.start_at
"""  # noqa: S608  (the parts are constants of this file)

TOLD: Final = """
    SELECT p.seq, p.line, p.is_kept, p.problem, p.note, p.start_at, p.stop_at, p.programme_id,
           g.title, c.changes
    FROM guide_plan p
    JOIN stage_guide g ON g.seq = p.seq
    LEFT JOIN guide_changes c ON c.seq = p.seq
    WHERE p.is_kept OR p.problem IS NOT NULL OR p.note IS NOT NULL OR c.changes IS NOT NULL
    ORDER BY p.seq
"""
CUTS: Final = """
    SELECT c.id, c.changes, h.title FROM guide_changes c JOIN guide_here h ON h.id = c.id
    WHERE c.seq IS NULL
"""
COUNTED: Final = "SELECT count(*) FROM guide_changes WHERE changes IS NOT NULL AND seq IS NOT NULL"
"""How many of the guide's programmes changed an entry."""

HASHES: Final = """
    SELECT string_agg(int8send(content_hash), ''::bytea ORDER BY content_hash)
    FROM live_programmes
    WHERE space_id = %(space)s AND channel_id = ANY(%(channels)s) AND origin = 'guide'
"""
