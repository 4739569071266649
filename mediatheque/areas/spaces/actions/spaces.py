"""Spaces: made and renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert as plain_insert
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.spaces.events import SpaceCreated, SpaceRenamed
from mediatheque.areas.spaces.models import Membership, SpaceRow
from mediatheque.areas.spaces.queries.spaces import summary
from mediatheque.areas.spaces.rules import OWNER, SlugTakenError, clean_slug, slugs_for
from mediatheque.areas.spaces.rules.roles import BUILT_IN
from mediatheque.areas.spaces.schemas import SpaceSummary
from mediatheque.core.context import Context, Space, requires, signed_in
from mediatheque.core.journal import Ref, changes, write_events
from mediatheque.core.permissions import Permission
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


async def enter(ctx: Context, space: Space) -> None:
    """Go on in a space that this transaction has just made or joined.

    What happened before is written to the journal first, since it happened outside that space.
    """
    await write_events(ctx)
    await ctx.db.enter_space(space.id)
    ctx.space = space
    ctx.grants = BUILT_IN.get(space.role, frozenset())
    ctx.narrow = {}


@signed_in
async def create_space(
    ctx: Context, *, name: str, slug: str | None = None, time_zone: str = "UTC"
) -> SpaceSummary:
    """Make a space and its creator the owner; the context goes on in it.

    Anybody signed in may. A slug that was asked for and is taken raises SlugTakenError (one that
    is none, ValueError); without one, the space gets one from its name.
    """
    needs_person(ctx.actor)
    tried = slugs_for(name) if slug is None else [clean_slug(slug)]
    space_id = uuid7()
    await enter(ctx, Space(space_id, tried[0], name, OWNER))
    found = await insert_space(ctx, space_id, tried, name=name, time_zone=time_zone)
    ctx.space = Space(space_id, found, name, OWNER)
    await ctx.db.execute(
        plain_insert(Membership).values(space_id=space_id, user_id=ctx.user_id, role=OWNER)
    )
    ctx.emit(SpaceCreated(ref=Ref("space", space_id, name), after={"name": name, "slug": found}))
    return summary(
        {"id": space_id, "slug": found, "name": name, "time_zone": time_zone, "role": OWNER}
    )


async def insert_space(
    ctx: Context, space_id: UUID, slugs: list[str], *, name: str, time_zone: str
) -> str:
    """Insert a space under the first free one of some slugs; answers it. SlugTakenError."""
    for slug in slugs:
        done = await ctx.db.execute(
            insert(SpaceRow)
            .values(id=space_id, slug=slug, name=name, time_zone=time_zone)
            .on_conflict_do_nothing(index_elements=[SpaceRow.slug])
            .returning(SpaceRow.slug)
        )
        if done.first():
            return slug
    raise SlugTakenError(field="slug")


@requires(Permission.SPACE_EDIT)
async def rename_space(ctx: Context, name: str) -> SpaceSummary:
    """Give the space of the request another name; its slug stays."""
    space: SpaceRow | None = await ctx.db.entity(
        select(SpaceRow).where(SpaceRow.id == ctx.space_id).with_for_update()
    )
    if space is None or ctx.space is None:
        raise NotFoundError
    before, after = changes({"name": space.name}, {"name": name})
    space.name = name
    if after:
        ctx.emit(SpaceRenamed(ref=Ref("space", space.id, name), before=before, after=after))
    role = ctx.space.role or OWNER
    return summary(
        {
            "id": space.id,
            "slug": space.slug,
            "name": name,
            "time_zone": space.time_zone,
            "role": role,
        }
    )
