"""Why somebody may do something, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Uuid, any_, func, literal, or_, select, text

from mediatheque.areas.accounts.models import User
from mediatheque.areas.spaces.models import Grant, Membership, SpaceRow, Team, TeamMember
from mediatheque.areas.spaces.queries.roles import grantables, own_roles
from mediatheque.areas.spaces.rules.reasons import Standing, verdicts
from mediatheque.areas.spaces.rules.teams import NotNarrowableError, ThingUnknownError
from mediatheque.areas.spaces.schemas.roles import EffectiveFilter, EffectiveRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from mediatheque.kit.db import Row

_HAS_SECOND_FACTOR = text(
    "SELECT EXISTS (SELECT FROM accounts_totps f WHERE f.user_id = :user "
    "AND f.confirmed_at IS NOT NULL) "
    "OR EXISTS (SELECT FROM accounts_passkeys f WHERE f.user_id = :user) AS has"
)


@requires(Permission.SPACE_ROLES_MANAGE)
async def list_effective(ctx: ReadContext, wanted: EffectiveFilter) -> Listing[EffectiveRead]:
    """What a member may do in the space or with one thing, each permission with its reasons.

    A thing that does not exist is a ThingUnknownError, a user who is no member NotFoundError.
    """
    thing = await _thing(ctx, wanted)
    members, teams, own, grants, factor = await ctx.db.batch(
        _member(ctx.space_id, wanted.user_id),
        _teams(ctx.space_id, wanted.user_id),
        own_roles(ctx.space_id),
        _grants(ctx.space_id, wanted.user_id, thing),
        _HAS_SECOND_FACTOR.bindparams(user=wanted.user_id),
    )
    if not members:
        raise NotFoundError("The space has no such member.")
    standing = Standing(
        user_id=wanted.user_id,
        role=members[0]["role"],
        is_active=members[0]["is_active"],
        lacks_second_factor=members[0]["second_factor_policy"] != "optional"
        and not factor[0]["has"],
        teams={row["name"]: row["role"] for row in teams},
        own={row["slug"]: row for row in own},
        grants=grants,
    )
    kind = grantables()[wanted.kind] if wanted.kind else None
    return Listing(items=verdicts(standing, kind, thing, wanted.permission))


async def _thing(ctx: ReadContext, wanted: EffectiveFilter) -> Row | None:
    if wanted.kind is None:
        if wanted.id is not None:
            raise NotNarrowableError("Say of which kind the thing is.", field="kind")
        return None
    kind = grantables().get(wanted.kind)
    if kind is None:
        raise NotNarrowableError(field="kind", details={"kinds": sorted(grantables())})
    things = kind.things.subquery()
    found = await ctx.db.row(
        select(things).where(things.c.space_id == ctx.space_id, things.c.id == wanted.id)
    )
    if found is None:
        raise ThingUnknownError(field="id")
    return found


def _member(space_id: UUID, user_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(Membership.role, User.is_active, SpaceRow.second_factor_policy)
        .join(User, User.id == Membership.user_id)
        .join(SpaceRow, SpaceRow.id == Membership.space_id)
        .where(Membership.space_id == space_id, Membership.user_id == user_id)
    )


def _teams(space_id: UUID, user_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(Team.id, Team.name, Team.role)
        .join(TeamMember, (TeamMember.space_id == Team.space_id) & (TeamMember.team_id == Team.id))
        .join(
            Membership,
            (Membership.space_id == TeamMember.space_id) & (Membership.id == TeamMember.member_id),
        )
        .where(Team.space_id == space_id, Membership.user_id == user_id)
        .order_by(Team.name)
    )


def _grants(space_id: UUID, user_id: UUID, thing: Row | None) -> Select[*tuple[Any, ...]]:
    ids = [thing[name] for name in ("id", "within") if thing[name]] if thing else []
    mine = select(Membership.id).where(
        Membership.space_id == space_id, Membership.user_id == user_id
    )
    teams = select(TeamMember.team_id).where(
        TeamMember.space_id == space_id, TeamMember.member_id == mine.scalar_subquery()
    )
    return (
        select(Grant.id, Grant.permission, Grant.ref_kind, Grant.ref_id, Team.name.label("team"))
        .outerjoin(Team, (Team.space_id == Grant.space_id) & (Team.id == Grant.team_id))
        .where(
            Grant.space_id == space_id,
            Grant.ref_id == any_(literal(ids, ARRAY(Uuid))),
            or_(
                Grant.member_id == mine.scalar_subquery(),
                Grant.team_id == any_(func.array(teams.scalar_subquery())),
            ),
        )
        .order_by(Grant.id)
    )
