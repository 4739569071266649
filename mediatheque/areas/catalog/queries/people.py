"""People and their works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.queries.cursors import id_in, text_in
from mediatheque.areas.catalog.queries.parts import (
    EVERYTHING,
    PEOPLE,
    POSTER,
    suitable,
    suitable_values,
    visible,
    visible_values,
)
from mediatheque.areas.catalog.queries.titles import TENTHS
from mediatheque.areas.catalog.rules.refusals import PersonNotFoundError
from mediatheque.areas.catalog.schemas.people import PersonRead, PersonRow
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor
from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.people import PeopleFilter

MOST_WORKS: Final = 1000

_COUNT: Final = """
    (SELECT count(DISTINCT c.title_id) FROM catalog_credits c
     JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
     WHERE c.space_id = p.space_id AND c.person_id = p.id AND {visible})
"""
_SHOWN: Final = """
    (EXISTS (SELECT 1 FROM catalog_credits c
             JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
             WHERE c.space_id = p.space_id AND c.person_id = p.id AND {suitable})
     OR NOT EXISTS (SELECT 1 FROM catalog_credits c
                    WHERE c.space_id = p.space_id AND c.person_id = p.id))
"""
_MATCHING: Final = """
    JOIN (SELECT m.id FROM catalog_people m
          WHERE m.space_id = :space AND starts_with(m.name_key, :q)
          UNION
          SELECT m.id FROM catalog_people m
          WHERE m.space_id = :space AND starts_with(m.sort_key, :q)) found ON found.id = p.id
"""
_BY_ID: Final = """
    p.id = (SELECT a.person_id FROM catalog_person_aliases a
            WHERE a.space_id = :space AND a.id = :key
            UNION ALL SELECT cast(:key AS uuid) LIMIT 1)
"""
_BY_SLUG: Final = """
    p.id = (SELECT n.id FROM catalog_people n WHERE n.space_id = :space AND n.slug = :key
            UNION ALL SELECT a.person_id FROM catalog_person_aliases a
            WHERE a.space_id = :space AND a.slug = :key LIMIT 1)
"""
_WORKS: Final = f"""
    SELECT c.job, c.character, t.id, t.slug, t.kind, t.title, t.year, t.status, t.created_at,
           t.rating, {PEOPLE} AS people, {POSTER} AS poster
    FROM catalog_people p
    JOIN catalog_credits c ON c.space_id = p.space_id AND c.person_id = p.id
    JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
    WHERE p.space_id = :space AND $named AND $visible
    ORDER BY t.year DESC NULLS LAST, t.sort_key, c.position
    LIMIT {MOST_WORKS}
"""  # noqa: S608  (the parts are constants)


def person_visible(ctx: ReadContext) -> str:
    """The people ``p`` this actor may see: not those who only made what a profile hides.

    Bind ``suitable_values`` with it.
    """
    suited = suitable(ctx)
    return EVERYTHING if suited == EVERYTHING else _SHOWN.format(suitable=suited)


def _named(key: str) -> tuple[str, Any]:
    """Who is meant by an id or an address, or by one of somebody merged away: SQL of ``p``."""
    found = parse_id(key)
    return (_BY_SLUG, key.replace("\0", "")) if found is None else (_BY_ID, found)


@requires(Permission.CATALOG_READ)
async def list_people(ctx: ReadContext, wanted: PeopleFilter) -> Feed[PersonRow]:
    """People in the order of their family names, with how many works each has."""
    after = decode_cursor(wanted.cursor, 2)
    q = fold(wanted.q)
    count = _COUNT.format(visible=visible(ctx))
    sql = f"""
        SELECT p.id, p.slug, p.name, p.distinction, p.sort_key, {count} AS titles_count
        FROM catalog_people p {_MATCHING if q else ""}
        WHERE p.space_id = :space AND {person_visible(ctx)}
          {"AND (p.sort_key, p.id) > (:name, cast(:id AS uuid))" if after else ""}
        ORDER BY p.sort_key, p.id LIMIT :limit
    """  # noqa: S608  (the parts are constants)
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "limit": wanted.limit + 1,
        **visible_values(ctx),
        **({"q": q} if q else {}),
        **({"name": text_in(after[0]), "id": id_in(after[1])} if after else {}),
    }
    rows, more = cut(await ctx.db.rows(text(sql).bindparams(**values)), wanted.limit)
    last = encode_cursor(rows[-1]["sort_key"], rows[-1]["id"]) if more else None
    return Feed(items=[PersonRow.model_validate(row) for row in rows], next_cursor=last)


@requires(Permission.CATALOG_READ)
async def get_person(ctx: ReadContext, key: str | UUID) -> PersonRead:
    """Somebody with their works by job; raises ``PersonNotFoundError``."""
    named, value = _named(str(key))
    person, works = await ctx.db.batch(
        text(
            "SELECT p.id, p.slug, p.name, p.distinction FROM catalog_people p "  # noqa: S608  (our own clauses)
            f"WHERE p.space_id = :space AND {named} AND {person_visible(ctx)}"
        ).bindparams(space=ctx.space_id, key=value, **suitable_values(ctx)),
        _works(ctx, named, value),
    )
    if not person:
        raise PersonNotFoundError
    titles: dict[str, list[dict[str, Any]]] = {}
    for work in works:
        work["rating"] = None if work["rating"] is None else work["rating"] / TENTHS
        titles.setdefault(work["job"], []).append(work)
    return PersonRead.model_validate({**person[0], "titles": titles})


def _works(ctx: ReadContext, named: str, value: object) -> TextClause:
    sql = _WORKS.replace("$named", named).replace("$visible", visible(ctx))
    return text(sql).bindparams(space=ctx.space_id, key=value, **visible_values(ctx))


@requires(Permission.CATALOG_READ)
async def find_person_id(ctx: ReadContext, key: str | UUID) -> UUID | None:
    """The id meant by an id or an address, or None."""
    named, value = _named(str(key))
    found: UUID | None = await ctx.db.scalar(
        text(
            "SELECT p.id FROM catalog_people p "  # noqa: S608  (constants)
            f"WHERE p.space_id = :space AND {named} AND {person_visible(ctx)}"
        ).bindparams(space=ctx.space_id, key=value, **suitable_values(ctx))
    )
    return found
