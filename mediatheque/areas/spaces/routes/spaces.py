"""Paths of spaces and their members."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.accounts.rules import SessionNeededError
from mediatheque.areas.spaces.actions import members as member_actions
from mediatheque.areas.spaces.actions import spaces as actions
from mediatheque.areas.spaces.queries import care as care_queries
from mediatheque.areas.spaces.queries import spaces as queries
from mediatheque.areas.spaces.rules import LastOwnerError, RoleAboveOwnError, SlugTakenError
from mediatheque.areas.spaces.schemas import (
    MemberRead,
    MemberUpdate,
    SpaceCreate,
    SpaceSummary,
    SpaceUpdate,
)
from mediatheque.areas.spaces.schemas.care import MemberDrawer
from mediatheque.core.context import NoSpaceError
from mediatheque.core.http import Read, ReadPublic, Write, WritePublic, raises
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.kit.errors import NotAllowedError, NotFoundError, NotSignedInError
from mediatheque.kit.paging import Listing

spaces = APIRouter(prefix="/spaces", tags=["spaces"])
members = APIRouter(prefix="/members", tags=["spaces"])

HERE = (NoSpaceError, NotSignedInError, NotAllowedError, NotFoundError)
"""What everything within a space can refuse with."""
CHANGING = (*HERE, BadOriginError)


@spaces.get("", summary="My spaces", responses=raises(NotSignedInError))
async def list_spaces(ctx: ReadPublic) -> Listing[SpaceSummary]:
    """The spaces one is a member of, with one's role and permissions there."""
    return await queries.list_spaces(ctx)


@spaces.post(
    "",
    status_code=201,
    summary="Make a space",
    responses=raises(NotSignedInError, BadOriginError, SessionNeededError, SlugTakenError),
)
async def create_space(body: SpaceCreate, ctx: WritePublic) -> SpaceSummary:
    """Whoever makes it is its owner."""
    return await actions.create_space(ctx, name=body.name, slug=body.slug, time_zone=body.time_zone)


@spaces.patch("/current", summary="Rename the space", responses=raises(*CHANGING))
async def rename_space(body: SpaceUpdate, ctx: Write) -> SpaceSummary:
    """The space of the request gets another name; its slug stays."""
    return await actions.rename_space(ctx, body.name)


@spaces.post(
    "/current/leave",
    status_code=204,
    summary="Leave the space",
    responses=raises(*CHANGING, SessionNeededError, LastOwnerError),
)
async def leave_space(ctx: Write) -> None:
    """End one's own membership."""
    await member_actions.leave_space(ctx)


@members.get("", summary="Members", responses=raises(*HERE))
async def list_members(ctx: Read) -> Listing[MemberRead]:
    """All members of the space, in the order they joined."""
    return await queries.list_members(ctx)


@members.get("/{member_id}", summary="A member", responses=raises(*HERE))
async def get_member(member_id: UUID, ctx: Read) -> MemberDrawer:
    """By the id of the member or of their user: role, teams, last sign-in, contributions."""
    return await care_queries.get_member(ctx, member_id)


@members.patch(
    "/{member_id}",
    summary="Give a member another role",
    responses=raises(*CHANGING, RoleAboveOwnError, LastOwnerError),
)
async def change_member_role(member_id: UUID, body: MemberUpdate, ctx: Write) -> MemberRead:
    """Neither the old nor the new role may be above one's own."""
    return await member_actions.change_member_role(ctx, member_id, body.role)


@members.delete(
    "/{member_id}",
    status_code=204,
    summary="Remove a member",
    responses=raises(*CHANGING, RoleAboveOwnError, LastOwnerError),
)
async def remove_member(member_id: UUID, ctx: Write) -> None:
    """What they put into the space stays."""
    await member_actions.remove_member(ctx, member_id)
