"""Joining 60,000 programmes to a catalogue of 100,000 titles.

    python -m bench.matching

Half of the programmes are called as a work is, half of these name its year; every third names
people. The floor is one join of both tables by their titles as they are, which folds nothing and
weighs nothing.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final
from uuid import UUID

import psycopg

from bench.fill import fill
from bench.product import running
from mediatheque.areas.live.actions.matching import match_programmes, match_work
from mediatheque.core.settings import Settings
from mediatheque.core.work import Work
from mediatheque.kit.db import Database

TITLES: Final = 100_000
PROGRAMMES: Final = 60_000
CHANNELS: Final = 800
_CHANNELS: Final = """
    INSERT INTO live_channels (space_id, slug, name, position)
    SELECT %(space)s, 'c' || n, 'Channel ' || n, n FROM generate_series(1, %(channels)s) n
"""
_PROGRAMMES: Final = """
    WITH works AS (
        SELECT title, year, row_number() OVER (ORDER BY id) AS n FROM catalog_titles
        WHERE space_id = %(space)s AND kind = ANY('{movie,series,other}')),
    many AS (SELECT count(*) AS works FROM works)
    INSERT INTO live_programmes (space_id, channel_id, start_at, stop_at, origin, title, year,
                                 detail)
    SELECT %(space)s, c.id, now() + g * interval '1 hour', now() + (g + 1) * interval '1 hour',
           'guide', CASE WHEN g %% 2 = 0 THEN w.title ELSE 'Programme ' || g || c.position END,
           CASE WHEN g %% 4 = 0 THEN w.year END,
           CASE WHEN g %% 3 = 0 THEN jsonb_build_object('credits', jsonb_build_array(
               jsonb_build_array('director', 'Somebody ' || g),
               jsonb_build_array('actor', 'Another ' || c.position))) END
    FROM live_channels c CROSS JOIN many
    CROSS JOIN generate_series(1, %(programmes)s / %(channels)s) g
    JOIN works w ON w.n = 1 + (c.position * 131 + g * 7919) %% many.works
    WHERE c.space_id = %(space)s
"""
_FLOOR: Final = """
    SELECT count(*) FROM live_programmes p JOIN catalog_titles t
      ON t.space_id = p.space_id AND t.title = p.title WHERE p.space_id = %(space)s
"""


async def _match(url: str, space_id: UUID, title_id: UUID) -> dict[str, Any]:
    database = Database(url)
    await database.open()
    work = Work(database, Settings(DATABASE_URL=url))
    space = await work.space(space_id)
    found: dict[str, Any] = {}
    for name in ("all", "again"):
        started = time.perf_counter()
        async with work.write(space) as ctx:
            found[f"{name}_joined"] = await match_programmes(ctx)
        found[f"{name}_seconds"] = round(time.perf_counter() - started, 2)
    started = time.perf_counter()
    async with work.write(space) as ctx:
        await match_work(ctx, title_id)
    found["one_new_work_seconds"] = round(time.perf_counter() - started, 2)
    await database.close()
    return found


def measure() -> dict[str, Any]:
    """Fill a space with works and programmes, and join them."""
    with running() as product:
        made = fill(product.database, "bench-matching", TITLES)
        with psycopg.connect(product.database, autocommit=True) as connection:
            row = connection.execute(
                "SELECT s.id, (SELECT t.id FROM catalog_titles t WHERE t.space_id = s.id LIMIT 1) "
                "FROM spaces_spaces s WHERE slug = %s",
                (made["slug"],),
            ).fetchone()
            assert row is not None
            values = {"space": row[0], "channels": CHANNELS, "programmes": PROGRAMMES}
            connection.execute(_CHANNELS, values)
            count = connection.execute(_PROGRAMMES, values).rowcount
            connection.execute("VACUUM ANALYZE")
            started = time.perf_counter()
            connection.execute(_FLOOR, values)
            floor = round(time.perf_counter() - started, 2)
        found = asyncio.run(_match(product.database, row[0], row[1]))
    return {"titles": TITLES, "programmes": count, "floor_join_seconds": floor, **found}


def main() -> None:
    """Print the figures."""
    for name, value in measure().items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
