"""Notes, ratings and marks."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.actions import notes, ratings
from mediatheque.areas.library.queries import notes as queries
from mediatheque.areas.library.rules.refusals import NoSuchNoteError, NotYoursError
from mediatheque.areas.library.schemas.annotations import (
    MarkRead,
    MarkSet,
    NoteCreate,
    NoteRead,
    NoteUpdate,
    RatingRead,
    RatingSet,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(tags=["library"])


@router.get(
    "/titles/{title_id}/notes", summary="Notes on a work", responses=raises(TitleNotFoundError)
)
async def list_notes(ctx: Read, title_id: UUID) -> Listing[NoteRead]:
    """One's own notes, and those that others share."""
    return Listing(items=await queries.list_notes(ctx, title_id))


@router.post(
    "/titles/{title_id}/notes",
    status_code=201,
    summary="Write a note",
    responses=raises(TitleNotFoundError),
)
async def add_note(ctx: Write, title_id: UUID, given: NoteCreate) -> NoteRead:
    """Write a note on a work, private unless shared."""
    return await notes.add_note(ctx, title_id, given)


@router.patch(
    "/notes/{note_id}",
    summary="Change a note",
    responses=raises(NoSuchNoteError, NotYoursError),
)
async def update_note(ctx: Write, note_id: UUID, given: NoteUpdate) -> NoteRead:
    """Change one's own note."""
    return await notes.update_note(ctx, note_id, given)


@router.delete(
    "/notes/{note_id}",
    status_code=204,
    summary="Delete a note",
    responses=raises(NoSuchNoteError, NotYoursError),
)
async def delete_note(ctx: Write, note_id: UUID) -> None:
    """Remove one's own note; a manager may remove what others share."""
    await notes.delete_note(ctx, note_id)


@router.put(
    "/titles/{title_id}/rating", summary="Rate a work", responses=raises(TitleNotFoundError)
)
async def rate_title(ctx: Write, title_id: UUID, given: RatingSet) -> RatingRead:
    """Give a work 0.5 to 10."""
    return await ratings.rate_title(ctx, title_id, given)


@router.delete(
    "/titles/{title_id}/rating",
    summary="Take a rating back",
    responses=raises(TitleNotFoundError),
)
async def remove_rating(ctx: Write, title_id: UUID) -> RatingRead:
    """Remove one's own rating."""
    return await ratings.remove_rating(ctx, title_id)


@router.put("/titles/{title_id}/mark", summary="Mark a work", responses=raises(TitleNotFoundError))
async def mark_title(ctx: Write, title_id: UUID, given: MarkSet) -> MarkRead:
    """Say that one wants, started or finished a work."""
    return await ratings.mark_title(ctx, title_id, given)


@router.delete(
    "/titles/{title_id}/mark",
    status_code=204,
    summary="Take a mark back",
    responses=raises(TitleNotFoundError),
)
async def remove_mark(ctx: Write, title_id: UUID) -> None:
    """Remove one's own mark."""
    await ratings.remove_mark(ctx, title_id)
