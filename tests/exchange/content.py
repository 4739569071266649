"""A space's content by natural keys, for comparing what two ways left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.core.edge import read_context

if TYPE_CHECKING:
    from mediatheque.core.context import Space
    from mediatheque.kit.db import Database

CONTENT = {
    "titles": (
        "SELECT slug, kind, title, original_title, sort_key, title_key, year, runtime_minutes, "
        "rating, details, created_at FROM catalog_titles"
    ),
    "ids": (
        "SELECT t.slug, x.scheme, x.value FROM catalog_external_ids x "
        "JOIN catalog_titles t ON t.id = x.title_id"
    ),
    "terms": (
        "SELECT t.slug, m.scheme, m.slug AS term FROM catalog_title_terms x "
        "JOIN catalog_titles t ON t.id = x.title_id JOIN catalog_terms m ON m.id = x.term_id"
    ),
    "people": "SELECT slug, name FROM catalog_people",
    "credits": (
        "SELECT t.slug, c.position, p.name, c.job, c.character FROM catalog_credits c "
        "JOIN catalog_titles t ON t.id = c.title_id JOIN catalog_people p ON p.id = c.person_id"
    ),
    "copies": (
        "SELECT t.slug, e.format, e.resolution, e.region, e.name, e.barcode, c.condition, "
        "c.location, c.price_cents, c.currency, c.bought_on, c.notes, c.added_at, l.name AS shelf "
        "FROM library_copies c JOIN catalog_titles t ON t.id = c.title_id "
        "JOIN library_editions e ON e.id = c.edition_id "
        "JOIN library_libraries l ON l.id = c.library_id"
    ),
    "loans": (
        "SELECT t.slug, o.borrower FROM library_loans o JOIN library_copies c "
        "ON c.id = o.copy_id JOIN catalog_titles t ON t.id = c.title_id"
    ),
    "ratings": (
        "SELECT t.slug, r.value FROM library_ratings r JOIN catalog_titles t ON t.id = r.title_id"
    ),
    "marks": (
        "SELECT t.slug, m.season, m.episode, m.status, m.finished_on, m.times "
        "FROM library_marks m JOIN catalog_titles t ON t.id = m.title_id"
    ),
    "origins": (
        "SELECT t.slug, o.source, o.key, o.ordinal, o.digest FROM library_origins o "
        "JOIN catalog_titles t ON t.id = o.title_id"
    ),
    "rows": "SELECT position, line, key, outcome, reason, label FROM exchange_rows",
}


async def content(database: Database, space: Space) -> dict[str, list[str]]:
    """Every row as text, ordered."""
    db = read_context(database, space=space).db
    found = {}
    for name, select in CONTENT.items():
        rows = await db.rows(
            text(f"SELECT to_jsonb(x)::text AS row FROM ({select}) x ORDER BY 1")  # noqa: S608  (our own names)
        )
        found[name] = [row["row"] for row in rows]
    return found
