"""Works: adding, changing, deleting. Lists and the whole page are the library's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from mediatheque.areas.catalog import actions, queries
from mediatheque.areas.catalog.rules import refusals
from mediatheque.areas.catalog.schemas.history import HistoryEntry, HistoryFilter
from mediatheque.areas.catalog.schemas.reads import TitleCore
from mediatheque.areas.catalog.schemas.titles import TitleCreate, TitleUpdate
from mediatheque.core.http import Read, Write, house_of, raises
from mediatheque.core.module import House
from mediatheque.kit.paging import BadCursorError, Feed

router = APIRouter(prefix="/titles", tags=["catalog"])


@router.post(
    "",
    status_code=201,
    summary="Add a title",
    responses=raises(
        refusals.ExternalIdTakenError,
        refusals.SlugTakenError,
        refusals.BadWindowError,
        refusals.PersonNotFoundError,
        refusals.TryAgainError,
    ),
)
async def create_title(ctx: Write, body: TitleCreate) -> TitleCore:
    """Add a work with its words, credits, ids, seasons and episodes."""
    return await actions.create_title(ctx, body)


@router.patch(
    "/{key}",
    summary="Change a title",
    responses=raises(
        refusals.TitleNotFoundError,
        refusals.PersonNotFoundError,
        refusals.NotYourTitleError,
        refusals.RevisionConflictError,
        refusals.ExternalIdTakenError,
        refusals.SlugTakenError,
        refusals.BadDetailsError,
        refusals.BadWindowError,
        refusals.NotASeriesError,
    ),
)
async def update_title(ctx: Write, key: str, body: TitleUpdate) -> TitleCore:
    """Change the fields that are sent. Send the revision that was read to notice another's edit."""
    return await actions.update_title(ctx, key, body)


@router.delete(
    "/{key}",
    status_code=204,
    summary="Delete a title",
    responses=raises(refusals.TitleNotFoundError, refusals.NotYourTitleError),
)
async def delete_title(ctx: Write, key: str) -> None:
    """Delete a work with its editions, copies, notes and all else that hangs on it."""
    await actions.delete_title(ctx, key)


@router.get(
    "/{key}/history",
    summary="What happened to a title",
    responses=raises(refusals.TitleNotFoundError, BadCursorError),
)
async def list_history(
    ctx: Read,
    key: str,
    wanted: Annotated[HistoryFilter, Query()],
    house: Annotated[House, Depends(house_of)],
) -> Feed[HistoryEntry]:
    """The journal's entries about a work, the newest first."""
    return await queries.list_history(ctx, key, wanted, house.labels)
