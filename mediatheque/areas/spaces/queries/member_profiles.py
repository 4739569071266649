"""The profiles of a member's household, for whoever manages the member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from mediatheque.areas.accounts.queries.profiles import list_member_profiles
from mediatheque.areas.spaces.models import Membership
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.accounts.schemas.profiles import MemberProfile


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def list_profiles(ctx: ReadContext, user_id: UUID) -> Listing[MemberProfile]:
    """Names, avatars and locks, without what a PIN is; ``NotFoundError`` for no member."""
    is_here = select(Membership.id).where(
        Membership.space_id == ctx.space_id, Membership.user_id == user_id
    )
    if await ctx.db.scalar(is_here) is None:
        raise NotFoundError("The space has no such member.")
    return Listing(items=await list_member_profiles(ctx, user_id))
