"""Paths of the profiles of a member's household."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.accounts.rules.profiles import NoPinError, ProfileNotFoundError
from mediatheque.areas.accounts.schemas.profiles import MemberProfile
from mediatheque.areas.spaces.actions import member_profiles as actions
from mediatheque.areas.spaces.queries import member_profiles as queries
from mediatheque.areas.spaces.routes.spaces import CHANGING, HERE
from mediatheque.areas.spaces.rules import RoleAboveOwnError
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

member_profiles = APIRouter(prefix="/members/{user_id}/profiles", tags=["spaces"])


@member_profiles.get("", summary="A member's profiles", responses=raises(*HERE))
async def list_member_profiles(ctx: Read, user_id: UUID) -> Listing[MemberProfile]:
    """Whose PIN is locked, for whoever manages the member."""
    return await queries.list_profiles(ctx, user_id)


@member_profiles.post(
    "/{profile_id}/reset-pin",
    status_code=204,
    summary="Reset a PIN",
    responses=raises(*CHANGING, ProfileNotFoundError, NoPinError, RoleAboveOwnError),
)
async def reset_member_pin(ctx: Write, user_id: UUID, profile_id: UUID) -> None:
    """Take away a PIN that nobody knows any more; the household sets another one."""
    await actions.reset_member_pin(ctx, user_id, profile_id)
