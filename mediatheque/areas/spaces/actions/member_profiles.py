"""What whoever manages a member does to the profiles of their household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from mediatheque.areas.accounts.actions.profiles import reset_pin
from mediatheque.areas.spaces.models import Membership
from mediatheque.areas.spaces.queries.roles import check_reach
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def reset_member_pin(ctx: Context, user_id: UUID, profile_id: UUID) -> None:
    """Take a member's forgotten PIN away.

    Raises ``NotFoundError`` for no member, ``RoleAboveOwnError``, ``ProfileNotFoundError``,
    ``NoPinError``.
    """
    role = await ctx.db.scalar(
        select(Membership.role).where(
            Membership.space_id == ctx.space_id, Membership.user_id == user_id
        )
    )
    if role is None:
        raise NotFoundError("The space has no such member.")
    await check_reach(ctx, role)
    await reset_pin(ctx, user_id, profile_id)
