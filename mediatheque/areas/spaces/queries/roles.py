"""Selects about roles and permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from mediatheque.areas.spaces.models import CustomRole, Membership, Team
from mediatheque.areas.spaces.rules.roles import (
    BUILT_IN,
    GRANTABLE,
    NoSuchRoleError,
    RoleUnknownError,
    check_role_gift,
    held,
)
from mediatheque.areas.spaces.schemas.roles import PermissionRead, RoleRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.module import EXTENSIONS
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy import Select

    from mediatheque.areas.spaces.rules.roles import Grantable
    from mediatheque.kit.db import Row


def grantables() -> dict[str, Grantable]:
    """The kinds of things that permissions can be narrowed to, as the areas registered them."""
    return {one.kind: one for some in EXTENSIONS.get("spaces.grantable", ()) for one in some}


def own_roles(space_id: UUID) -> Select[*tuple[Any, ...]]:
    """The space's own roles."""
    return (
        select(
            CustomRole.id,
            CustomRole.slug,
            CustomRole.name,
            CustomRole.description,
            CustomRole.permissions,
            CustomRole.extends,
            CustomRole.granted,
            CustomRole.bases,
        )
        .where(CustomRole.space_id == space_id)
        .order_by(CustomRole.name, CustomRole.id)
    )


def _used(space_id: UUID, table: type[Membership | Team]) -> Select[*tuple[Any, ...]]:
    return (
        select(table.role, func.count().label("count"))
        .where(table.space_id == space_id, table.role.is_not(None))
        .group_by(table.role)
    )


async def permissions_of(ctx: ReadContext, *roles: str) -> Mapping[str, frozenset[str]]:
    """What each of these roles gives; RoleUnknownError for one that does not exist."""
    found = {role: BUILT_IN[role] for role in roles if role in BUILT_IN}
    if len(found) == len(set(roles)):
        return found
    for row in await ctx.db.rows(own_roles(ctx.space_id)):
        if row["slug"] in roles:
            found[row["slug"]] = held((), [(row["granted"], row["bases"])])
    for role in roles:
        if role not in found:
            raise RoleUnknownError(field="role", details={"role": role})
    return found


async def check_reach(ctx: ReadContext, *roles: str) -> None:
    """Refuse to give or take roles that allow more than the actor may themselves."""
    for role, permissions in (await permissions_of(ctx, *roles)).items():
        check_role_gift(ctx, role, permissions)


@requires(Permission.SPACE_MEMBERS_READ)
async def list_permissions(ctx: ReadContext) -> Listing[PermissionRead]:
    """Every permission that a space can give, in alphabetical order."""
    known = grantables().values()
    return Listing(
        items=[
            PermissionRead(
                name=one,
                is_held=one in ctx.grants,
                roles=[role for role, granted in BUILT_IN.items() if one in granted],
                kinds=[thing.kind for thing in known if one in thing.permissions],
            )
            for one in sorted(GRANTABLE)
        ]
    )


@requires(Permission.SPACE_MEMBERS_READ)
async def list_roles(ctx: ReadContext) -> Listing[RoleRead]:
    """The built-in roles, the highest first, then the space's own by name."""
    own, members, teams = await ctx.db.batch(
        own_roles(ctx.space_id), _used(ctx.space_id, Membership), _used(ctx.space_id, Team)
    )
    counts = ({row["role"]: row["count"] for row in rows} for rows in (members, teams))
    in_members, in_teams = counts
    made = [_built_in(role, in_members, in_teams) for role in BUILT_IN]
    return Listing(items=[*made, *(_own(row, in_members, in_teams) for row in own)])


@requires(Permission.SPACE_MEMBERS_READ)
async def get_role(ctx: ReadContext, role_id: UUID) -> RoleRead:
    """One of the space's own roles; NoSuchRoleError."""
    for role in (await list_roles(ctx)).items:
        if role.id == role_id:
            return role
    raise NoSuchRoleError


def _built_in(role: str, members: Mapping[str, int], teams: Mapping[str, int]) -> RoleRead:
    granted = sorted(BUILT_IN[role])
    return RoleRead(
        id=None,
        slug=role,
        name=role.replace("_", " ").capitalize(),
        description="",
        is_built_in=True,
        permissions=granted,
        extends=[],
        effective=granted,
        members=members.get(role, 0),
        teams=teams.get(role, 0),
    )


def _own(row: Row, members: Mapping[str, int], teams: Mapping[str, int]) -> RoleRead:
    return RoleRead(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        is_built_in=False,
        permissions=sorted(row["permissions"]),
        extends=row["extends"],
        effective=sorted(held((), [(row["granted"], row["bases"])])),
        members=members.get(row["slug"], 0),
        teams=teams.get(row["slug"], 0),
    )
