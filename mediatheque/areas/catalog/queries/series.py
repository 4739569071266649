"""Seasons with their episodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import SEASON, named, visible, visible_values
from mediatheque.areas.catalog.rules.refusals import SeasonNotFoundError
from mediatheque.areas.catalog.schemas.series import SeasonPage
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

_SEASON: Final = f"""
    SELECT jsonb_build_object({SEASON}, 'episodes', n.episodes) AS season
    FROM catalog_titles t
    JOIN catalog_seasons s
      ON s.space_id = t.space_id AND s.title_id = t.id AND s.number = :number
    CROSS JOIN LATERAL (
        SELECT count(*) AS count, coalesce(jsonb_agg(jsonb_build_object(
            'id', e.id, 'number', e.number, 'title', e.title, 'synopsis', e.synopsis,
            'aired_on', e.aired_on, 'runtime_minutes', e.runtime_minutes) ORDER BY e.number),
            '[]') AS episodes
        FROM catalog_episodes e
        WHERE e.space_id = s.space_id AND e.title_id = s.title_id AND e.season = s.number) n
    WHERE t.space_id = :space
"""  # noqa: S608  (the parts are constants)


@requires(Permission.CATALOG_READ)
async def get_season(ctx: ReadContext, key: str | UUID, number: int) -> SeasonPage:
    """A season of a series with its episodes.

    Raises ``SeasonNotFoundError``, also when there is no such title.
    """
    condition, values = named(str(key))
    found = await ctx.db.scalar(
        text(f"{_SEASON} AND {condition} AND {visible(ctx)}").bindparams(
            space=ctx.space_id, number=number, **values, **visible_values(ctx)
        )
    )
    if found is None:
        raise SeasonNotFoundError
    return SeasonPage.model_validate(found)
