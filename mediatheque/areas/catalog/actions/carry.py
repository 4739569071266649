"""Taking works over into another space: found there, or made there as they are here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.events import TitlesImported
from mediatheque.areas.catalog.models import Title
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import check_quota
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

_MATCH: Final = """
    SELECT t.id AS old, coalesce(
        (SELECT o.id FROM catalog_external_ids e
         JOIN catalog_external_ids f
           ON f.space_id = :there AND f.scheme = e.scheme AND f.value = e.value
         JOIN catalog_titles o ON o.space_id = f.space_id AND o.id = f.title_id AND o.kind = t.kind
         WHERE e.space_id = t.space_id AND e.title_id = t.id
         ORDER BY o.id LIMIT 1),
        (SELECT o.id FROM catalog_titles o
         WHERE o.space_id = :there AND o.title_key = t.title_key AND o.kind = t.kind
           AND o.year IS NOT DISTINCT FROM t.year
         ORDER BY o.id LIMIT 1)) AS new
    FROM catalog_titles t
    WHERE t.space_id = :here AND t.id = ANY(cast(:ids AS uuid[]))
    ORDER BY t.id
"""
_MADE: Final = "unnest(cast(:olds AS uuid[]), cast(:news AS uuid[])) AS m (old, new)"
_LEFT: Final = frozenset({"space_id", "id", "slug", "poster_id", "added_by", "import_id"})
_SAME: Final = ", ".join(one.name for one in Title.__table__.columns if one.name not in _LEFT)
_OF: Final = ", ".join(f"t.{one.strip()}" for one in _SAME.split(","))

_TEXTS: Final = (
    """
    INSERT INTO catalog_titles (space_id, id, slug, poster_id, added_by, {_SAME})
    SELECT :there, m.new,
           CASE WHEN EXISTS (SELECT FROM catalog_titles o
                             WHERE o.space_id = :there AND o.slug = t.slug)
                THEN t.slug || '-' || right(m.new::text, 8) ELSE t.slug END,
           p.new,
           (SELECT b.user_id FROM spaces_memberships b
            WHERE b.space_id = :there AND b.user_id = t.added_by),
           {_OF}
    FROM {_MADE}
    JOIN catalog_titles t ON t.space_id = :here AND t.id = m.old
    LEFT JOIN unnest(cast(:pictures AS uuid[]), cast(:copied AS uuid[])) AS p (old, new)
           ON p.old = t.poster_id
    """,
    """
    INSERT INTO catalog_external_ids (space_id, scheme, value, title_id)
    SELECT :there, e.scheme, e.value, m.new FROM {_MADE}
    JOIN catalog_external_ids e ON e.space_id = :here AND e.title_id = m.old
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO catalog_terms (space_id, scheme, slug, name)
    SELECT DISTINCT ON (w.scheme, w.slug) :there, w.scheme, w.slug, w.name FROM {_MADE}
    JOIN catalog_title_terms x ON x.space_id = :here AND x.title_id = m.old
    JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
    ON CONFLICT (space_id, scheme, slug) DO NOTHING
    """,
    """
    INSERT INTO catalog_title_terms (space_id, term_id, title_id)
    SELECT :there, o.id, m.new FROM {_MADE}
    JOIN catalog_title_terms x ON x.space_id = :here AND x.title_id = m.old
    JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
    JOIN catalog_terms o ON o.space_id = :there AND o.scheme = w.scheme AND o.slug = w.slug
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO catalog_people (space_id, slug, name, sort_key, name_key, distinction)
    SELECT DISTINCT ON (w.name_key, w.distinction) :there,
           CASE WHEN EXISTS (SELECT FROM catalog_people o
                             WHERE o.space_id = :there AND o.slug = w.slug)
                THEN w.slug || '-' || right(w.id::text, 8) ELSE w.slug END,
           w.name, w.sort_key, w.name_key, w.distinction
    FROM {_MADE}
    JOIN catalog_credits x ON x.space_id = :here AND x.title_id = m.old
    JOIN catalog_people w ON w.space_id = x.space_id AND w.id = x.person_id
    ON CONFLICT (space_id, name_key, distinction) DO NOTHING
    """,
    """
    INSERT INTO catalog_credits (space_id, title_id, position, person_id, job, character)
    SELECT :there, m.new, x.position, o.id, x.job, x.character FROM {_MADE}
    JOIN catalog_credits x ON x.space_id = :here AND x.title_id = m.old
    JOIN catalog_people w ON w.space_id = x.space_id AND w.id = x.person_id
    JOIN catalog_people o ON o.space_id = :there AND o.name_key = w.name_key
                         AND o.distinction = w.distinction
    """,
    """
    INSERT INTO catalog_seasons (space_id, title_id, number, title, expected_episodes)
    SELECT :there, m.new, x.number, x.title, x.expected_episodes FROM {_MADE}
    JOIN catalog_seasons x ON x.space_id = :here AND x.title_id = m.old
    """,
    """
    INSERT INTO catalog_episodes (space_id, title_id, season, number, title, synopsis, aired_on,
                                  runtime_minutes)
    SELECT :there, m.new, x.season, x.number, x.title, x.synopsis, x.aired_on, x.runtime_minutes
    FROM {_MADE}
    JOIN catalog_episodes x ON x.space_id = :here AND x.title_id = m.old
    """,
)
_STEPS: Final = tuple(
    one.replace("{_MADE}", _MADE).replace("{_SAME}", _SAME).replace("{_OF}", _OF) for one in _TEXTS
)


@dataclass(frozen=True, slots=True)
class Carried:
    """Works of the one space and what they are in the other; ``made`` are new there."""

    works: dict[UUID, UUID] = field(default_factory=dict)
    made: frozenset[UUID] = frozenset()


@requires(Permission.IMPORT_CREATE)
async def carry_titles(
    ctx: Context, here: UUID, ids: Sequence[UUID], pictures: Mapping[UUID, UUID]
) -> Carried:
    """Find or make works of the space ``here`` in the context's; those here stay as they are.

    Found are works of the same kind with an id in common, or with the same title and year; they
    are not changed. ``pictures`` maps files here to their copies there. Needs a transaction across
    spaces. Raises QuotaReachedError.
    """
    base: dict[str, Any] = {"here": here, "there": ctx.space_id}
    rows = (await ctx.db.execute(_MATCH, {**base, "ids": list(ids)})).mappings().all()
    works = {row["old"]: row["new"] or uuid7() for row in rows}
    made = [row["old"] for row in rows if row["new"] is None]
    await check_quota(ctx, "titles", len(made))
    if made:
        values = {
            **base,
            "olds": made,
            "news": [works[old] for old in made],
            "pictures": list(pictures),
            "copied": list(pictures.values()),
        }
        for step in _STEPS:
            await ctx.db.execute(step, values)
    if works:
        ctx.emit(
            TitlesImported(
                ref=Ref("title", None, f"{len(works):,} titles"), batch=tuple(works.values())
            )
        )
    return Carried(works, frozenset(works[old] for old in made))
