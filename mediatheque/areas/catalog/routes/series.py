"""Seasons and episodes of series."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from mediatheque.areas.catalog import actions, queries
from mediatheque.areas.catalog.rules import refusals
from mediatheque.areas.catalog.schemas.series import (
    HIGHEST,
    EpisodeInput,
    SeasonInput,
    SeasonPage,
)
from mediatheque.core.http import Read, Write, raises

router = APIRouter(prefix="/titles/{key}/seasons/{season}", tags=["catalog"])

Number = Annotated[int, Path(ge=0, le=HIGHEST)]
CHANGES = raises(refusals.TitleNotFoundError, refusals.NotYourTitleError, refusals.NotASeriesError)


@router.get("", summary="A season", responses=raises(refusals.SeasonNotFoundError))
async def get_season(ctx: Read, key: str, season: Number) -> SeasonPage:
    """A season with its episodes; number 0 holds the specials."""
    return await queries.get_season(ctx, key, season)


@router.put("", summary="Add or change a season", responses=CHANGES)
async def save_season(ctx: Write, key: str, season: Number, body: SeasonInput) -> SeasonPage:
    """Without ``episodes``, those it has stay; a list replaces them."""
    return await actions.save_season(ctx, key, season, body)


@router.delete("", status_code=204, summary="Remove a season", responses=CHANGES)
async def remove_season(ctx: Write, key: str, season: Number) -> None:
    """Remove a season with its episodes."""
    await actions.remove_season(ctx, key, season)


@router.put("/episodes/{number}", summary="Add or change an episode", responses=CHANGES)
async def save_episode(
    ctx: Write, key: str, season: Number, number: Number, body: EpisodeInput
) -> SeasonPage:
    """Add or change an episode; answers the whole season."""
    return await actions.save_episode(ctx, key, season, number, body)


@router.delete(
    "/episodes/{number}", status_code=204, summary="Remove an episode", responses=CHANGES
)
async def remove_episode(ctx: Write, key: str, season: Number, number: Number) -> None:
    """Remove an episode."""
    await actions.remove_episode(ctx, key, season, number)
