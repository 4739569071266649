"""Editions and copies."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.actions import copies, editions
from mediatheque.areas.library.queries import copies as queries
from mediatheque.areas.library.rules.refusals import (
    EditionExistsError,
    EditionOfAnotherTitleError,
    EditionSharedError,
    LibraryArchivedError,
    NoSuchCopyError,
    NoSuchEditionError,
    NoSuchLibraryError,
    NotYoursError,
    PriceWithoutCurrencyError,
)
from mediatheque.areas.library.schemas.copies import (
    CopyCreate,
    CopyRead,
    CopyUpdate,
    EditionCreate,
    EditionRead,
    EditionUpdate,
)
from mediatheque.areas.library.schemas.filters import CopyQuery
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import BadCursorError, Feed

router = APIRouter(tags=["library"])


@router.post(
    "/titles/{title_id}/editions",
    status_code=201,
    summary="Add an edition",
    responses=raises(TitleNotFoundError, EditionExistsError),
)
async def add_edition(ctx: Write, title_id: UUID, given: EditionCreate) -> EditionRead:
    """Describe a release of a work."""
    return await editions.add_edition(ctx, title_id, given)


@router.get("/editions/{edition_id}", summary="An edition", responses=raises(NoSuchEditionError))
async def read_edition(ctx: Read, edition_id: UUID) -> EditionRead:
    """A release with its copies."""
    return await queries.get_edition(ctx, edition_id)


@router.patch(
    "/editions/{edition_id}",
    summary="Change an edition",
    responses=raises(NoSuchEditionError, EditionExistsError, NotYoursError),
)
async def update_edition(ctx: Write, edition_id: UUID, given: EditionUpdate) -> EditionRead:
    """Describe a release otherwise."""
    return await editions.update_edition(ctx, edition_id, given)


@router.delete(
    "/editions/{edition_id}",
    status_code=204,
    summary="Delete an edition",
    responses=raises(NoSuchEditionError, NotYoursError, EditionSharedError),
)
async def delete_edition(ctx: Write, edition_id: UUID) -> None:
    """Remove a release with its copies."""
    await editions.delete_edition(ctx, edition_id)


@router.get("/copies", summary="List copies", responses=raises(BadCursorError))
async def list_copies(ctx: Read, wanted: Annotated[CopyQuery, Query()]) -> Feed[CopyRead]:
    """Copies by filters, the newest first."""
    return await queries.list_copies(ctx, wanted)


@router.get("/copies/{copy_id}", summary="A copy", responses=raises(NoSuchCopyError))
async def read_copy(ctx: Read, copy_id: UUID) -> CopyRead:
    """One owned item."""
    return await queries.get_copy(ctx, copy_id)


@router.post(
    "/copies",
    status_code=201,
    summary="Add a copy",
    responses=raises(
        TitleNotFoundError,
        NoSuchEditionError,
        NoSuchLibraryError,
        LibraryArchivedError,
        EditionOfAnotherTitleError,
        PriceWithoutCurrencyError,
    ),
)
async def add_copy(ctx: Write, given: CopyCreate) -> CopyRead:
    """Own one more; the edition is made if it is not there yet."""
    return await copies.add_copy(ctx, given)


@router.patch(
    "/copies/{copy_id}",
    summary="Change a copy",
    responses=raises(
        NoSuchCopyError,
        NoSuchEditionError,
        NoSuchLibraryError,
        LibraryArchivedError,
        EditionOfAnotherTitleError,
        NotYoursError,
        PriceWithoutCurrencyError,
    ),
)
async def update_copy(ctx: Write, copy_id: UUID, given: CopyUpdate) -> CopyRead:
    """Change what is known of it, or where it stands."""
    return await copies.update_copy(ctx, copy_id, given)


@router.delete(
    "/copies/{copy_id}",
    status_code=204,
    summary="Delete a copy",
    responses=raises(NoSuchCopyError, NotYoursError),
)
async def delete_copy(ctx: Write, copy_id: UUID) -> None:
    """Own one less."""
    await copies.delete_copy(ctx, copy_id)
