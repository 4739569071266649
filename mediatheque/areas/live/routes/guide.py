"""The guide."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from mediatheque.areas.live.queries import guide as queries
from mediatheque.areas.live.rules.refusals import BadGuideWindowError, ProgrammeNotFoundError
from mediatheque.areas.live.schemas.schedule import (
    GuideFilter,
    GuideRead,
    NowRead,
    ProgrammeRead,
)
from mediatheque.core.context import ReadContext
from mediatheque.core.http import Read, raises
from mediatheque.core.http.cached import Cached
from mediatheque.core.permissions import Permission
from mediatheque.kit.wire import Filter

router = APIRouter(tags=["live"])


class NowFilter(Filter):
    """Which channels."""

    genre: str | None = Field(None, max_length=100, description="Only channels of this genre.")
    entitled: bool | None = None


def _is_shared(ctx: ReadContext) -> bool:
    """Who runs channels has a right to all: nothing tells the guides of two of them apart.

    What a profile keeps away tells answers apart by itself.
    """
    return ctx.may(Permission.LIVE_MANAGE)


def _bytes(made: BaseModel) -> bytes:
    assert isinstance(made, queries.Spelled)  # noqa: S101  (what the queries here answer)
    return made.body


@router.get(
    "/guide",
    summary="The guide",
    response_model=GuideRead,
    responses=raises(BadGuideWindowError),
)
async def read_guide(
    ctx: Read, cached: Cached, wanted: Annotated[GuideFilter, Query()]
) -> Response:
    """Many channels and several days at once, at most fifteen.

    Fields that are null, empty or false are left out. The answer has an ETag, which holds until
    the space changes; without times it begins now and turns with the minute.
    """

    async def make() -> BaseModel:
        return await queries.spell_guide(ctx, wanted)

    turns = None if wanted.from_ and wanted.to else 60
    return await cached.answer(ctx, make, write=_bytes, turns=turns, is_shared=_is_shared(ctx))


@router.get("/guide/now", summary="Now and next", response_model=NowRead)
async def read_now(ctx: Read, cached: Cached, wanted: Annotated[NowFilter, Query()]) -> Response:
    """What is on and what comes next on every channel; turns with the minute."""

    async def make() -> BaseModel:
        return await queries.spell_now(ctx, wanted.genre, is_entitled=wanted.entitled)

    return await cached.answer(ctx, make, write=_bytes, turns=60, is_shared=_is_shared(ctx))


@router.get(
    "/programmes/{programme_id}", summary="A programme", responses=raises(ProgrammeNotFoundError)
)
async def read_programme(ctx: Read, programme_id: UUID) -> ProgrammeRead:
    """All about one entry of the schedule."""
    return await queries.get_programme(ctx, programme_id)
