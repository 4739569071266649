"""Roles of a space's own: made, changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from mediatheque.areas.spaces.events.roles import RoleCreated, RoleDeleted, RoleUpdated
from mediatheque.areas.spaces.models import CustomRole, Invitation, Membership, Team
from mediatheque.areas.spaces.queries.invitations import IS_OPEN
from mediatheque.areas.spaces.queries.roles import check_reach, get_role, own_roles
from mediatheque.areas.spaces.rules import OWNER
from mediatheque.areas.spaces.rules.roles import (
    BUILT_IN,
    NoSuchRoleError,
    OwnerByTeamError,
    RoleInUseError,
    RoleNameTakenError,
    RoleUnknownError,
    check_gift,
    held,
    resolve,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.spaces.schemas.roles import RoleCreate, RoleRead, RoleUpdate
    from mediatheque.kit.db import Row

Own = dict[str, "Row"]


@requires(Permission.SPACE_ROLES_MANAGE)
async def create_role(ctx: Context, given: RoleCreate) -> RoleRead:
    """Make a role of what the actor holds themselves.

    Raises RoleNameTakenError, PermissionUnknownError, PermissionNotHeldError, RoleUnknownError.
    """
    own = await _hold(ctx)
    _check_name(own, given.name)
    row: Row = {
        "id": uuid7(),
        "slug": _free_slug(own, given.name),
        "name": given.name,
        "description": given.description,
        "permissions": sorted(set(given.permissions)),
        "extends": list(dict.fromkeys(given.extends)),
    }
    own[row["slug"]] = row
    _check(ctx, own, row)
    granted, bases = resolve(own, row["slug"])
    await ctx.db.execute(
        insert(CustomRole).values(
            space_id=ctx.space_id, **row, granted=sorted(granted), bases=sorted(bases)
        )
    )
    after = {name: row[name] for name in ("name", "description", "permissions", "extends")}
    ctx.emit(RoleCreated(ref=Ref("role", row["id"], given.name), after=after))
    return await get_role(ctx, row["id"])


@requires(Permission.SPACE_ROLES_MANAGE)
async def update_role(ctx: Context, role_id: UUID, given: RoleUpdate) -> RoleRead:
    """Change a role and what follows for the roles that extend it.

    Acts on the next request of everybody who has it. Raises as :func:`create_role`, NoSuchRoleError
    and RoleCircleError.
    """
    own = await _hold(ctx)
    row = _find(own, role_id)
    _check(ctx, own, row)
    wanted: dict[str, Any] = given.model_dump(exclude_unset=True, exclude_none=True)
    if "permissions" in wanted:
        wanted["permissions"] = sorted(set(wanted["permissions"]))
    if "name" in wanted and wanted["name"] != row["name"]:
        _check_name(own, wanted["name"], besides=role_id)
    before, after = changes({name: row[name] for name in wanted}, wanted)
    if not after:
        return await get_role(ctx, role_id)
    row.update(after)
    _check(ctx, own, row)
    await _store(ctx, own, row["slug"])
    ctx.emit(RoleUpdated(ref=Ref("role", role_id, row["name"]), before=before, after=after))
    return await get_role(ctx, role_id)


@requires(Permission.SPACE_ROLES_MANAGE)
async def delete_role(ctx: Context, role_id: UUID, replacement: str | None = None) -> None:
    """Delete a role; those who have it get the replacement. Without one a used role stays."""
    own = await _hold(ctx)
    row = _find(own, role_id)
    slug = row["slug"]
    _check(ctx, own, row)
    used = await _users(ctx, slug, own)
    if any(used.values()) and replacement is None:
        raise RoleInUseError(details=used)
    if replacement is not None:
        await _replace(ctx, own, slug, replacement)
    await ctx.db.execute(
        delete(CustomRole).where(CustomRole.space_id == ctx.space_id, CustomRole.id == role_id)
    )
    before = {name: row[name] for name in ("name", "description", "permissions", "extends")}
    ctx.emit(
        RoleDeleted(
            ref=Ref("role", role_id, row["name"]),
            before={**before, **used},
            after={"replacement": replacement},
        )
    )


async def _hold(ctx: Context) -> Own:
    """The space's own roles; one change of them at a time, because they build on each other."""
    await ctx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))",
        {"key": f"spaces_roles {ctx.space_id}"},
    )
    return {row["slug"]: row for row in await ctx.db.rows(own_roles(ctx.space_id))}


def _find(own: Own, role_id: UUID) -> Row:
    found = next((row for row in own.values() if row["id"] == role_id), None)
    if found is None:
        raise NoSuchRoleError
    return found


def _check(ctx: Context, own: Own, row: Row) -> None:
    """Nobody makes, changes or takes away a role that gives more than they hold."""
    check_gift(ctx, row["permissions"], "permissions")
    if OWNER in row["extends"]:
        raise OwnerByTeamError(field="extends")
    check_gift(ctx, held((), [resolve(own, row["slug"])]), "extends")


def _check_name(own: Own, name: str, besides: UUID | None = None) -> None:
    folded = name.casefold()
    taken = {row["name"].casefold() for row in own.values() if row["id"] != besides}
    if folded in taken or folded.replace(" ", "_") in BUILT_IN:
        raise RoleNameTakenError(field="name")


def _free_slug(own: Own, name: str) -> str:
    base = slugify(name, fallback="role")
    taken = {*own, *BUILT_IN}
    tries = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)


async def _store(ctx: Context, own: Own, *changed: str) -> None:
    """Write roles, and what follows for those that extend them."""
    for slug, row in own.items():
        granted, bases = resolve(own, slug)
        if slug in changed or (frozenset(row["granted"]), frozenset(row["bases"])) != (
            granted,
            bases,
        ):
            await ctx.db.execute(
                update(CustomRole)
                .where(CustomRole.space_id == ctx.space_id, CustomRole.id == row["id"])
                .values(
                    name=row["name"],
                    description=row["description"],
                    permissions=row["permissions"],
                    extends=row["extends"],
                    granted=sorted(granted),
                    bases=sorted(bases),
                )
            )


async def _users(ctx: Context, slug: str, own: Own) -> dict[str, int]:
    counts: Row | None = await ctx.db.row(
        select(
            select(func.count())
            .where(Membership.space_id == ctx.space_id, Membership.role == slug)
            .scalar_subquery()
            .label("members"),
            select(func.count())
            .where(Team.space_id == ctx.space_id, Team.role == slug)
            .scalar_subquery()
            .label("teams"),
            select(func.count())
            .where(Invitation.space_id == ctx.space_id, Invitation.role == slug, IS_OPEN)
            .scalar_subquery()
            .label("invitations"),
        )
    )
    return {**(counts or {}), "roles": sum(slug in row["extends"] for row in own.values())}


async def _replace(ctx: Context, own: Own, slug: str, replacement: str) -> None:
    if replacement == slug or (replacement not in own and replacement not in BUILT_IN):
        raise RoleUnknownError(field="replacement", details={"role": replacement})
    if replacement == OWNER:
        raise OwnerByTeamError(field="replacement")
    await check_reach(ctx, replacement)
    for table in (Membership, Team, Invitation):
        await ctx.db.execute(
            update(table)
            .where(table.space_id == ctx.space_id, table.role == slug)
            .values(role=replacement)
        )
    followers = [row for row in own.values() if slug in row["extends"]]
    for row in followers:
        others = [replacement if one == slug else one for one in row["extends"]]
        row["extends"] = [one for one in dict.fromkeys(others) if one != row["slug"]]
    del own[slug]
    await _store(ctx, own, *(row["slug"] for row in followers))
