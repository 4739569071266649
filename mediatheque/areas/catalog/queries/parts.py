"""Pieces of SQL over ``catalog_titles t``, for selects of this area and of those above.

Text, because building these from the models anew at each request costs more than running them.
They use the parameters ``:space`` and, where said, ``:now``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.rules.words import SCHEMES
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext

LEADS: Final = """
    CASE t.kind WHEN 'movie' THEN '{director}'::text[]
                WHEN 'series' THEN '{creator,director}'
                WHEN 'album' THEN '{artist,performer}'
                WHEN 'book' THEN '{author}'
                WHEN 'game' THEN '{developer}'
                WHEN 'comic' THEN '{author,writer,artist,illustrator}'
                ELSE '{director,author,artist,creator}' END
"""
"""Whose names stand under a work's title."""

PEOPLE: Final = f"""
    coalesce((SELECT string_agg(one.name, ', ' ORDER BY one.position) FROM (
        SELECT p.name, min(c.position) AS position FROM catalog_credits c
        JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
        WHERE c.space_id = t.space_id AND c.title_id = t.id AND c.job = ANY({LEADS})
        GROUP BY p.id, p.name ORDER BY 2 LIMIT 3) one), '')
"""  # noqa: S608  (the parts are constants of this file)
"""The line of director, author or artist."""

POSTER: Final = """
    (SELECT jsonb_build_object('id', f.id, 'width', f.width, 'height', f.height,
                               'blurhash', f.blurhash, 'dominant_color', f.dominant_color)
     FROM files_files f WHERE f.space_id = t.space_id AND f.id = t.poster_id)
"""

TERMS: Final = """
    coalesce((SELECT jsonb_agg(jsonb_build_object('scheme', w.scheme, 'slug', w.slug,
                                                  'name', w.name) ORDER BY lower(w.name), w.slug)
     FROM catalog_title_terms x
     JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
     WHERE x.space_id = t.space_id AND x.title_id = t.id), '[]')
"""
"""All words of a work with their schemes; :func:`by_scheme` sorts them out."""

IDS: Final = """
    coalesce((SELECT jsonb_object_agg(one.scheme, one.value) FROM (
        SELECT e.scheme, min(e.value) AS value FROM catalog_external_ids e
        WHERE e.space_id = t.space_id AND e.title_id = t.id GROUP BY e.scheme) one), '{}')
"""

CREDITS: Final = """
    coalesce((SELECT jsonb_agg(jsonb_build_object(
        'person', jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name),
        'job', c.job, 'character', c.character, 'position', c.position) ORDER BY c.position)
     FROM catalog_credits c
     JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
     WHERE c.space_id = t.space_id AND c.title_id = t.id), '[]')
"""

SEASON: Final = """
    'id', s.id, 'number', s.number, 'title', s.title,
    'expected_episodes', s.expected_episodes, 'episodes_count', n.count,
    'is_complete', coalesce(n.count >= s.expected_episodes AND s.expected_episodes > 0, false)
"""
SEASONS: Final = f"""
    coalesce((SELECT jsonb_agg(jsonb_build_object({SEASON}) ORDER BY s.number)
     FROM catalog_seasons s
     CROSS JOIN LATERAL (
         SELECT count(*) AS count FROM catalog_episodes e
         WHERE e.space_id = s.space_id AND e.title_id = s.title_id AND e.season = s.number) n
     WHERE s.space_id = t.space_id AND s.title_id = t.id), '[]')
"""  # noqa: S608  (the parts are constants of this file)

EVERYTHING: Final = "true"
"""The clause that hides nothing."""

PUBLISHED: Final = """
    ({t}.status = 'published'
     AND ({t}.available_from IS NULL OR {t}.available_from <= :now)
     AND ({t}.available_until IS NULL OR {t}.available_until > :now))
"""


def visible(ctx: ReadContext, table: str = "t") -> str:
    """The rows this actor may see: everything, or what is published and inside its window.

    Who adds works also sees their own; a profile with a limit nothing above it, whoever it is of.
    Bind :func:`visible_values` with it.
    """
    public, suited = _public(ctx, table), suitable(ctx, table)
    if suited == EVERYTHING:
        return public
    return suited if public == EVERYTHING else f"({public} AND {suited})"


def visible_values(ctx: ReadContext) -> dict[str, Any]:
    """The parameters of :func:`visible`."""
    values = suitable_values(ctx)
    if not ctx.may(Permission.CATALOG_DRAFT_READ):
        values["now"] = ctx.now
        if _has_own(ctx):
            values["actor"] = ctx.actor.id
    return values


def suitable(ctx: ReadContext, table: str = "t") -> str:
    """The works for the age of the session's profile; all of them without a limit.

    Part of :func:`visible`; by itself for what only counts or names works. Bind
    :func:`suitable_values` with it.
    """
    profile = ctx.actor.profile
    if profile is None or profile.maturity_limit is None:
        return EVERYTHING
    known = f"{table}.minimum_age <= cast(:maturity AS smallint)"
    return f"({table}.minimum_age IS NULL OR {known})" if profile.shows_unknown else known


def suitable_values(ctx: ReadContext) -> dict[str, Any]:
    """The parameters of :func:`suitable`."""
    profile = ctx.actor.profile
    if profile is None or profile.maturity_limit is None:
        return {}
    return {"maturity": profile.maturity_limit}


def _public(ctx: ReadContext, table: str) -> str:
    if ctx.may(Permission.CATALOG_DRAFT_READ):
        return EVERYTHING
    published = PUBLISHED.format(t=table)
    return f"({published} OR {table}.added_by = :actor)" if _has_own(ctx) else published


def visible_clause(ctx: ReadContext) -> TextClause:
    """:func:`visible` for a select built from the models (``catalog_titles`` unaliased)."""
    return text(visible(ctx, "catalog_titles")).bindparams(**visible_values(ctx))


def _has_own(ctx: ReadContext) -> bool:
    return ctx.actor.id is not None and ctx.may(Permission.CATALOG_CREATE)


# Not COALESCE: under a row policy the planner takes it for leaky and reads the whole table.
BY_ID: Final = """
    t.id = (SELECT a.title_id FROM catalog_aliases a
            WHERE a.space_id = :space AND a.alias = :alias
            UNION ALL SELECT cast(:id AS uuid) LIMIT 1)
"""
BY_SLUG: Final = """
    t.id = (SELECT n.id FROM catalog_titles n
            WHERE n.space_id = :space AND n.slug = :alias
            UNION ALL SELECT a.title_id FROM catalog_aliases a
            WHERE a.space_id = :space AND a.alias = :alias LIMIT 1)
"""


def named(key: str) -> tuple[str, dict[str, Any]]:
    """The condition for a work by its id, its address, or an old one of either."""
    found = parse_id(key)
    if found is not None:
        return BY_ID, {"id": found, "alias": str(found)}
    return BY_SLUG, {"alias": key.replace("\0", "")}


def by_scheme(terms: list[dict[str, str]]) -> dict[str, Any]:
    """:data:`TERMS` as the fields of a work: links, and codes of languages and countries."""
    found: dict[str, Any] = {field: [] for field in SCHEMES}
    fields = {scheme: field for field, scheme in SCHEMES.items()}
    for term in terms:
        field = fields[term["scheme"]]
        if field in {"languages", "countries"}:
            found[field].append(term["name"])
        else:
            found[field].append({"slug": term["slug"], "name": term["name"]})
    return found
