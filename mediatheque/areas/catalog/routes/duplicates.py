"""Near duplicates: looked at, merged, dismissed, and merges undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from mediatheque.areas.catalog import actions, queries
from mediatheque.areas.catalog.actions.merges.followers import EXTENSION, MergeFollower
from mediatheque.areas.catalog.rules import refusals
from mediatheque.areas.catalog.schemas.duplicates import (
    DuplicateFeed,
    DuplicateFilter,
    MergeChoice,
    MergeDone,
    MergeFilter,
    MergeRead,
)
from mediatheque.areas.catalog.schemas.reads import TitleCore
from mediatheque.core.http import Read, Write, house_of, raises
from mediatheque.core.module import House
from mediatheque.kit.paging import BadCursorError, Feed

router = APIRouter(tags=["catalog"])


def _followers(house: Annotated[House, Depends(house_of)]) -> Sequence[MergeFollower]:
    return [one for registered in house.extension(EXTENSION) for one in registered]


Followers = Annotated[Sequence[MergeFollower], Depends(_followers)]


@router.get("/duplicates", summary="Possible duplicates", responses=raises(BadCursorError))
async def list_duplicates(ctx: Read, wanted: Annotated[DuplicateFilter, Query()]) -> DuplicateFeed:
    """Pairs of works that may be one, the likeliest first, with what speaks for it."""
    return await queries.list_duplicates(ctx, wanted)


@router.post("/duplicates/find", status_code=202, summary="Look for duplicates now")
async def request_duplicates(ctx: Write) -> None:
    """A job looks at every work; what it finds appears in the list."""
    await actions.request_duplicates(ctx)


@router.post(
    "/duplicates/{duplicate_id}/merge",
    summary="Merge two titles",
    responses=raises(refusals.DuplicateNotFoundError, refusals.TitleNotFoundError),
)
async def merge_duplicate(
    ctx: Write, duplicate_id: UUID, body: MergeChoice, followers: Followers
) -> MergeDone:
    """Make one work of a pair; editions, copies, notes and ratings of both are kept."""
    return await actions.merge_duplicate(ctx, duplicate_id, body, followers)


@router.post(
    "/duplicates/{duplicate_id}/dismiss",
    status_code=204,
    summary="Say that a pair is two titles",
    responses=raises(refusals.DuplicateNotFoundError),
)
async def dismiss_duplicate(ctx: Write, duplicate_id: UUID) -> None:
    """The pair is not proposed again."""
    await actions.dismiss_duplicate(ctx, duplicate_id)


@router.get("/merges", summary="Merges that were done", responses=raises(BadCursorError))
async def list_merges(ctx: Read, wanted: Annotated[MergeFilter, Query()]) -> Feed[MergeRead]:
    """The newest first; each can be undone once."""
    return await queries.list_merges(ctx, wanted)


@router.post(
    "/merges/{merge_id}/undo",
    summary="Undo a merge",
    responses=raises(
        refusals.MergeNotFoundError,
        refusals.MergeAlreadyUndoneError,
        refusals.MergeSupersededError,
    ),
)
async def undo_merge(ctx: Write, merge_id: UUID, followers: Followers) -> TitleCore:
    """Both works stand as before, but for what was changed by hand since."""
    return await actions.undo_merge(ctx, merge_id, followers)
