"""Fill a space with works and copies, set-based, so that reading can be measured.

    python -m bench.fill postgresql://… --slug bench-100k --titles 100000

Skewed as collections are: few genres, languages and formats hold most works, years lean to the
present, few people have many credits. The same number gives the same rows. Prints one JSON
object: the space's slug, an API key of its owner, and how long it took.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Final

import psycopg
from psycopg.sql import SQL, Literal

from mediatheque.kit.crypto import hash_token, new_token

ADJECTIVES: Final = str.split(
    "Silent Golden Lost Crimson Hidden Last Broken Distant Burning Frozen Electric Secret "
    "Wandering Hollow Ancient Gentle Savage Midnight Paper Velvet Iron Summer Winter Blue"
)
NOUNS: Final = str.split(
    "City River House Garden Train Mirror Island Voyage Letter Harbour Forest Clock Shadow "
    "Bridge Orchard Station Theatre Mountain Ocean Carnival Window Lantern Desert Horizon "
    "Symphony Detective Astronaut Librarian Cartographer Beekeeper"
)
TERMS: Final[dict[str, tuple[int, float, str]]] = {
    # scheme: (how many words, works per word's rank: the higher the steeper, how many each)
    "genre": (24, 2.0, "1 + floor(random() * 2.4)::int"),
    "tag": (400, 2.5, "floor(random() * 3.2)::int"),
    "mood": (12, 1.5, "CASE WHEN random() < .3 THEN 1 ELSE 0 END"),
    "theme": (30, 1.5, "CASE WHEN random() < .3 THEN 1 ELSE 0 END"),
    "language": (30, 3.0, "1 + CASE WHEN random() < .2 THEN 1 ELSE 0 END"),
    "country": (40, 2.5, "1 + CASE WHEN random() < .15 THEN 1 ELSE 0 END"),
}

NUMBERED: Final = """
    CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS
    SELECT n, uuidv7() AS id, random() AS kind_of, random() AS r1, random() AS r2,
           random() AS r3, 1 + floor(random() * {adjectives})::int AS a,
           1 + floor(random() * {nouns})::int AS b
    FROM generate_series(1, {titles}) AS n
"""
FILES: Final = """
    INSERT INTO files_files (space_id, id, kind, key, content_type, size, sha256, width, height,
                             blurhash, dominant_color)
    SELECT {space}, id, 'image', 'bench/' || n, 'image/webp', 50000, md5(n::text), 600, 900,
           'LEHV6nWB2yk8pyo0adR*.7kCMdnj', '#335577'
    FROM numbered WHERE n % 2 = 0
"""
TITLES: Final = """
    INSERT INTO catalog_titles (space_id, id, slug, kind, title, sort_title, sort_key, title_key,
                                synopsis, year, runtime_minutes, age_rating, rating, popularity,
                                poster_id, added_by, created_at, updated_at, status)
    SELECT {space}, id, replace(lower(name), ' ', '-') || '-' || n, kind, 'The ' || name, name,
           lower(name), replace(lower(name), ' ', ''),
           repeat('A story of ' || lower(name) || ' and of what came after it. ', 6),
           CASE WHEN r1 > .02 THEN 2025 - floor(100 * power(r2, 2.5))::int END,
           60 + floor(r3 * 120)::int, ('{{0,6,12,16,18}}'::text[])[1 + floor(r1 * 5)::int],
           CASE WHEN r3 > .15 THEN 20 + floor(80 * sqrt(r1))::int END,
           floor(1000 * power(r2, 4))::int, CASE WHEN n % 2 = 0 THEN id END, {user},
           now() - r2 * interval '2000 days', now(),
           CASE WHEN r1 < .005 THEN 'draft' WHEN r1 < .01 THEN 'archived' ELSE 'published' END
    FROM (SELECT *, (({adjectives})::text[])[a] || ' ' || (({nouns})::text[])[b] || ' ' || n
                 AS name,
                 CASE WHEN kind_of < .60 THEN 'movie' WHEN kind_of < .72 THEN 'book'
                      WHEN kind_of < .82 THEN 'series' WHEN kind_of < .92 THEN 'album'
                      WHEN kind_of < .96 THEN 'game' WHEN kind_of < .99 THEN 'comic'
                      ELSE 'other' END AS kind
          FROM numbered) one
"""
WORDS: Final = """
    INSERT INTO catalog_terms (space_id, scheme, slug, name)
    SELECT {space}, {scheme}, {scheme} || '-' || n, initcap({scheme}) || ' ' || n
    FROM generate_series(1, {count}) AS n
"""
TITLE_TERMS: Final = """
    INSERT INTO catalog_title_terms (space_id, term_id, title_id)
    SELECT DISTINCT {space}::uuid, w.id, one.id
    FROM (SELECT t.id, 1 + floor({count} * power(random(), {steep}))::int AS place
          FROM (SELECT id, {each} AS count FROM numbered) t
          CROSS JOIN LATERAL generate_series(1, t.count)) one
    JOIN catalog_terms w ON w.space_id = {space} AND w.scheme = {scheme}
                        AND w.slug = {scheme} || '-' || one.place
"""
PEOPLE: Final = """
    CREATE TEMPORARY TABLE people ON COMMIT DROP AS
    SELECT n, uuidv7() AS id FROM generate_series(1, greatest(10, {titles} / 4)) AS n;
    INSERT INTO catalog_people (space_id, id, slug, name, sort_key, name_key)
    SELECT {space}, id, 'person-' || n, 'Person ' || n, n || ' person', 'person ' || n FROM people
"""
CREDITS: Final = """
    INSERT INTO catalog_credits (space_id, title_id, position, person_id, job, character)
    SELECT {space}, one.id, one.place, p.id,
           CASE WHEN one.place > 1 THEN 'actor' WHEN one.kind_of < .60 THEN 'director'
                WHEN one.kind_of < .72 THEN 'author' WHEN one.kind_of < .82 THEN 'creator'
                WHEN one.kind_of < .92 THEN 'artist' ELSE 'developer' END,
           CASE WHEN one.place > 1 THEN 'Part ' || one.place END
    FROM (SELECT id, kind_of, place,
                 1 + floor(greatest(10, {titles} / 4) * power(random(), 2))::int AS person
          FROM numbered CROSS JOIN generate_series(1, 5) AS place) one
    JOIN people p ON p.n = one.person
"""
IDS: Final = """
    INSERT INTO catalog_external_ids (space_id, scheme, value, title_id)
    SELECT {space}, 'imdb', 'tt' || lpad(n::text, 8, '0'), id FROM numbered
"""
SEASONS: Final = """
    INSERT INTO catalog_seasons (space_id, title_id, number, expected_episodes)
    SELECT {space}, id, season, 8 FROM numbered CROSS JOIN generate_series(1, 2) AS season
    WHERE kind_of >= .72 AND kind_of < .82;
    INSERT INTO catalog_episodes (space_id, title_id, season, number, title)
    SELECT s.space_id, s.title_id, s.number, episode, 'Episode ' || episode
    FROM catalog_seasons s CROSS JOIN generate_series(1, 8) AS episode
    WHERE s.space_id = {space}
"""
LIBRARIES: Final = """
    INSERT INTO library_libraries (space_id, slug, name, is_default)
    SELECT {space}, 'library-' || n, 'Library ' || n, n = 1 FROM generate_series(1, 5) AS n
"""
EDITIONS: Final = """
    CREATE TEMPORARY TABLE owned ON COMMIT DROP AS
    SELECT id AS title_id, uuidv7() AS id, place, kind_of, random() AS r1, random() AS r2, n
    FROM numbered CROSS JOIN generate_series(1, 2) AS place
    WHERE place = 1 OR n % 4 = 0;
    INSERT INTO library_editions (space_id, id, title_id, format, resolution, name, barcode,
                                  publisher, added_by)
    SELECT {space}, id, title_id, format,
           CASE format WHEN 'dvd' THEN 'sd' WHEN 'bluray' THEN 'full_hd' WHEN 'uhd' THEN 'uhd_4k'
                       WHEN 'digital' THEN 'hd' ELSE '' END,
           CASE WHEN place = 2 THEN 'Second edition' ELSE '' END,
           (4000000000000 + n * 2 + place)::text, 'Publisher ' || n % 97, {user}
    FROM (SELECT *, CASE WHEN kind_of < .60 OR kind_of >= .72 AND kind_of < .82
                         THEN ('{{dvd,dvd,dvd,bluray,bluray,uhd,digital,vhs}}'::text[])
                              [1 + floor(r1 * 8)::int]
                         WHEN kind_of < .72
                         THEN ('{{paperback,paperback,hardcover,ebook,audiobook}}'::text[])
                              [1 + floor(r1 * 5)::int]
                         WHEN kind_of < .92 AND kind_of >= .82
                         THEN ('{{cd,cd,vinyl,cassette,digital}}'::text[])[1 + floor(r1 * 5)::int]
                         ELSE ('{{cartridge,disc,digital,comic_issue}}'::text[])
                              [1 + floor(r1 * 4)::int] END AS format
          FROM owned) one
"""
COPIES: Final = """
    INSERT INTO library_copies (space_id, title_id, edition_id, library_id, condition, location,
                                price_cents, currency, added_by, added_at)
    SELECT {space}, o.title_id, o.id, b.id, 'good', 'Shelf ' || n % 40, 500 + n % 3000, 'EUR',
           {user}, now() - random() * interval '2000 days'
    FROM owned o CROSS JOIN generate_series(1, CASE WHEN o.n % 4 = 1 THEN 2 ELSE 1 END)
    JOIN library_libraries b
      ON b.space_id = {space} AND b.slug = 'library-' || 1 + floor(5 * power(r2, 2))::int
"""
LOANS: Final = """
    INSERT INTO library_loans (space_id, copy_id, borrower, lent_on, due_on)
    SELECT {space}, id, 'Borrower ' || row_number() OVER () % 50, current_date - 10,
           current_date + 20 - (row_number() OVER () % 40)::int
    FROM library_copies WHERE space_id = {space} AND random() < .01
"""
STEPS: Final = (
    NUMBERED,
    FILES,
    TITLES,
    PEOPLE,
    CREDITS,
    IDS,
    SEASONS,
    LIBRARIES,
    EDITIONS,
    COPIES,
    LOANS,
)


def fill(url: str, slug: str, titles: int) -> dict[str, object]:
    """Make the space with its stock; needs the schema's owner, whom no row policy holds."""
    started = time.perf_counter()
    token = new_token("mk")
    with psycopg.connect(url) as connection:
        space, user = _space(connection, slug, token)
        connection.execute("SELECT setseed(0.42)")
        values = {
            "space": Literal(space),
            "user": Literal(user),
            "titles": Literal(titles),
        }
        for step in STEPS:
            known: dict[str, Literal | SQL] = dict(values)
            if step is NUMBERED:
                known |= {"adjectives": Literal(len(ADJECTIVES)), "nouns": Literal(len(NOUNS))}
            if step is TITLES:
                known |= {"adjectives": Literal(ADJECTIVES), "nouns": Literal(NOUNS)}
            for part in step.split(";"):
                connection.execute(SQL(part).format(**known))
        for scheme, (count, steep, each) in TERMS.items():
            known = {
                **values,
                "scheme": Literal(scheme),
                "count": Literal(count),
                "steep": Literal(steep),
                "each": SQL(each),
            }
            connection.execute(SQL(WORDS).format(**known))
            connection.execute(SQL(TITLE_TERMS).format(**known))
        connection.execute("INSERT INTO core_versions (space_id, version) VALUES (%s, 1)", (space,))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    took = round(time.perf_counter() - started, 1)
    return {"slug": slug, "key": token, "titles": titles, "seconds": took}


def _space(connection: psycopg.Connection[tuple[object, ...]], slug: str, token: str) -> list[str]:
    """A space, its owner, and a key in the owner's name."""
    row = connection.execute(
        "WITH s AS (INSERT INTO spaces_spaces (slug, name) VALUES (%s, %s) RETURNING id), "
        "u AS (INSERT INTO accounts_users (email, name) VALUES (%s, 'Bench') RETURNING id), "
        "m AS (INSERT INTO spaces_memberships (space_id, user_id, role) "
        "      SELECT s.id, u.id, 'owner' FROM s, u), "
        "c AS (INSERT INTO accounts_credentials (user_id, kind, token_hash, prefix, name) "
        "      SELECT u.id, 'api_key', %s, 'bench', 'bench' FROM u) "
        "SELECT s.id::text, u.id::text FROM s, u",
        (slug, slug, f"{slug}@bench.example", hash_token(token)),
    ).fetchone()
    assert row is not None
    return [str(one) for one in row]


def main() -> None:
    """Fill the space named on the command line."""
    parser = argparse.ArgumentParser(description=fill.__doc__)
    parser.add_argument("url", help="the schema owner's URL")
    parser.add_argument("--slug", default="bench")
    parser.add_argument("--titles", type=int, default=100_000)
    given = parser.parse_args()
    print(json.dumps(fill(given.url, given.slug, given.titles)))


if __name__ == "__main__":
    main()
