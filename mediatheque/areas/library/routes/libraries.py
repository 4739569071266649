"""Libraries: the shelves of a space."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from mediatheque.areas.library.actions import libraries as actions
from mediatheque.areas.library.queries import libraries as queries
from mediatheque.areas.library.rules.refusals import (
    LibraryArchivedError,
    LibraryNameTakenError,
    LibraryNotEmptyError,
    NoSuchLibraryError,
    SameLibraryError,
)
from mediatheque.areas.library.schemas.libraries import (
    LibraryCreate,
    LibraryFate,
    LibraryRead,
    LibraryUpdate,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.core.http.cached import Cached
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/libraries", tags=["library"])


@router.get("", summary="List libraries", response_model=Listing[LibraryRead])
async def list_libraries(ctx: Read, cached: Cached) -> Response:
    """All libraries with their counts: the default one first, archived ones last."""

    async def listing() -> Listing[LibraryRead]:
        return Listing(items=await queries.list_libraries(ctx))

    return await cached.answer(ctx, listing, is_shared=True)


@router.get("/{library_id}", summary="A library", responses=raises(NoSuchLibraryError))
async def read_library(ctx: Read, library_id: UUID) -> LibraryRead:
    """One library with its counts."""
    return await queries.get_library(ctx, library_id)


@router.post(
    "", status_code=201, summary="Create a library", responses=raises(LibraryNameTakenError)
)
async def create_library(ctx: Write, given: LibraryCreate) -> LibraryRead:
    """Make a library; the first one of a space takes the copies that name none."""
    return await actions.create_library(ctx, given)


@router.patch(
    "/{library_id}",
    summary="Change a library",
    responses=raises(NoSuchLibraryError, LibraryNameTakenError, LibraryArchivedError),
)
async def update_library(ctx: Write, library_id: UUID, given: LibraryUpdate) -> LibraryRead:
    """Change name, kind or description, or make it the default library."""
    return await actions.update_library(ctx, library_id, given)


@router.post(
    "/{library_id}/archive", summary="Archive a library", responses=raises(NoSuchLibraryError)
)
async def archive_library(ctx: Write, library_id: UUID) -> LibraryRead:
    """Put it away: it keeps its copies and takes no new ones."""
    return await actions.archive_library(ctx, library_id)


@router.post(
    "/{library_id}/restore", summary="Restore a library", responses=raises(NoSuchLibraryError)
)
async def restore_library(ctx: Write, library_id: UUID) -> LibraryRead:
    """Take it into use again."""
    return await actions.restore_library(ctx, library_id)


@router.delete(
    "/{library_id}",
    status_code=204,
    summary="Delete a library",
    responses=raises(
        NoSuchLibraryError, LibraryNotEmptyError, SameLibraryError, LibraryArchivedError
    ),
)
async def delete_library(
    ctx: Write, library_id: UUID, fate: Annotated[LibraryFate, Query()]
) -> None:
    """Delete it; if it holds copies, ``copies`` says whether they go too or move elsewhere."""
    await actions.delete_library(ctx, library_id, fate.copies, fate.to)
