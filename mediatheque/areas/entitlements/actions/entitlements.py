"""Giving members packages, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from mediatheque.areas.entitlements import events
from mediatheque.areas.entitlements.models import Entitlement
from mediatheque.areas.entitlements.queries import get_entitlement, get_package
from mediatheque.areas.entitlements.rules import (
    NoSuchEntitlementError,
    NotAMemberError,
)
from mediatheque.areas.spaces.models import Membership
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.entitlements.schemas import (
        EntitlementCreate,
        EntitlementRead,
    )


@requires(Permission.PACKAGES_MANAGE)
async def grant_entitlement(ctx: Context, given: EntitlementCreate) -> EntitlementRead:
    """Give a member a package, now and until a day."""
    package = await get_package(ctx, given.package_id)
    member = await ctx.db.scalar(
        select(func.count()).where(
            Membership.space_id == ctx.space_id, Membership.user_id == given.user_id
        )
    )
    if not member:
        raise NotAMemberError(field="user_id")
    made = Entitlement(
        space_id=ctx.space_id,
        id=uuid7(),
        user_id=given.user_id,
        package_id=given.package_id,
        kind=given.kind,
        note=given.note,
        starts_at=ctx.now,
        expires_at=given.expires_at,
        granted_by=ctx.actor.id,
    )
    await ctx.db.add(made)
    ctx.emit(
        events.EntitlementGranted(
            ref=Ref("entitlement", made.id, package.name),
            after={
                "user_id": str(given.user_id),
                "package_id": str(given.package_id),
                "expires_at": given.expires_at.isoformat() if given.expires_at else None,
            },
        )
    )
    return await get_entitlement(ctx, made.id)


@requires(Permission.PACKAGES_MANAGE)
async def revoke_entitlement(ctx: Context, entitlement_id: UUID) -> None:
    """Take a package back; what plays through it ends with its next heartbeat."""
    found = await get_entitlement(ctx, entitlement_id)
    if found.revoked_at is not None:
        raise NoSuchEntitlementError
    await ctx.db.execute(
        update(Entitlement)
        .where(Entitlement.space_id == ctx.space_id, Entitlement.id == entitlement_id)
        .values(revoked_at=ctx.now)
    )
    ctx.emit(
        events.EntitlementRevoked(
            ref=Ref("entitlement", entitlement_id, found.package_name),
            before={"user_id": str(found.user_id), "package_id": str(found.package_id)},
        )
    )
