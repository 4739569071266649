"""Notes on works: one's own, and those that others share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import visible, visible_values
from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.queries.holdings import MEMBER
from mediatheque.areas.library.rules.refusals import NoSuchNoteError
from mediatheque.areas.library.schemas.annotations import NoteRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

NOTE: Final = f"""
    jsonb_build_object(
        'id', n.id, 'title_id', n.title_id, 'body', n.body, 'is_shared', n.is_shared,
        'user_id', n.user_id, 'author', {MEMBER.format(column="n.user_id")},
        'created_at', n.created_at, 'edited_at', n.edited_at)
"""
"""A note ``n``."""

READABLE: Final = "(n.is_shared OR n.user_id = :user)"

NOTES: Final = f"""
    (SELECT coalesce(jsonb_agg({NOTE} ORDER BY n.created_at, n.id), '[]')
     FROM library_notes n
     WHERE n.space_id = t.space_id AND n.title_id = t.id AND {READABLE})
"""  # noqa: S608  (the parts are constants of this file)
"""The notes on a work ``t`` that the user may read."""


def note_of(ctx: ReadContext, found: dict[str, Any]) -> dict[str, Any]:
    """A :data:`NOTE` as its wire shape wants it."""
    is_own = found["user_id"] == str(ctx.actor.id)
    found["can_edit"] = is_own
    found["can_delete"] = is_own or ctx.may(Permission.LIBRARY_MANAGE)
    return found


@requires(Permission.LIBRARY_READ)
async def list_notes(ctx: ReadContext, title_id: UUID) -> list[NoteRead]:
    """The notes on a work that the actor may read, the oldest first."""
    row = await ctx.db.row(
        text(
            f"SELECT {NOTES} AS notes FROM catalog_titles t "  # noqa: S608  (constants)
            f"WHERE t.space_id = :space AND t.id = :id AND {visible(ctx)}"
        ).bindparams(space=ctx.space_id, id=title_id, user=ctx.actor.id, **visible_values(ctx))
    )
    if row is None:
        raise TitleNotFoundError
    return [NoteRead.model_validate(note_of(ctx, one)) for one in row["notes"]]


@requires(Permission.LIBRARY_READ)
async def get_note(ctx: ReadContext, note_id: UUID) -> NoteRead:
    """One note, if the actor may read it and its work."""
    row = await ctx.db.row(
        text(
            f"SELECT {NOTE} AS note FROM library_notes n "  # noqa: S608  (constants)
            "JOIN catalog_titles t ON t.space_id = n.space_id AND t.id = n.title_id "
            f"WHERE n.space_id = :space AND n.id = :id AND {READABLE} AND {visible(ctx)}"
        ).bindparams(space=ctx.space_id, id=note_id, user=ctx.actor.id, **visible_values(ctx))
    )
    if row is None:
        raise NoSuchNoteError
    return NoteRead.model_validate(note_of(ctx, row["note"]))
