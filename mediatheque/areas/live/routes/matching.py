"""Programmes and works: which is which, and when it is on."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.live.actions import matching as actions
from mediatheque.areas.live.queries import matching as queries
from mediatheque.areas.live.rules.refusals import (
    EpisodeNotOfTitleError,
    ProgrammeNotFoundError,
)
from mediatheque.areas.live.schemas.matching import Airing, AiringFilter, ProgrammeMatch
from mediatheque.areas.live.schemas.schedule import ProgrammeRead
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import BadCursorError, Feed

router = APIRouter(tags=["live"])


@router.get(
    "/titles/{title_id}/airings",
    summary="When a work is on television",
    responses=raises(TitleNotFoundError, BadCursorError),
)
async def list_airings(
    ctx: Read, title_id: UUID, wanted: Annotated[AiringFilter, Query()]
) -> Feed[Airing]:
    """What runs now and what is to come, in order of time."""
    return await queries.list_airings(ctx, title_id, wanted)


@router.put(
    "/programmes/{programme_id}/match",
    summary="Say which work a programme is",
    responses=raises(ProgrammeNotFoundError, TitleNotFoundError, EpisodeNotOfTitleError),
)
async def match_programme(ctx: Write, programme_id: UUID, given: ProgrammeMatch) -> ProgrammeRead:
    """From then on the house leaves it as you said."""
    return await actions.match_programme(ctx, programme_id, given)


@router.delete(
    "/programmes/{programme_id}/match",
    status_code=204,
    summary="Say that a programme is no work of the catalogue",
    responses=raises(ProgrammeNotFoundError),
)
async def unmatch_programme(ctx: Write, programme_id: UUID) -> None:
    """The house does not join it to a work again."""
    await actions.unmatch_programme(ctx, programme_id)
