"""Seasons and episodes, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.areas.catalog.actions.titles.lists import Lists
from mediatheque.areas.catalog.actions.titles.locked import lock_title
from mediatheque.areas.catalog.actions.titles.statements import update_of, writing
from mediatheque.areas.catalog.events import (
    EpisodeRemoved,
    EpisodeSaved,
    SeasonRemoved,
    SeasonSaved,
)
from mediatheque.areas.catalog.queries.series import get_season
from mediatheque.areas.catalog.rules.refusals import (
    EpisodeNotFoundError,
    NotASeriesError,
    SeasonNotFoundError,
)
from mediatheque.areas.catalog.schemas.series import EpisodeCreate, SeasonCreate
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.series import EpisodeInput, SeasonInput, SeasonPage
    from mediatheque.kit.db import Row

_TOUCH: Final = update_of(["edited_at"])
_REMOVE_SEASON: Final = text(
    f"""
    WITH made AS ({_TOUCH})
    DELETE FROM catalog_seasons s USING made
    WHERE s.space_id = :space AND s.title_id = made.id AND s.number = :number
    RETURNING s.title
    """  # noqa: S608  (the parts are constants)
)
_REMOVE_EPISODE: Final = text(
    f"""
    WITH made AS ({_TOUCH})
    DELETE FROM catalog_episodes e USING made
    WHERE e.space_id = :space AND e.title_id = made.id
      AND e.season = :season AND e.number = :number
    RETURNING e.title
    """  # noqa: S608  (the parts are constants)
)


async def _series(ctx: Context, key: str | UUID) -> Row:
    title = await lock_title(ctx, key)
    if title["kind"] != "series":
        raise NotASeriesError
    return title


def _ref(title: Row) -> Ref:
    return Ref("title", title["id"], title["title"])


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def save_season(
    ctx: Context, key: str | UUID, number: int, season: SeasonInput
) -> SeasonPage:
    """Add or change a season; a list of episodes replaces those it has.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``, ``NotASeriesError``.
    """
    title = await _series(ctx, key)
    lists = Lists(seasons=[SeasonCreate(number=number, **season.model_dump())])
    values = {"space": ctx.space_id, "id": title["id"], "now": ctx.now, "edited_at": ctx.now}
    await ctx.db.execute(writing(_TOUCH, ["season"]), {**lists.values(), **values})
    after = season.model_dump(mode="json", exclude_unset=True)
    if season.episodes is not None:
        after["episodes"] = [episode.number for episode in season.episodes]
    ctx.emit(SeasonSaved(ref=_ref(title), after={"number": number, **after}))
    return await get_season(ctx, title["id"], number)


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def remove_season(ctx: Context, key: str | UUID, number: int) -> None:
    """Remove a season with its episodes.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``, ``NotASeriesError``,
    ``SeasonNotFoundError``.
    """
    title = await _series(ctx, key)
    values = {
        "space": ctx.space_id,
        "id": title["id"],
        "now": ctx.now,
        "edited_at": ctx.now,
        "number": number,
    }
    removed = (await ctx.db.execute(_REMOVE_SEASON, values)).mappings().one_or_none()
    if removed is None:
        raise SeasonNotFoundError
    ctx.emit(SeasonRemoved(ref=_ref(title), before={"number": number, "title": removed["title"]}))


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def save_episode(
    ctx: Context, key: str | UUID, season: int, number: int, episode: EpisodeInput
) -> SeasonPage:
    """Add or change an episode; its season is made where there is none.

    Answers the whole season. Raises as :func:`save_season`.
    """
    title = await _series(ctx, key)
    made = EpisodeCreate(number=number, **episode.model_dump())
    lists = Lists(seasons=[SeasonCreate(number=season, episodes=[made])])
    values = {"space": ctx.space_id, "id": title["id"], "now": ctx.now, "edited_at": ctx.now}
    await ctx.db.execute(writing(_TOUCH, ["episode"]), {**lists.values(), **values})
    after = {"season": season, "number": number, **episode.model_dump(mode="json")}
    ctx.emit(EpisodeSaved(ref=_ref(title), after=after))
    return await get_season(ctx, title["id"], season)


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def remove_episode(ctx: Context, key: str | UUID, season: int, number: int) -> None:
    """Remove an episode.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``, ``NotASeriesError``,
    ``EpisodeNotFoundError``.
    """
    title = await _series(ctx, key)
    values = {
        "space": ctx.space_id,
        "id": title["id"],
        "now": ctx.now,
        "edited_at": ctx.now,
        "season": season,
        "number": number,
    }
    removed = (await ctx.db.execute(_REMOVE_EPISODE, values)).mappings().one_or_none()
    if removed is None:
        raise EpisodeNotFoundError
    before = {"season": season, "number": number, "title": removed["title"]}
    ctx.emit(EpisodeRemoved(ref=_ref(title), before=before))
