"""Paths of roles, permissions, teams and grants."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.spaces.actions import grants as grant_actions
from mediatheque.areas.spaces.actions import roles as role_actions
from mediatheque.areas.spaces.actions import teams as team_actions
from mediatheque.areas.spaces.queries import effective as effective_queries
from mediatheque.areas.spaces.queries import roles as role_queries
from mediatheque.areas.spaces.queries import teams as team_queries
from mediatheque.areas.spaces.routes.spaces import CHANGING, HERE
from mediatheque.areas.spaces.rules import RoleAboveOwnError
from mediatheque.areas.spaces.rules.roles import (
    NoSuchRoleError,
    OwnerByTeamError,
    PermissionNotHeldError,
    PermissionUnknownError,
    RoleCircleError,
    RoleInUseError,
    RoleNameTakenError,
    RoleUnknownError,
)
from mediatheque.areas.spaces.rules.teams import (
    HolderNeededError,
    MemberUnknownError,
    NoSuchGrantError,
    NoSuchTeamError,
    NotNarrowableError,
    TeamNameTakenError,
    ThingUnknownError,
)
from mediatheque.areas.spaces.schemas.roles import (
    EffectiveFilter,
    EffectiveRead,
    GrantCreate,
    GrantFilter,
    GrantRead,
    PermissionRead,
    RoleCreate,
    RoleDeletion,
    RoleRead,
    RoleUpdate,
    TeamCreate,
    TeamMembers,
    TeamRead,
    TeamUpdate,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

roles = APIRouter(prefix="/roles", tags=["spaces"])
permissions = APIRouter(prefix="/permissions", tags=["spaces"])
teams = APIRouter(prefix="/teams", tags=["spaces"])
grants = APIRouter(prefix="/grants", tags=["spaces"])

GIVING = (PermissionUnknownError, PermissionNotHeldError, RoleAboveOwnError, RoleUnknownError)


@permissions.get("", summary="All permissions", responses=raises(*HERE))
async def list_permissions(ctx: Read) -> Listing[PermissionRead]:
    """What a role can give, who has it by birth, and to what it can be narrowed."""
    return await role_queries.list_permissions(ctx)


@permissions.get(
    "/effective",
    summary="Why may somebody do something?",
    responses=raises(*HERE, NotNarrowableError, ThingUnknownError),
)
async def list_effective(
    ctx: Read, wanted: Annotated[EffectiveFilter, Query()]
) -> Listing[EffectiveRead]:
    """Each permission of a member, in the space or for one thing, with every reason."""
    return await effective_queries.list_effective(ctx, wanted)


@roles.get("", summary="Roles", responses=raises(*HERE))
async def list_roles(ctx: Read) -> Listing[RoleRead]:
    """The built-in ones and the space's own."""
    return await role_queries.list_roles(ctx)


@roles.post(
    "",
    status_code=201,
    summary="Make a role",
    responses=raises(*CHANGING, *GIVING, RoleNameTakenError, RoleCircleError, OwnerByTeamError),
)
async def create_role(body: RoleCreate, ctx: Write) -> RoleRead:
    """Of permissions that you hold yourself."""
    return await role_actions.create_role(ctx, body)


@roles.get("/{role_id}", summary="A role", responses=raises(*HERE, NoSuchRoleError))
async def get_role(role_id: UUID, ctx: Read) -> RoleRead:
    """One of the space's own."""
    return await role_queries.get_role(ctx, role_id)


@roles.patch(
    "/{role_id}",
    summary="Change a role",
    responses=raises(
        *CHANGING, *GIVING, NoSuchRoleError, RoleNameTakenError, RoleCircleError, OwnerByTeamError
    ),
)
async def update_role(role_id: UUID, body: RoleUpdate, ctx: Write) -> RoleRead:
    """Acts at the next request of everybody who has it."""
    return await role_actions.update_role(ctx, role_id, body)


@roles.delete(
    "/{role_id}",
    status_code=204,
    summary="Delete a role",
    responses=raises(*CHANGING, *GIVING, NoSuchRoleError, RoleInUseError, OwnerByTeamError),
)
async def delete_role(role_id: UUID, ctx: Write, wanted: Annotated[RoleDeletion, Query()]) -> None:
    """A role in use needs a replacement for those who have it."""
    await role_actions.delete_role(ctx, role_id, wanted.replacement)


@teams.get("", summary="Teams", responses=raises(*HERE))
async def list_teams(ctx: Read) -> Listing[TeamRead]:
    """By name, with their members."""
    return await team_queries.list_teams(ctx)


@teams.post(
    "",
    status_code=201,
    summary="Make a team",
    responses=raises(*CHANGING, *GIVING, TeamNameTakenError, OwnerByTeamError),
)
async def create_team(body: TeamCreate, ctx: Write) -> TeamRead:
    """A named group; its role is what each of its members may besides their own."""
    return await team_actions.create_team(ctx, body)


@teams.patch(
    "/{team_id}",
    summary="Change a team",
    responses=raises(*CHANGING, *GIVING, NoSuchTeamError, TeamNameTakenError, OwnerByTeamError),
)
async def update_team(team_id: UUID, body: TeamUpdate, ctx: Write) -> TeamRead:
    """Name, description, role."""
    return await team_actions.update_team(ctx, team_id, body)


@teams.put(
    "/{team_id}/members",
    summary="Choose the members of a team",
    responses=raises(*CHANGING, *GIVING, NoSuchTeamError, MemberUnknownError),
)
async def set_team_members(team_id: UUID, body: TeamMembers, ctx: Write) -> TeamRead:
    """These and no others."""
    return await team_actions.set_team_members(ctx, team_id, body.members)


@teams.delete(
    "/{team_id}",
    status_code=204,
    summary="Delete a team",
    responses=raises(*CHANGING, *GIVING, NoSuchTeamError),
)
async def delete_team(team_id: UUID, ctx: Write) -> None:
    """Its members stay; what it gave them ends."""
    await team_actions.delete_team(ctx, team_id)


@grants.get("", summary="Grants for one thing", responses=raises(*HERE))
async def list_grants(ctx: Read, wanted: Annotated[GrantFilter, Query()]) -> Listing[GrantRead]:
    """Who may do what with which thing, besides what roles allow."""
    return await team_queries.list_grants(ctx, wanted)


@grants.post(
    "",
    status_code=201,
    summary="Give a permission for one thing",
    responses=raises(*CHANGING, *GIVING, NotNarrowableError, ThingUnknownError, HolderNeededError),
)
async def give_grant(body: GrantCreate, ctx: Write) -> GrantRead:
    """To a member or a team, for this library, this title, this copy."""
    return await grant_actions.give_grant(ctx, body)


@grants.delete(
    "/{grant_id}",
    status_code=204,
    summary="Take a grant back",
    responses=raises(*CHANGING, NoSuchGrantError),
)
async def take_grant(grant_id: UUID, ctx: Write) -> None:
    """Ends at the next request."""
    await grant_actions.take_grant(ctx, grant_id)
