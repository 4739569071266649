"""Selects about teams and grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Uuid, any_, func, literal, select

from mediatheque.areas.accounts.models import User
from mediatheque.areas.spaces.models import Grant, Membership, Team, TeamMember
from mediatheque.areas.spaces.queries.roles import grantables
from mediatheque.areas.spaces.rules.teams import NoSuchTeamError
from mediatheque.areas.spaces.schemas.roles import GrantFilter, GrantRead, TeamMemberRead, TeamRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from mediatheque.kit.db import Row


def _teams(space_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(Team.id, Team.name, Team.description, Team.role)
        .where(Team.space_id == space_id)
        .order_by(func.lower(Team.name), Team.id)
    )


def _in_teams(space_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(TeamMember.team_id, TeamMember.member_id, Membership.user_id, User.name)
        .join(
            Membership,
            (Membership.space_id == TeamMember.space_id) & (Membership.id == TeamMember.member_id),
        )
        .join(User, User.id == Membership.user_id)
        .where(TeamMember.space_id == space_id)
        .order_by(func.lower(User.name), TeamMember.member_id)
    )


@requires(Permission.SPACE_MEMBERS_READ)
async def list_teams(ctx: ReadContext) -> Listing[TeamRead]:
    """The teams of the space by name, with their members."""
    teams, members = await ctx.db.batch(_teams(ctx.space_id), _in_teams(ctx.space_id))
    inside: dict[UUID, list[TeamMemberRead]] = {}
    for row in members:
        inside.setdefault(row["team_id"], []).append(TeamMemberRead.model_validate(row))
    return Listing(
        items=[
            TeamRead.model_validate({**row, "members": inside.get(row["id"], [])}) for row in teams
        ]
    )


@requires(Permission.SPACE_MEMBERS_READ)
async def get_team(ctx: ReadContext, team_id: UUID) -> TeamRead:
    """One team; NoSuchTeamError."""
    for team in (await list_teams(ctx)).items:
        if team.id == team_id:
            return team
    raise NoSuchTeamError


def grants_select(space_id: UUID) -> Select[*tuple[Any, ...]]:
    """The columns of a :class:`GrantRead` but its label, oldest first."""
    return (
        select(
            Grant.id,
            Grant.member_id,
            Grant.team_id,
            func.coalesce(User.name, Team.name).label("holder"),
            Grant.permission,
            Grant.ref_kind.label("kind"),
            Grant.ref_id.label("object_id"),
            Grant.created_at,
        )
        .outerjoin(
            Membership, (Membership.space_id == Grant.space_id) & (Membership.id == Grant.member_id)
        )
        .outerjoin(User, User.id == Membership.user_id)
        .outerjoin(Team, (Team.space_id == Grant.space_id) & (Team.id == Grant.team_id))
        .where(Grant.space_id == space_id)
        .order_by(Grant.id)
    )


@requires(Permission.SPACE_ROLES_MANAGE)
async def list_grants(ctx: ReadContext, wanted: GrantFilter) -> Listing[GrantRead]:
    """The grants of the space for one thing each."""
    chosen = grants_select(ctx.space_id)
    for column, value in (
        (Grant.member_id, wanted.member_id),
        (Grant.team_id, wanted.team_id),
        (Grant.ref_kind, wanted.kind),
        (Grant.ref_id, wanted.id),
    ):
        if value is not None:
            chosen = chosen.where(column == value)
    rows = await ctx.db.rows(chosen)
    return Listing(items=await labelled(ctx, rows))


async def labelled(ctx: ReadContext, rows: list[Row]) -> list[GrantRead]:
    """Grants with what their things are called: one select for each kind, in one batch."""
    known = grantables()
    kinds = sorted({row["kind"] for row in rows} & set(known))
    selects = []
    for kind in kinds:
        things = known[kind].things.subquery()
        ids = [row["object_id"] for row in rows if row["kind"] == kind]
        selects.append(
            select(things.c.id, things.c.label).where(
                things.c.space_id == ctx.space_id,
                things.c.id == any_(literal(ids, ARRAY(Uuid))),
            )
        )
    found = await ctx.db.batch(*selects) if selects else []
    labels = {row["id"]: row["label"] for some in found for row in some}
    return [
        GrantRead.model_validate({**row, "label": labels.get(row["object_id"])}) for row in rows
    ]
