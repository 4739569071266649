"""The page of a work: everything about it in one place, read in one round trip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.areas.library.queries.browse.cards import PEOPLE
from mediatheque.areas.library.queries.holdings import EDITIONS, MEMBER, edition_of
from mediatheque.areas.library.queries.notes import NOTES, note_of
from mediatheque.areas.library.queries.pictures import PICTURE, picture
from mediatheque.areas.library.rules.refusals import NoSuchTitleError
from mediatheque.areas.library.schemas.titles import TitleRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id

if TYPE_CHECKING:
    from mediatheque.kit.db import Row

# A slug, an id, or what either was before a merge.
_ME = """
    WITH me AS (
        SELECT id FROM catalog_titles WHERE space_id = :space AND slug = :key
        UNION ALL
        SELECT id FROM catalog_titles WHERE space_id = :space AND id = cast(:id AS uuid)
        UNION ALL
        SELECT title_id FROM catalog_aliases WHERE space_id = :space AND alias = :key
        LIMIT 1)
"""
_TERMS = """
    (SELECT jsonb_agg(jsonb_build_object('scheme', w.scheme, 'id', w.id, 'slug', w.slug,
                                         'name', w.name) ORDER BY w.name, w.id)
     FROM catalog_title_terms x
     JOIN catalog_terms w ON w.space_id = x.space_id AND w.id = x.term_id
     WHERE x.space_id = t.space_id AND x.title_id = t.id)
"""
_CREDITS = """
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'person', jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name),
                'job', c.job, 'character', c.character, 'position', c.position)
            ORDER BY c.position), '[]')
     FROM catalog_credits c
     JOIN catalog_people p ON p.space_id = c.space_id AND p.id = c.person_id
     WHERE c.space_id = t.space_id AND c.title_id = t.id)
"""
_IDS = """
    (SELECT jsonb_object_agg(one.scheme, one.value) FROM (
        SELECT i.scheme, min(i.value) AS value FROM catalog_external_ids i
        WHERE i.space_id = t.space_id AND i.title_id = t.id GROUP BY i.scheme) one)
"""
_SEASONS = """
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', s.id, 'number', s.number, 'title', s.title,
                'expected_episodes', s.expected_episodes, 'episodes_count', n.episodes,
                'is_complete', coalesce(n.episodes >= s.expected_episodes, false))
            ORDER BY s.number), '[]')
     FROM catalog_seasons s
     CROSS JOIN LATERAL (
        SELECT count(*) AS episodes FROM catalog_episodes q
        WHERE q.space_id = s.space_id AND q.title_id = s.title_id AND q.season = s.number) n
     WHERE s.space_id = t.space_id AND s.title_id = t.id)
"""
_MARK = """
    (SELECT jsonb_build_object('status', m.status, 'finished_on', m.finished_on,
                               'times', m.times)
     FROM library_marks m
     WHERE m.space_id = t.space_id AND m.title_id = t.id
       AND m.user_id = :user AND m.season = 0 AND m.episode = 0)
"""
_WORK = text(
    f"""
    {_ME}
    SELECT t.*, coalesce({PEOPLE}, '') AS people, {PICTURE} AS poster,
           {_TERMS} AS terms, {_CREDITS} AS credits, {_IDS} AS external_ids,
           {_SEASONS} AS seasons, {MEMBER.format(column="t.added_by")} AS added_by_member
    FROM me
    JOIN catalog_titles t ON t.space_id = :space AND t.id = me.id
    LEFT JOIN files_files f ON f.space_id = t.space_id AND f.id = t.poster_id
    """  # noqa: S608  (the parts are constants)
)
_HOLDINGS = text(
    f"""
    {_ME}
    SELECT {EDITIONS} AS editions, {NOTES} AS notes, {_MARK} AS my_mark,
           r.average, r.count, r.mine
    FROM me
    JOIN catalog_titles t ON t.space_id = :space AND t.id = me.id
    CROSS JOIN LATERAL (
        SELECT avg(r.value)::float8 AS average, count(*) AS count,
               max(r.value) FILTER (WHERE r.user_id = :user) AS mine
        FROM library_ratings r WHERE r.space_id = t.space_id AND r.title_id = t.id) r
    """  # noqa: S608  (the parts are constants)
)

_LISTS = {
    "genres": "genre",
    "tags": "tag",
    "moods": "mood",
    "themes": "theme",
    "languages": "language",
    "countries": "country",
}


@requires(Permission.CATALOG_READ)
async def get_title_page(ctx: ReadContext, key: str) -> TitleRead:
    """A work by slug, id or an old address, with all that hangs on it; two statements."""
    values = {
        "space": ctx.space_id,
        "key": key.lower() if parse_id(key) else key,
        "id": parse_id(key),
    }
    user = ctx.actor.id
    works, holdings = await ctx.db.batch(
        _WORK.bindparams(**values),
        _HOLDINGS.bindparams(**values, user=user, today=ctx.now.date()),
    )
    if not works or not holdings or not is_visible(ctx, works[0]):
        raise NoSuchTitleError
    return TitleRead.model_validate(_page(ctx, works[0], holdings[0]))


def is_visible(ctx: ReadContext, work: Row) -> bool:
    """The same rule as the list's: drafts and closed windows are for the catalogue's people."""
    if ctx.may(Permission.CATALOG_DRAFT_READ):
        return True
    return bool(
        work["status"] == "published"
        and (work["available_from"] is None or work["available_from"] <= ctx.now)
        and (work["available_until"] is None or work["available_until"] > ctx.now)
    )


def _page(ctx: ReadContext, work: Row, held: Row) -> dict[str, Any]:
    editions = [edition_of(ctx, one) for one in held["editions"]]
    copies = [copy for edition in editions for copy in edition["copies"]]
    terms: dict[str, list[dict[str, Any]]] = {name: [] for name in _LISTS}
    by_scheme = {scheme: terms[name] for name, scheme in _LISTS.items()}
    for term in work["terms"] or ():
        by_scheme[term["scheme"]].append(term)
    average = held["average"]
    return {
        **work,
        **terms,
        "poster": picture(work["poster"]),
        "rating": _tenths(work["rating"]),
        "external_ids": work["external_ids"] or {},
        "added_by": work["added_by_member"],
        "editions": editions,
        "formats": sorted({edition["format"] for edition in editions}),
        "copies_count": len(copies),
        "is_on_loan": any(copy["loan"] for copy in copies),
        "notes": [note_of(ctx, one) for one in held["notes"]],
        "my_rating": _tenths(held["mine"]),
        "ratings": {
            "average": None if average is None else round(average / 10, 2),
            "count": held["count"],
        },
        "my_mark": held["my_mark"],
        **_rights(ctx, work),
    }


def _rights(ctx: ReadContext, work: Row) -> dict[str, bool]:
    is_own = work["added_by"] is not None and work["added_by"] == ctx.actor.id
    return {
        "can_edit": ctx.may(Permission.CATALOG_EDIT_ANY)
        or (is_own and ctx.may(Permission.CATALOG_EDIT)),
        "can_delete": ctx.may(Permission.CATALOG_DELETE)
        or (is_own and ctx.may(Permission.CATALOG_EDIT)),
    }


def _tenths(value: int | None) -> float | None:
    return None if value is None else value / 10
