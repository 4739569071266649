"""Writing notes on works. Of a private note the journal says neither text nor work."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, select

from mediatheque.areas.library.actions.labels import get_label
from mediatheque.areas.library.events import (
    NoteAdded,
    NoteDeleted,
    NoteUpdated,
    PrivateNoteKept,
)
from mediatheque.areas.library.models import Note
from mediatheque.areas.library.queries.notes import get_note
from mediatheque.areas.library.rules.refusals import NoSuchNoteError, NotYoursError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.library.schemas.annotations import NoteCreate, NoteRead, NoteUpdate


@requires(Permission.LIBRARY_NOTE)
async def add_note(ctx: Context, title_id: UUID, given: NoteCreate) -> NoteRead:
    """Write a note on a work, for oneself or for everybody in the space."""
    label = await get_label(ctx, title_id)
    made = Note(
        space_id=ctx.space_id,
        id=uuid7(),
        title_id=title_id,
        user_id=ctx.user_id,
        body=given.body,
        is_shared=given.is_shared,
        created_at=ctx.now,
    )
    await ctx.db.add(made)
    if made.is_shared:
        after = {"title_id": str(title_id), "body": made.body}
        ctx.emit(NoteAdded(ref=Ref("note", made.id, label), after=after))
    else:
        ctx.emit(_kept(made.id))
    return await get_note(ctx, made.id)


@requires(Permission.LIBRARY_NOTE)
async def update_note(ctx: Context, note_id: UUID, given: NoteUpdate) -> NoteRead:
    """Change one's own note, or share it, or keep it to oneself from now on."""
    note = await _lock(ctx, note_id)
    if note.user_id != ctx.user_id:
        raise NotYoursError
    label = await get_label(ctx, note.title_id)
    was_shared = note.is_shared
    wanted = given.model_dump(exclude_unset=True, exclude_none=True)
    before, after = changes({name: getattr(note, name) for name in wanted}, wanted)
    if not after:
        return await get_note(ctx, note_id)
    for name, value in after.items():
        setattr(note, name, value)
    note.edited_at = ctx.now
    await ctx.db.flush()
    if was_shared and note.is_shared:
        ctx.emit(NoteUpdated(ref=Ref("note", note_id, label), before=before, after=after))
    elif note.is_shared:
        shared = {"title_id": str(note.title_id), "body": note.body}
        ctx.emit(NoteAdded(ref=Ref("note", note_id, label), after=shared))
    else:
        ctx.emit(_kept(note_id))
    return await get_note(ctx, note_id)


@requires(Permission.LIBRARY_NOTE)
async def delete_note(ctx: Context, note_id: UUID) -> None:
    """Remove one's own note; who manages the libraries may remove what others share."""
    note = await _lock(ctx, note_id)
    if note.user_id != ctx.user_id and not ctx.may(Permission.LIBRARY_MANAGE):
        raise NotYoursError
    label = await get_label(ctx, note.title_id)
    await ctx.db.execute(delete(Note).where(Note.space_id == ctx.space_id, Note.id == note_id))
    if note.is_shared:
        before = {"title_id": str(note.title_id), "body": note.body}
        ctx.emit(NoteDeleted(ref=Ref("note", note_id, label), before=before))
    else:
        ctx.emit(_kept(note_id))


async def _lock(ctx: Context, note_id: UUID) -> Note:
    """A note that the actor may read; another's private one does not exist for them."""
    found = await ctx.db.entity(
        select(Note).where(Note.space_id == ctx.space_id, Note.id == note_id).with_for_update()
    )
    if found is None or not (found.is_shared or found.user_id == ctx.user_id):
        raise NoSuchNoteError
    return cast("Note", found)


def _kept(note_id: UUID) -> PrivateNoteKept:
    return PrivateNoteKept(ref=Ref("note", note_id))
