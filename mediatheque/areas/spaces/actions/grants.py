"""Grants for one thing: given and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.spaces.events.roles import GrantGiven, GrantTaken
from mediatheque.areas.spaces.models import Grant, Membership, Team
from mediatheque.areas.spaces.queries.roles import grantables
from mediatheque.areas.spaces.queries.teams import grants_select, labelled
from mediatheque.areas.spaces.rules.roles import GRANTABLE, PermissionUnknownError, check_gift
from mediatheque.areas.spaces.rules.teams import (
    HolderNeededError,
    NoSuchGrantError,
    NotNarrowableError,
    ThingUnknownError,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.spaces.schemas.roles import GrantCreate, GrantRead
    from mediatheque.kit.db import Row


@requires(Permission.SPACE_ROLES_MANAGE)
async def give_grant(ctx: Context, given: GrantCreate) -> GrantRead:
    """Give a member or a team a permission for one thing; a second time changes nothing.

    The giver holds it for all things of the space. Raises PermissionUnknownError,
    PermissionNotHeldError, NotNarrowableError, ThingUnknownError, HolderNeededError.
    """
    label = await _check_thing(ctx, given)
    await _check_holder(ctx, given)
    done = await ctx.db.execute(
        insert(Grant)
        .values(
            space_id=ctx.space_id,
            member_id=given.member_id,
            team_id=given.team_id,
            permission=given.permission,
            ref_kind=given.kind,
            ref_id=given.id,
            created_by=ctx.actor.id,
        )
        .on_conflict_do_nothing()
        .returning(Grant.id)
    )
    made = done.first()
    row = await ctx.db.row(
        grants_select(ctx.space_id).where(
            Grant.permission == given.permission,
            Grant.ref_id == given.id,
            Grant.member_id.is_not_distinct_from(given.member_id),
            Grant.team_id.is_not_distinct_from(given.team_id),
        )
    )
    if row is None:
        raise NoSuchGrantError
    if made is not None:
        ctx.emit(GrantGiven(ref=Ref(given.kind, given.id, label), after=_told(row)))
    return (await labelled(ctx, [row]))[0]


@requires(Permission.SPACE_ROLES_MANAGE)
async def take_grant(ctx: Context, grant_id: UUID) -> None:
    """Take a grant back; it ends at the next request."""
    row = await ctx.db.row(grants_select(ctx.space_id).where(Grant.id == grant_id))
    if row is None:
        raise NoSuchGrantError
    told = (await labelled(ctx, [row]))[0]
    await ctx.db.execute(delete(Grant).where(Grant.space_id == ctx.space_id, Grant.id == grant_id))
    ctx.emit(
        GrantTaken(ref=Ref(row["kind"], row["object_id"], told.label or ""), before=_told(row))
    )


async def _check_thing(ctx: Context, given: GrantCreate) -> str:
    kind = grantables().get(given.kind)
    if given.permission not in GRANTABLE:
        raise PermissionUnknownError(field="permission")
    permission = Permission(given.permission)
    if kind is None or permission not in kind.permissions:
        raise NotNarrowableError(field="permission" if kind else "kind")
    check_gift(ctx, {permission, kind.permissions[permission]}, "permission")
    things = kind.things.subquery()
    label: str | None = await ctx.db.scalar(
        select(things.c.label).where(things.c.space_id == ctx.space_id, things.c.id == given.id)
    )
    if label is None:
        raise ThingUnknownError(field="id")
    return label


async def _check_holder(ctx: Context, given: GrantCreate) -> None:
    if given.team_id is not None:
        found = select(Team.id).where(Team.space_id == ctx.space_id, Team.id == given.team_id)
    elif given.member_id is not None:
        found = select(Membership.id).where(
            Membership.space_id == ctx.space_id, Membership.id == given.member_id
        )
    else:
        raise HolderNeededError(field="member_id")
    if await ctx.db.scalar(found.with_for_update(read=True, key_share=True)) is None:
        raise HolderNeededError(field="team_id" if given.team_id else "member_id")


def _told(row: Row) -> dict[str, str]:
    return {
        "holder": row["holder"],
        "holder_kind": "team" if row["team_id"] else "member",
        "holder_id": str(row["team_id"] or row["member_id"]),
        "permission": row["permission"],
    }
