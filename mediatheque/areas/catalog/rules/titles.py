"""Decisions about one work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.rules.refusals import (
    BadWindowError,
    NotYourTitleError,
    RevisionConflictError,
)
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from mediatheque.core.context import ReadContext

BY_HAND = frozenset({"user", "key"})


def may_edit(ctx: ReadContext, added_by: UUID | None, title_id: UUID | None = None) -> bool:
    """Whoever edits any work or was given this one to edit, and the member who added it."""
    if ctx.may(Permission.CATALOG_EDIT_ANY):
        return True
    if title_id is not None and ctx.given(Permission.CATALOG_EDIT, title_id):
        return True
    return ctx.may(Permission.CATALOG_EDIT) and added_by is not None and added_by == ctx.actor.id


def may_delete(ctx: ReadContext, added_by: UUID | None) -> bool:
    """Whoever deletes any work, and the member who added it."""
    if ctx.may(Permission.CATALOG_DELETE):
        return True
    return ctx.may(Permission.CATALOG_EDIT) and added_by is not None and added_by == ctx.actor.id


def check_editor(ctx: ReadContext, added_by: UUID | None, title_id: UUID | None = None) -> None:
    """Refuse the edit of somebody else's work, but for :func:`may_edit`."""
    if not may_edit(ctx, added_by, title_id):
        raise NotYourTitleError


def check_deleter(ctx: ReadContext, added_by: UUID | None) -> None:
    """Refuse the deletion of somebody else's work."""
    if not may_delete(ctx, added_by):
        raise NotYourTitleError(
            "Somebody else added this title. Ask an editor of the catalogue to delete it."
        )


def check_revision(current: Mapping[str, Any], wanted: int | None, fields: Iterable[str]) -> None:
    """Refuse an edit of a state that is no longer there (optimistic lock)."""
    if wanted is None or wanted == current["revision"]:
        return
    raise RevisionConflictError(
        field="revision",
        details={
            "revision": current["revision"],
            "fields": {name: current[name] for name in fields if name in current},
        },
    )


def check_window(status: str, starts: datetime | None, ends: datetime | None) -> None:
    """A window ends after it starts; what is scheduled has a start."""
    if status == "scheduled" and starts is None:
        raise BadWindowError(
            "A scheduled title needs the time from which it is available.",
            field="available_from",
        )
    if starts is not None and ends is not None and ends <= starts:
        raise BadWindowError(field="available_until")


def merged_details(
    stored: Mapping[str, Any], given: Mapping[str, Any], known: Iterable[str] | None = None
) -> dict[str, Any]:
    """The stored details with those given over them; null clears one.

    ``known`` are the details of a new kind: what another kind had besides is left behind.
    """
    kept = stored if known is None else {name: stored[name] for name in known if name in stored}
    return {name: value for name, value in {**kept, **given}.items() if value is not None}
