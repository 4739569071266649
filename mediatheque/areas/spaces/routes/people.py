"""The house's people, for those who run it. Every path is of the admin audience."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.accounts.actions import administrators as actions
from mediatheque.areas.accounts.rules.administrators import (
    NoSuchPersonError,
    OwnersOnlyError,
    YourselfError,
)
from mediatheque.areas.accounts.rules.profiles import NoPinError, ProfileNotFoundError
from mediatheque.areas.accounts.schemas.administrators import (
    PeopleFilter,
    PersonRead,
    PersonSummary,
    RoleChange,
)
from mediatheque.areas.accounts.schemas.profiles import MemberProfile
from mediatheque.areas.spaces.queries import people as queries
from mediatheque.core.http import ReadAdmin, WriteAdmin, raises
from mediatheque.core.http.admin import AdminSignInError, NetworkNotAllowedError
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.kit.errors import NotAllowedError
from mediatheque.kit.paging import BadCursorError, Feed, Listing

router = APIRouter(prefix="/admin/users", tags=["accounts"])

LOOKING = (AdminSignInError, NetworkNotAllowedError, NotAllowedError)
CHANGING = (*LOOKING, BadOriginError, NoSuchPersonError, YourselfError, OwnersOnlyError)


@router.get("", summary="People of the house", responses=raises(*LOOKING, BadCursorError))
async def list_people(
    wanted: Annotated[PeopleFilter, Query()], ctx: ReadAdmin
) -> Feed[PersonSummary]:
    """By a part of the address, role, status and day of sign-up; the newest first."""
    return await queries.list_people(ctx, wanted)


@router.get(
    "/{user_id}", summary="One of the people", responses=raises(*LOOKING, NoSuchPersonError)
)
async def get_person(user_id: UUID, ctx: ReadAdmin) -> PersonRead:
    """With sessions, spaces, factors and what they did last."""
    return await queries.get_person(ctx, user_id)


@router.post(
    "/{user_id}/suspend", status_code=204, summary="Suspend somebody", responses=raises(*CHANGING)
)
async def suspend_user(user_id: UUID, ctx: WriteAdmin) -> None:
    """Every token of theirs is dead from the next request on, API keys too."""
    await actions.suspend_user(ctx, user_id)


@router.post(
    "/{user_id}/activate",
    status_code=204,
    summary="Let somebody in again",
    responses=raises(*CHANGING),
)
async def activate_user(user_id: UUID, ctx: WriteAdmin) -> None:
    """They sign in anew: what they had open stays ended."""
    await actions.activate_user(ctx, user_id)


@router.post(
    "/{user_id}/force-logout",
    status_code=204,
    summary="Sign somebody out everywhere",
    responses=raises(*CHANGING),
)
async def sign_user_out(user_id: UUID, ctx: WriteAdmin) -> None:
    """Sessions and devices; API keys stay."""
    await actions.sign_user_out(ctx, user_id)


@router.post(
    "/{user_id}/reset-second-factor",
    status_code=204,
    summary="Take somebody's second factors away",
    responses=raises(*CHANGING),
)
async def reset_second_factor(user_id: UUID, ctx: WriteAdmin) -> None:
    """For somebody who has lost them. Make sure by another way that it is them who asks."""
    await actions.reset_second_factor(ctx, user_id)


@router.get(
    "/{user_id}/profiles",
    summary="Somebody's profiles",
    responses=raises(*LOOKING, NoSuchPersonError),
)
async def list_user_profiles(user_id: UUID, ctx: ReadAdmin) -> Listing[MemberProfile]:
    """The household, and whose PIN is locked; no PIN is told."""
    return await queries.list_user_profiles(ctx, user_id)


@router.post(
    "/{user_id}/profiles/{profile_id}/reset-pin",
    status_code=204,
    summary="Reset the PIN of somebody's profile",
    responses=raises(*CHANGING, ProfileNotFoundError, NoPinError),
)
async def reset_user_pin(user_id: UUID, profile_id: UUID, ctx: WriteAdmin) -> None:
    """Take away a PIN that nobody knows any more; the household sets another one."""
    await actions.reset_user_pin(ctx, user_id, profile_id)


@router.put(
    "/{user_id}/role",
    status_code=204,
    summary="Give somebody a role in the house",
    responses=raises(*CHANGING),
)
async def change_instance_role(user_id: UUID, body: RoleChange, ctx: WriteAdmin) -> None:
    """For owners, and not to themselves."""
    await actions.change_instance_role(ctx, user_id, body.role)
