"""Teams: made, changed, filled, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import ARRAY, Uuid, any_, delete, func, insert, literal, select

from mediatheque.areas.spaces.events.roles import (
    TeamCreated,
    TeamDeleted,
    TeamMembersSet,
    TeamUpdated,
)
from mediatheque.areas.spaces.models import Grant, Membership, Team, TeamMember
from mediatheque.areas.spaces.queries.roles import check_reach
from mediatheque.areas.spaces.queries.teams import get_team
from mediatheque.areas.spaces.rules import OWNER
from mediatheque.areas.spaces.rules.roles import OwnerByTeamError, check_gift
from mediatheque.areas.spaces.rules.teams import (
    MemberUnknownError,
    NoSuchTeamError,
    TeamNameTakenError,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.spaces.schemas.roles import TeamCreate, TeamRead, TeamUpdate


@requires(Permission.SPACE_ROLES_MANAGE)
async def create_team(ctx: Context, given: TeamCreate) -> TeamRead:
    """Make an empty team; its role gives no more than the actor may."""
    await _check_role(ctx, given.role)
    await _check_name(ctx, given.name)
    made = Team(
        space_id=ctx.space_id,
        id=uuid7(),
        name=given.name,
        description=given.description,
        role=given.role,
    )
    await ctx.db.add(made)
    ctx.emit(
        TeamCreated(
            ref=Ref("team", made.id, made.name), after={"name": made.name, "role": made.role}
        )
    )
    return await get_team(ctx, made.id)


@requires(Permission.SPACE_ROLES_MANAGE)
async def update_team(ctx: Context, team_id: UUID, given: TeamUpdate) -> TeamRead:
    """Change a team's name, description or role."""
    team = await _lock(ctx, team_id)
    wanted = given.model_dump(exclude_unset=True)
    wanted = {name: one for name, one in wanted.items() if one is not None or name == "role"}
    before, after = changes({name: getattr(team, name) for name in wanted}, wanted)
    if "role" in after:
        await _check_role(ctx, team.role, after["role"])
    if "name" in after:
        await _check_name(ctx, after["name"], besides=team_id)
    for name, value in after.items():
        setattr(team, name, value)
    await ctx.db.flush()
    if after:
        ctx.emit(TeamUpdated(ref=Ref("team", team_id, team.name), before=before, after=after))
    return await get_team(ctx, team_id)


@requires(Permission.SPACE_ROLES_MANAGE)
async def set_team_members(ctx: Context, team_id: UUID, members: Sequence[UUID]) -> TeamRead:
    """Put exactly these members into a team.

    Who lets somebody in gives them what the team has, so they must hold all of it.
    """
    team = await _lock(ctx, team_id)
    await _check_role(ctx, team.role)
    given = await ctx.db.rows(
        select(Grant.permission).where(Grant.space_id == ctx.space_id, Grant.team_id == team_id)
    )
    check_gift(ctx, {row["permission"] for row in given})
    wanted = set(members)
    here = await ctx.db.rows(
        select(Membership.id).where(
            Membership.space_id == ctx.space_id,
            Membership.id == any_(literal(list(wanted), ARRAY(Uuid))),
        )
    )
    if len(here) != len(wanted):
        known = {row["id"] for row in here}
        raise MemberUnknownError(
            field="members", details={"members": sorted(str(one) for one in wanted - known)}
        )
    inside = await ctx.db.rows(
        select(TeamMember.member_id).where(
            TeamMember.space_id == ctx.space_id, TeamMember.team_id == team_id
        )
    )
    before = {row["member_id"] for row in inside}
    if before - wanted:
        await ctx.db.execute(
            delete(TeamMember).where(
                TeamMember.space_id == ctx.space_id,
                TeamMember.team_id == team_id,
                TeamMember.member_id == any_(literal(list(before - wanted), ARRAY(Uuid))),
            )
        )
    if wanted - before:
        await ctx.db.execute(
            insert(TeamMember),
            [
                {"space_id": ctx.space_id, "team_id": team_id, "member_id": one}
                for one in wanted - before
            ],
        )
    if wanted != before:
        ctx.emit(
            TeamMembersSet(
                ref=Ref("team", team_id, team.name),
                before={"members": sorted(str(one) for one in before)},
                after={"members": sorted(str(one) for one in wanted)},
            )
        )
    return await get_team(ctx, team_id)


@requires(Permission.SPACE_ROLES_MANAGE)
async def delete_team(ctx: Context, team_id: UUID) -> None:
    """Delete a team; its members lose what it gave at their next request."""
    team = await _lock(ctx, team_id)
    await _check_role(ctx, team.role)
    await ctx.db.execute(delete(Team).where(Team.space_id == ctx.space_id, Team.id == team_id))
    ctx.emit(
        TeamDeleted(
            ref=Ref("team", team_id, team.name), before={"name": team.name, "role": team.role}
        )
    )


async def _lock(ctx: Context, team_id: UUID) -> Team:
    found = await ctx.db.entity(
        select(Team).where(Team.space_id == ctx.space_id, Team.id == team_id).with_for_update()
    )
    if found is None:
        raise NoSuchTeamError
    return cast("Team", found)


async def _check_role(ctx: Context, *roles: str | None) -> None:
    named = [role for role in roles if role is not None]
    if OWNER in named:
        raise OwnerByTeamError(field="role")
    if named:
        await check_reach(ctx, *named)


async def _check_name(ctx: Context, name: str, besides: UUID | None = None) -> None:
    same = select(Team.id).where(
        Team.space_id == ctx.space_id, func.lower(Team.name) == func.lower(name)
    )
    if besides is not None:
        same = same.where(Team.id != besides)
    if await ctx.db.scalar(same) is not None:
        raise TeamNameTakenError(field="name")
