"""What an export reads of a stretch of works: one select for each part, over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.queries.parts import visible, visible_values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.library.schemas.exports import ExportFilter
    from mediatheque.core.context import ReadContext

_WORKS: Final = """
    SELECT t.id, t.sort_key, t.kind, t.title, t.original_title, t.sort_title, t.year, t.synopsis,
    t.released_on, t.runtime_minutes, t.age_rating, t.minimum_age, t.rating, t.details,
    (t.created_at AT TIME ZONE 'UTC')::date AS added_on
    FROM catalog_titles t
"""
_ORDER: Final = "ORDER BY t.sort_key, t.id"
_OF: Final = "x.space_id = :space AND x.title_id = ANY(cast(:ids AS uuid[]))"

PARTS: Final = {
    "terms": """
        SELECT x.title_id, w.scheme, w.name FROM catalog_title_terms x
        JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
        WHERE {of} ORDER BY w.name COLLATE "C", w.slug COLLATE "C"
    """,
    "ids": """
        SELECT x.title_id, x.scheme, min(x.value COLLATE "C") AS value FROM catalog_external_ids x
        WHERE {of} GROUP BY x.title_id, x.scheme ORDER BY x.scheme COLLATE "C"
    """,
    "credits": """
        SELECT x.title_id, p.name, x.job, x.character FROM catalog_credits x
        JOIN catalog_people p ON p.space_id = x.space_id AND p.id = x.person_id
        WHERE {of} ORDER BY x.title_id, x.position
    """,
    "seasons": """
        SELECT x.title_id, x.number, x.title, x.expected_episodes FROM catalog_seasons x
        WHERE {of} ORDER BY x.title_id, x.number
    """,
    "episodes": """
        SELECT x.title_id, x.season, x.number, x.title, x.aired_on, x.runtime_minutes, x.synopsis
        FROM catalog_episodes x
        WHERE {of} ORDER BY x.title_id, x.season, x.number
    """,
    "ratings": "SELECT x.title_id, x.value FROM library_ratings x WHERE {of} AND x.user_id = :user",
    "notes": """
        SELECT x.title_id, x.body FROM library_notes x
        WHERE {of} AND x.user_id = :user ORDER BY x.body COLLATE "C", x.id
    """,
    "marks": """
        SELECT x.title_id, x.season, x.episode, x.status, x.finished_on, x.times
        FROM library_marks x
        WHERE {of} AND x.user_id = :user ORDER BY x.title_id, x.season, x.episode
    """,
}  # fmt: skip
"""Part → select with ``:space`` and ``:ids``; ``{of}`` says of which works."""
OWN: Final = frozenset({"ratings", "notes", "marks"})
"""Parts of which only the user's own are read."""

_COPIES: Final = """
    SELECT x.title_id, b.name AS library, e.format, nullif(e.resolution, '') AS resolution,
           nullif(e.name, '') AS edition, nullif(e.region, '') AS region,
           nullif(e.barcode, '') AS barcode, e.publisher, e.released_on, x.condition, x.location,
           x.price_cents, x.currency, x.bought_on, x.signed, x.notes,
           l.borrower AS loaned_to, l.lent_on AS loaned_on,
           (x.added_at AT TIME ZONE 'UTC')::date AS added_on
    FROM library_copies x
    JOIN library_editions e ON e.space_id = x.space_id AND e.id = x.edition_id
    JOIN library_libraries b ON b.space_id = x.space_id AND b.id = x.library_id
    LEFT JOIN library_loans l
      ON l.space_id = x.space_id AND l.copy_id = x.id AND l.returned_on IS NULL
    WHERE {of}
"""
_IN_LIBRARY: Final = """
    EXISTS (SELECT 1 FROM library_copies c
            WHERE c.space_id = t.space_id AND c.title_id = t.id
              AND c.library_id = ANY(cast(:libraries AS uuid[])))
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which works: a condition over ``catalog_titles t`` with its parameters."""

    condition: str
    values: dict[str, Any]


def choose(ctx: ReadContext, wanted: ExportFilter, libraries: Sequence[UUID]) -> Chosen:
    """The works that the actor may see, of the kinds and in the libraries that are asked for."""
    conditions = ["t.space_id = :space", visible(ctx)]
    values: dict[str, Any] = {"space": ctx.space_id, **visible_values(ctx)}
    if wanted.kind:
        conditions.append("t.kind = ANY(cast(:kinds AS text[]))")
        values["kinds"] = list(wanted.kind)
    if libraries:
        conditions.append(_IN_LIBRARY)
        values["libraries"] = list(libraries)
    return Chosen(" AND ".join(conditions), values)


def works_after(chosen: Chosen, after: str | None, limit: int) -> TextClause:
    """Works in their order, from the start or behind a sort key."""
    condition, values = chosen.condition, {**chosen.values, "limit": limit}
    if after is not None:
        condition += " AND t.sort_key > :after"
        values["after"] = after
    return text(f"{_WORKS} WHERE {condition} {_ORDER} LIMIT :limit").bindparams(**values)


def works_at(chosen: Chosen, key: str) -> TextClause:
    """All works of one sort key."""
    return text(f"{_WORKS} WHERE {chosen.condition} AND t.sort_key = :key {_ORDER}").bindparams(
        **chosen.values, key=key
    )


def counted(chosen: Chosen) -> TextClause:
    """How many works there are."""
    return text(
        f"SELECT count(*) FROM catalog_titles t WHERE {chosen.condition}"  # noqa: S608  (constants)
    ).bindparams(**chosen.values)


def parts_of(
    ctx: ReadContext, ids: Sequence[UUID], libraries: Sequence[UUID]
) -> dict[str, TextClause]:
    """The selects for all parts of these works; copies only of the libraries, if some are named."""
    values: dict[str, Any] = {"space": ctx.space_id, "ids": list(ids)}
    found = {name: text(sql.format(of=_OF)) for name, sql in PARTS.items()}
    made = {
        name: select.bindparams(**values, **({"user": ctx.user_id} if name in OWN else {}))
        for name, select in found.items()
    }
    copies = _COPIES.format(of=_OF)
    if libraries:
        copies += " AND x.library_id = ANY(cast(:libraries AS uuid[]))"
        values["libraries"] = list(libraries)
    made["copies"] = text(copies).bindparams(**values)
    return made
