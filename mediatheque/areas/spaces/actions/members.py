"""Members: added, given another role, removed, gone by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.accounts.models import User
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.spaces.events import MemberAdded, MemberRemoved, MemberRoleChanged
from mediatheque.areas.spaces.models import Membership
from mediatheque.areas.spaces.queries.roles import check_reach
from mediatheque.areas.spaces.queries.spaces import members_select
from mediatheque.areas.spaces.rules import (
    OWNER,
    AlreadyMemberError,
    check_last_owner,
)
from mediatheque.areas.spaces.schemas import MemberRead
from mediatheque.core.context import Context, requires, signed_in
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import check_quota
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.db import Row


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def add_member(ctx: Context, user_id: UUID, role: str) -> MemberRead:
    """Make a user a member without an invitation (the demonstration, commands, provisioning).

    Raises RoleAboveOwnError, AlreadyMemberError, and NotFoundError for no such user.
    """
    await check_reach(ctx, role)
    await check_quota(ctx, "members")
    done = await ctx.db.execute(
        insert(Membership)
        .from_select(
            ["space_id", "user_id", "role"],
            select(literal(ctx.space_id), User.id, literal(role)).where(User.id == user_id),
        )
        .on_conflict_do_nothing(index_elements=[Membership.space_id, Membership.user_id])
        .returning(Membership.id)
    )
    if done.first() is None:
        if await ctx.db.scalar(select(User.id).where(User.id == user_id)) is None:
            raise NotFoundError("There is no such user.")
        raise AlreadyMemberError
    row = await ctx.db.row(members_select(ctx.space_id).where(Membership.user_id == user_id))
    made = MemberRead.model_validate(row)
    ctx.emit(MemberAdded(ref=Ref("member", made.id, made.name), after={"role": role}))
    return made


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def change_member_role(ctx: Context, member_id: UUID, role: str) -> MemberRead:
    """Give a member another role, neither of the two above the actor's own."""
    target, owners = await _lock(ctx, member_id)
    await check_reach(ctx, target["role"], role)
    if role == target["role"]:
        return MemberRead.model_validate(target)
    check_last_owner(target, owners)
    await ctx.db.execute(
        update(Membership)
        .where(Membership.space_id == ctx.space_id, Membership.id == member_id)
        .values(role=role)
    )
    ctx.emit(
        MemberRoleChanged(
            ref=Ref("member", member_id, target["name"]),
            before={"role": target["role"]},
            after={"role": role},
        )
    )
    return MemberRead.model_validate({**target, "role": role})


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def remove_member(ctx: Context, member_id: UUID) -> None:
    """End a membership; the user's next request in this space is 404."""
    target, owners = await _lock(ctx, member_id)
    await check_reach(ctx, target["role"])
    await _remove(ctx, target, owners)


@signed_in
async def leave_space(ctx: Context) -> None:
    """End one's own membership; the last owner cannot."""
    needs_person(ctx.actor)
    rows = await ctx.db.rows(
        members_select(ctx.space_id)
        .where(or_(Membership.user_id == ctx.user_id, Membership.role == OWNER))
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    )
    mine = next((row for row in rows if row["user_id"] == ctx.user_id), None)
    if mine is None:
        raise NotFoundError
    await _remove(ctx, mine, [row for row in rows if row["role"] == OWNER])


async def _lock(ctx: Context, member_id: UUID) -> tuple[Row, list[Row]]:
    """The member and all owners, locked: of two who demote each other, one comes second."""
    rows = await ctx.db.rows(
        members_select(ctx.space_id)
        .where(or_(Membership.id == member_id, Membership.role == OWNER))
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    )
    target = next((row for row in rows if row["id"] == member_id), None)
    if target is None:
        raise NotFoundError("The space has no such member.")
    return target, [row for row in rows if row["role"] == OWNER]


async def _remove(ctx: Context, target: Row, owners: list[Row]) -> None:
    check_last_owner(target, owners)
    await ctx.db.execute(
        delete(Membership).where(Membership.space_id == ctx.space_id, Membership.id == target["id"])
    )
    ctx.emit(
        MemberRemoved(
            ref=Ref("member", target["id"], target["name"]), before={"role": target["role"]}
        )
    )
