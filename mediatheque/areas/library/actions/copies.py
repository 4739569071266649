"""Owning copies of works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, select

from mediatheque.areas.library.actions.editions import find_edition, lock_edition, make_edition
from mediatheque.areas.library.actions.labels import get_label
from mediatheque.areas.library.actions.libraries import open_library
from mediatheque.areas.library.events import CopyAdded, CopyDeleted, CopyUpdated
from mediatheque.areas.library.models import Copy, Edition
from mediatheque.areas.library.queries.copies import get_copy
from mediatheque.areas.library.rules.ownership import check_editor, edited
from mediatheque.areas.library.rules.refusals import (
    EditionOfAnotherTitleError,
    NoSuchCopyError,
    PriceWithoutCurrencyError,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.library.schemas.copies import CopyCreate, CopyRead, CopyUpdate

OF_EDITION = {"edition_id", "title_id", "edition", "library"}


@requires(Permission.LIBRARY_COPY_CREATE, narrowly=True)
async def add_copy(ctx: Context, given: CopyCreate) -> CopyRead:
    """Own one more: of an edition, or of a work with an edition that is made if need be."""
    edition = await _edition_for(ctx, given)
    label = await get_label(ctx, edition.title_id)
    library = await open_library(ctx, given.library)
    _check_price(given.price_cents, given.currency)
    values = given.model_dump(exclude=OF_EDITION)
    made = Copy(
        space_id=ctx.space_id,
        id=uuid7(),
        title_id=edition.title_id,
        edition_id=edition.id,
        library_id=library.id,
        added_by=ctx.actor.id,
        added_at=ctx.now,
        **values,
    )
    await ctx.db.add(made)
    ctx.emit(
        CopyAdded(
            ref=Ref("copy", made.id, label),
            after={
                "title_id": str(edition.title_id),
                "edition_id": str(edition.id),
                "format": edition.format,
                "library": library.name,
            },
        )
    )
    return await get_copy(ctx, made.id)


async def _edition_for(ctx: Context, given: CopyCreate) -> Edition:
    if given.edition_id is not None:
        edition = await lock_edition(ctx, given.edition_id)
        if given.title_id not in {None, edition.title_id}:
            raise EditionOfAnotherTitleError(field="edition_id")
        return edition
    assert given.title_id is not None  # noqa: S101  (the shape demands them together)
    assert given.edition is not None  # noqa: S101  (as above)
    await get_label(ctx, given.title_id)
    return await find_edition(ctx, given.title_id, given.edition) or await make_edition(
        ctx, given.title_id, given.edition
    )


@requires(Permission.LIBRARY_COPY_EDIT, narrowly=True)
async def update_copy(ctx: Context, copy_id: UUID, given: CopyUpdate) -> CopyRead:
    """Change a copy, its library or its edition; imports leave alone what was changed here."""
    copy = await lock_copy(ctx, copy_id)
    check_editor(ctx, copy.added_by, copy.library_id, copy_id)
    label = await get_label(ctx, copy.title_id)
    wanted = await _wanted(ctx, copy, given)
    before, after = changes({name: getattr(copy, name) for name in wanted}, wanted)
    if not after:
        return await get_copy(ctx, copy_id)
    for name, value in after.items():
        setattr(copy, name, value)
    _check_price(copy.price_cents, copy.currency)
    copy.edited_fields = edited(ctx, copy.edited_fields, after)
    copy.edited_at = ctx.now
    await ctx.db.flush()
    ctx.emit(CopyUpdated(ref=Ref("copy", copy_id, label), before=before, after=after))
    return await get_copy(ctx, copy_id)


async def _wanted(ctx: Context, copy: Copy, given: CopyUpdate) -> dict[str, Any]:
    """What was sent, as the table keeps it."""
    wanted = given.model_dump(exclude_unset=True, exclude={"library", "edition_id"})
    if wanted.get("signed", False) is None:
        del wanted["signed"]
    if given.library is not None:
        wanted["library_id"] = (await open_library(ctx, given.library)).id
    if given.edition_id is not None:
        edition = await lock_edition(ctx, given.edition_id)
        if edition.title_id != copy.title_id:
            raise EditionOfAnotherTitleError(field="edition_id")
        wanted["edition_id"] = edition.id
    return wanted


@requires(Permission.LIBRARY_COPY_EDIT, narrowly=True)
async def delete_copy(ctx: Context, copy_id: UUID) -> None:
    """Own one less; its loans go with it."""
    copy = await lock_copy(ctx, copy_id)
    check_editor(ctx, copy.added_by, copy.library_id, copy_id)
    label = await get_label(ctx, copy.title_id)
    before = {
        "title_id": str(copy.title_id),
        "edition_id": str(copy.edition_id),
        "library_id": str(copy.library_id),
    }
    await ctx.db.execute(delete(Copy).where(Copy.space_id == ctx.space_id, Copy.id == copy_id))
    ctx.emit(CopyDeleted(ref=Ref("copy", copy_id, label), before=before))


async def lock_copy(ctx: Context, copy_id: UUID) -> Copy:
    """A copy, held until the transaction ends."""
    found = await ctx.db.entity(
        select(Copy).where(Copy.space_id == ctx.space_id, Copy.id == copy_id).with_for_update()
    )
    if found is None:
        raise NoSuchCopyError
    return cast("Copy", found)


def _check_price(price: int | None, currency: str | None) -> None:
    if price is not None and not currency:
        raise PriceWithoutCurrencyError(field="currency")
