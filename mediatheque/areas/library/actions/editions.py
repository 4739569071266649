"""Describing releases of works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import delete, select

from mediatheque.areas.library.actions.labels import get_label
from mediatheque.areas.library.events import EditionAdded, EditionDeleted, EditionUpdated
from mediatheque.areas.library.models import Copy, Edition
from mediatheque.areas.library.queries.copies import get_edition
from mediatheque.areas.library.rules.ownership import edited, may_edit_edition
from mediatheque.areas.library.rules.refusals import (
    EditionExistsError,
    EditionSharedError,
    NoSuchEditionError,
    NotYoursError,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.library.schemas.copies import (
        EditionCreate,
        EditionRead,
        EditionUpdate,
    )

KEY: Final = ("format", "resolution", "region", "name", "barcode")
"""What makes two editions of a work the same one; absent is the empty string."""


@requires(Permission.LIBRARY_COPY_CREATE)
async def add_edition(ctx: Context, title_id: UUID, given: EditionCreate) -> EditionRead:
    """Describe a release of a work; exactly the same one twice is refused."""
    label = await get_label(ctx, title_id)
    made = await make_edition(ctx, title_id, given)
    ctx.emit(
        EditionAdded(
            ref=Ref("edition", made.id, label),
            after={"title_id": str(title_id), **given.model_dump(mode="json", exclude_none=True)},
        )
    )
    return await get_edition(ctx, made.id)


@requires(Permission.LIBRARY_COPY_EDIT)
async def update_edition(ctx: Context, edition_id: UUID, given: EditionUpdate) -> EditionRead:
    """Describe a release otherwise; imports leave alone what was changed here."""
    edition = await lock_edition(ctx, edition_id)
    await _check_editor(ctx, edition)
    label = await get_label(ctx, edition.title_id)
    wanted = _stored(given.model_dump(exclude_unset=True))
    if given.format is None:  # a release always has a format: null leaves it
        wanted.pop("format", None)
    before, after = changes({name: getattr(edition, name) for name in wanted}, wanted)
    if not after:
        return await get_edition(ctx, edition_id)
    if after.keys() & set(KEY):
        key = {name: wanted.get(name, getattr(edition, name)) for name in KEY}
        await _check_key(ctx, edition.title_id, key)
    for name, value in after.items():
        setattr(edition, name, value)
    edition.edited_fields = edited(ctx, edition.edited_fields, after)
    edition.edited_at = ctx.now
    await ctx.db.flush()
    ctx.emit(EditionUpdated(ref=Ref("edition", edition_id, label), before=before, after=after))
    return await get_edition(ctx, edition_id)


@requires(Permission.LIBRARY_COPY_EDIT)
async def delete_edition(ctx: Context, edition_id: UUID) -> None:
    """Remove a release with its copies; other people's copies are no member's to remove."""
    edition = await lock_edition(ctx, edition_id)
    owners = await _check_editor(ctx, edition)
    label = await get_label(ctx, edition.title_id)
    others = sum(1 for one in owners if one != ctx.actor.id)
    if not ctx.may(Permission.LIBRARY_COPY_EDIT_ANY) and others:
        raise EditionSharedError(details={"copies": others})
    before = {
        "title_id": str(edition.title_id),
        "copies": len(owners),
        **{name: getattr(edition, name) for name in KEY if getattr(edition, name)},
    }
    await ctx.db.execute(
        delete(Edition).where(Edition.space_id == ctx.space_id, Edition.id == edition_id)
    )
    ctx.emit(EditionDeleted(ref=Ref("edition", edition_id, label), before=before))


async def make_edition(ctx: Context, title_id: UUID, given: EditionCreate) -> Edition:
    """Insert an edition; refuses one that is there."""
    values = _stored(given.model_dump())
    await _check_key(ctx, title_id, values)
    made = Edition(
        space_id=ctx.space_id, id=uuid7(), title_id=title_id, added_by=ctx.actor.id, **values
    )
    await ctx.db.add(made)
    return made


async def find_edition(ctx: Context, title_id: UUID, given: EditionCreate) -> Edition | None:
    """The edition of a work that has this key."""
    values = _stored(given.model_dump())
    found = await ctx.db.entity(
        select(Edition).where(
            Edition.space_id == ctx.space_id,
            Edition.title_id == title_id,
            *(getattr(Edition, name) == values[name] for name in KEY),
        )
    )
    return cast("Edition | None", found)


async def lock_edition(ctx: Context, edition_id: UUID) -> Edition:
    """An edition, held until the transaction ends."""
    found = await ctx.db.entity(
        select(Edition)
        .where(Edition.space_id == ctx.space_id, Edition.id == edition_id)
        .with_for_update()
    )
    if found is None:
        raise NoSuchEditionError
    return cast("Edition", found)


async def _check_key(ctx: Context, title_id: UUID, key: dict[str, Any]) -> None:
    """One at a time per work, so that two equal requests at once do not meet in the index."""
    await ctx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))",
        {"key": f"library_editions {title_id}"},
    )
    same = await ctx.db.scalar(
        select(Edition.id).where(
            Edition.space_id == ctx.space_id,
            Edition.title_id == title_id,
            *(getattr(Edition, name) == key[name] for name in KEY),
        )
    )
    if same is not None:
        raise EditionExistsError(details={"edition_id": str(same)})


async def _check_editor(ctx: Context, edition: Edition) -> list[UUID | None]:
    """Refuse the change of somebody else's edition; answers who owns its copies."""
    rows = await ctx.db.rows(
        select(Copy.added_by).where(Copy.space_id == ctx.space_id, Copy.edition_id == edition.id)
    )
    owners = [row["added_by"] for row in rows]
    if not may_edit_edition(ctx, edition.added_by, owners):
        raise NotYoursError
    return owners


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """Wire values as the table keeps them: what belongs to the key is never null."""
    return {name: "" if value is None and name in KEY else value for name, value in values.items()}
