"""Support access: explicit, for a time, seen by the space's owners, and in its journal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.spaces.actions.spaces import enter
from mediatheque.areas.spaces.events.care import SupportEnded, SupportStarted
from mediatheque.areas.spaces.models import Membership, SpaceRow, SupportSession
from mediatheque.areas.spaces.queries.care import check_instance_owner, support_select
from mediatheque.areas.spaces.rules import OWNER
from mediatheque.areas.spaces.rules.care import (
    MemberNeedsNoSupportError,
    NoSuchSpaceError,
    NoSuchSupportError,
    SupportOpenError,
    SupportRoleError,
    is_within,
)
from mediatheque.areas.spaces.schemas.care import SupportRead
from mediatheque.core.context import Context, Space, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.spaces.schemas.care import SupportCreate


@signed_in
async def start_support(ctx: Context, given: SupportCreate) -> SupportRead:
    """Let the house's owner into a space that is not theirs, for some hours. Across spaces.

    Raises InstanceOwnerOnlyError, NoSuchSpaceError, MemberNeedsNoSupportError, SupportRoleError
    (more than the space consents to), SupportOpenError.
    """
    check_instance_owner(ctx)
    space = await ctx.db.row(
        select(SpaceRow.id, SpaceRow.slug, SpaceRow.name, SpaceRow.support_role, Membership.role)
        .outerjoin(
            Membership,
            (Membership.space_id == SpaceRow.id) & (Membership.user_id == ctx.user_id),
        )
        .where(SpaceRow.slug == given.space, SpaceRow.archived_at.is_(None))
        .with_for_update(of=SpaceRow)
    )
    if space is None:
        raise NoSuchSpaceError(field="space")
    if space["role"] is not None:
        raise MemberNeedsNoSupportError(field="space")
    if not is_within(given.role, space["support_role"]):
        raise SupportRoleError(field="role", details={"most": space["support_role"]})
    await enter(ctx, Space(space["id"], space["slug"], space["name"]))
    await _close_expired(ctx)
    expires_at = ctx.now + timedelta(hours=given.hours)
    support_id = uuid7()
    await ctx.db.execute(
        insert(SupportSession).values(
            space_id=space["id"],
            id=support_id,
            user_id=ctx.user_id,
            role=given.role,
            reason=given.reason,
            started_at=ctx.now,
            expires_at=expires_at,
        )
    )
    ctx.emit(
        SupportStarted(
            ref=Ref("support_session", support_id, ctx.actor.name),
            after={
                "reason": given.reason,
                "role": given.role,
                "expires_at": expires_at.isoformat(),
            },
        )
    )
    return await _get(ctx, support_id)


@signed_in
async def end_support(ctx: Context, support_id: UUID) -> SupportRead:
    """End a visit at once: who visits, or an owner of the space. Across spaces."""
    needs_person(ctx.actor)
    row = await ctx.db.row(
        select(SupportSession.space_id, SpaceRow.slug, SpaceRow.name, Membership.role)
        .join(SpaceRow, SpaceRow.id == SupportSession.space_id)
        .outerjoin(
            Membership,
            (Membership.space_id == SupportSession.space_id) & (Membership.user_id == ctx.user_id),
        )
        .where(
            SupportSession.id == support_id,
            SupportSession.ended_at.is_(None),
            (SupportSession.user_id == ctx.user_id) | (Membership.role == OWNER),
        )
        .with_for_update(of=SupportSession)
    )
    if row is None:
        raise NoSuchSupportError
    await enter(ctx, Space(row["space_id"], row["slug"], row["name"]))
    await ctx.db.execute(
        update(SupportSession)
        .where(SupportSession.space_id == row["space_id"], SupportSession.id == support_id)
        .values(ended_at=func.now(), ended_by=ctx.user_id)
    )
    found = await _get(ctx, support_id)
    ctx.emit(
        SupportEnded(
            ref=Ref("support_session", support_id, found.name),
            before={"reason": found.reason, "role": found.role},
        )
    )
    return found


async def _close_expired(ctx: Context) -> None:
    """Time ends a visit by itself; here it only makes room for the next."""
    await ctx.db.execute(
        update(SupportSession)
        .where(
            SupportSession.space_id == ctx.space_id,
            SupportSession.user_id == ctx.user_id,
            SupportSession.ended_at.is_(None),
            SupportSession.expires_at <= func.now(),
        )
        .values(ended_at=SupportSession.expires_at)
    )
    still = await ctx.db.scalar(
        select(SupportSession.id).where(
            SupportSession.space_id == ctx.space_id,
            SupportSession.user_id == ctx.user_id,
            SupportSession.ended_at.is_(None),
        )
    )
    if still is not None:
        raise SupportOpenError(details={"id": str(still)})


async def _get(ctx: Context, support_id: UUID) -> SupportRead:
    row = await ctx.db.row(support_select().where(SupportSession.id == support_id))
    if row is None:
        raise NoSuchSupportError
    return SupportRead.model_validate(row)
