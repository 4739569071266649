"""Who may change what is owned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.library.rules.refusals import NotYoursError
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from mediatheque.core.context import ReadContext

BY_HAND = frozenset({"user", "key"})
"""Actors whose edits imports leave alone."""


def may_edit(ctx: ReadContext, added_by: UUID | str | None, *things: UUID) -> bool:
    """Whoever added a thing may change it; with the greater permission, anybody may.

    So may who was given the permission for one of ``things``: the thing, the library it is in.
    """
    if ctx.may(Permission.LIBRARY_COPY_EDIT_ANY):
        return True
    if ctx.given(Permission.LIBRARY_COPY_EDIT, *things):
        return True
    if not ctx.may(Permission.LIBRARY_COPY_EDIT) or added_by is None:
        return False
    return str(added_by) == str(ctx.actor.id)


def may_edit_edition(
    ctx: ReadContext, added_by: UUID | str | None, owners: Iterable[UUID | str | None]
) -> bool:
    """As :func:`may_edit`; an edition that an import made belongs to those who own its copies."""
    if added_by is not None:
        return may_edit(ctx, added_by)
    known = set(owners)
    return may_edit(ctx, known.pop() if len(known) == 1 else None)


def check_editor(ctx: ReadContext, added_by: UUID | None, *things: UUID) -> None:
    """Refuse the change of what somebody else added, but for :func:`may_edit`."""
    if not may_edit(ctx, added_by, *things):
        raise NotYoursError


def edited(ctx: ReadContext, before: Iterable[str], fields: Iterable[str]) -> list[str]:
    """The fields that people changed by hand, with those of this edit."""
    kept = set(before)
    if ctx.actor.kind in BY_HAND:
        kept.update(fields)
    return sorted(kept)
