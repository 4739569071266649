"""Notes on works: one's own, and those that others share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.library.queries.holdings import MEMBER

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext

NOTE = f"""
    jsonb_build_object(
        'id', n.id, 'title_id', n.title_id, 'body', n.body, 'is_shared', n.is_shared,
        'user_id', n.user_id, 'author', {MEMBER.format(column="n.user_id")},
        'created_at', n.created_at, 'edited_at', n.edited_at)
"""
"""A note ``n``."""

NOTES = f"""
    (SELECT coalesce(jsonb_agg({NOTE} ORDER BY n.created_at, n.id), '[]')
     FROM library_notes n
     WHERE n.space_id = t.space_id AND n.title_id = t.id
       AND (n.is_shared OR n.user_id = :user))
"""  # noqa: S608  (the parts are constants of this file)
"""The notes on a work ``t`` that the user may read."""


def note_of(ctx: ReadContext, found: dict[str, Any]) -> dict[str, Any]:
    """A :data:`NOTE` as its wire shape wants it."""
    found["can_edit"] = str(found["user_id"]) == str(ctx.actor.id)
    return found
