"""Editions with their copies, loans and shelves, as JSON columns of a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediatheque.areas.library.rules.ownership import may_edit, may_edit_edition

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext

BRIEF = """
    jsonb_build_object('id', e.id, 'format', e.format, 'resolution', e.resolution,
                       'region', e.region, 'name', e.name, 'barcode', e.barcode)
"""
"""An edition ``e`` in one line."""

MEMBER = """
    (SELECT jsonb_build_object('id', u.id, 'name', u.name)
     FROM accounts_users u WHERE u.id = {column})
"""
"""A user's name; ``column`` holds the id."""

COVER = """
    (SELECT jsonb_build_object('id', f.id, 'width', f.width, 'height', f.height,
                               'blurhash', f.blurhash, 'dominant_color', f.dominant_color)
     FROM files_files f WHERE f.space_id = e.space_id AND f.id = e.cover_id)
"""
"""The cover of an edition ``e``."""

LOAN = """
    CASE WHEN l.id IS NOT NULL THEN jsonb_build_object(
        'id', l.id, 'copy_id', l.copy_id, 'borrower', l.borrower, 'lent_on', l.lent_on,
        'due_on', l.due_on, 'returned_on', l.returned_on, 'note', l.note,
        'is_overdue', l.returned_on IS NULL AND coalesce(l.due_on < :today, false)) END
"""
"""A loan ``l``."""

COPY = f"""
    jsonb_build_object(
        'id', c.id, 'title_id', c.title_id, 'edition_id', c.edition_id,
        'library', jsonb_build_object('id', b.id, 'slug', b.slug, 'name', b.name),
        'condition', c.condition, 'location', c.location, 'price_cents', c.price_cents,
        'currency', c.currency, 'bought_on', c.bought_on, 'signed', c.signed, 'notes', c.notes,
        'added_by', {MEMBER.format(column="c.added_by")}, 'added_by_id', c.added_by,
        'added_at', c.added_at, 'loan', {LOAN})
"""
"""A copy ``c`` in the library ``b`` with its open loan ``l``."""

COPIES = f"""
    (SELECT coalesce(jsonb_agg({COPY} ORDER BY c.added_at, c.id), '[]')
     FROM library_copies c
     JOIN library_libraries b ON b.space_id = c.space_id AND b.id = c.library_id
     LEFT JOIN library_loans l
       ON l.space_id = c.space_id AND l.copy_id = c.id AND l.returned_on IS NULL
     WHERE c.space_id = e.space_id AND c.edition_id = e.id)
"""  # noqa: S608  (the parts are constants of this file)

EDITION = f"""
    {BRIEF} || jsonb_build_object(
        'publisher', e.publisher, 'released_on', e.released_on, 'added_by_id', e.added_by,
        'cover', {COVER}, 'copies', {COPIES})
"""
"""An edition ``e`` with its cover and its copies."""

EDITIONS = f"""
    (SELECT coalesce(jsonb_agg({EDITION} ORDER BY e.id), '[]')
     FROM library_editions e
     WHERE e.space_id = t.space_id AND e.title_id = t.id)
"""  # noqa: S608  (the parts are constants of this file)
"""The editions of a work ``t``."""


def copy_of(ctx: ReadContext, found: dict[str, Any]) -> dict[str, Any]:
    """A :data:`COPY` as its wire shape wants it."""
    things = (UUID(found["library"]["id"]), UUID(found["id"]))
    found["can_edit"] = may_edit(ctx, found["added_by_id"], *things)
    return found


def edition_of(ctx: ReadContext, found: dict[str, Any]) -> dict[str, Any]:
    """An :data:`EDITION` as its wire shape wants it."""
    owners = [one["added_by_id"] for one in found["copies"]]
    found["can_edit"] = may_edit_edition(ctx, found["added_by_id"], owners)
    found["copies"] = [copy_of(ctx, one) for one in found["copies"]]
    return found
