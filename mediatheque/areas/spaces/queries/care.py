"""Selects about spaces as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import any_, func, select, text

from mediatheque.areas.accounts.models import User
from mediatheque.areas.spaces.models import Membership, SpaceRow, SupportSession
from mediatheque.areas.spaces.queries.spaces import members_select
from mediatheque.areas.spaces.rules import OWNER
from mediatheque.areas.spaces.rules.care import InstanceOwnerOnlyError, NoSuchSpaceError
from mediatheque.areas.spaces.schemas.care import (
    ArchivedSpaceRead,
    HouseSpaceRead,
    MemberDrawer,
    QuotaRead,
    SpaceSettings,
    SupportRead,
)
from mediatheque.core.context import ReadContext, requires, signed_in
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import USAGE
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

QUOTAS = {
    "members": SpaceRow.max_members,
    "titles": SpaceRow.max_titles,
    "storage": SpaceRow.max_storage,
}
MEMBERS_USED = text(
    "SELECT count(*) FROM spaces_memberships m WHERE m.space_id = cast(:space AS uuid)"
)

_DRAWER = text(
    """
    SELECT u.is_active,
           EXISTS (SELECT FROM accounts_totps f
                   WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
           OR EXISTS (SELECT FROM accounts_passkeys f WHERE f.user_id = u.id)
               AS has_second_factor,
           j.contributions, j.last_contribution_at,
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'id', t.id, 'name', t.name, 'role', t.role) ORDER BY t.name), '[]')
            FROM spaces_team_members b
            JOIN spaces_teams t ON t.space_id = b.space_id AND t.id = b.team_id
            WHERE b.space_id = m.space_id AND b.member_id = m.id) AS teams,
           (SELECT count(*) FROM spaces_grants g
            WHERE g.space_id = m.space_id AND g.member_id = m.id) AS grants
    FROM spaces_memberships m
    JOIN accounts_users u ON u.id = m.user_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS contributions, max(j.at) AS last_contribution_at
        FROM core_journal j WHERE j.space_id = m.space_id AND j.actor_id = m.user_id
    ) j
    WHERE m.space_id = :space AND (m.id = :member OR m.user_id = :member)
    """
)


def check_instance_owner(ctx: ReadContext) -> None:
    """Refuse everybody but the owner of the house, signed in as a person."""
    if not ctx.actor.is_instance_owner or ctx.actor.kind != "user":
        raise InstanceOwnerOnlyError


def settings_select(space_id: UUID) -> Select[*tuple[Any, ...]]:
    """The columns of :class:`SpaceSettings`."""
    return select(
        SpaceRow.id,
        SpaceRow.slug,
        SpaceRow.name,
        SpaceRow.locale,
        SpaceRow.time_zone,
        SpaceRow.second_factor_policy,
        SpaceRow.support_role,
        SpaceRow.created_at,
    ).where(SpaceRow.id == space_id)


@requires(Permission.CATALOG_READ)
async def get_space(ctx: ReadContext) -> SpaceSettings:
    """The space of the request and its settings."""
    found = await ctx.db.row(settings_select(ctx.space_id))
    if found is None:
        raise NoSuchSpaceError
    return SpaceSettings.model_validate(found)


@requires(Permission.SPACE_MEMBERS_READ)
async def list_quotas(ctx: ReadContext) -> Listing[QuotaRead]:
    """What the space uses, and what it may."""
    return Listing(items=await quotas_of(ctx, ctx.space_id))


async def quotas_of(ctx: ReadContext, space_id: UUID) -> list[QuotaRead]:
    """A space's quotas, each beside what is used of it."""
    names = [name for name in QUOTAS if name in USAGE]
    limits, *used = await ctx.db.batch(
        select(*(column.label(name) for name, column in QUOTAS.items())).where(
            SpaceRow.id == space_id
        ),
        *(USAGE[name].bindparams(space=space_id) for name in names),
    )
    if not limits:
        raise NoSuchSpaceError
    amounts = {name: next(iter(rows[0].values())) for name, rows in zip(names, used, strict=True)}
    return [
        QuotaRead.model_validate(
            {"name": name, "used": int(amounts[name] or 0), "limit": limits[0][name]}
        )
        for name in names
    ]


@signed_in
async def list_house_spaces(ctx: ReadContext) -> Listing[HouseSpaceRead]:
    """All spaces of the house, from outside: for its owner. Across spaces."""
    check_instance_owner(ctx)
    spaces = await ctx.db.rows(
        select(
            SpaceRow.id,
            SpaceRow.slug,
            SpaceRow.name,
            SpaceRow.created_at,
            SpaceRow.archived_at,
            *(column.label(name) for name, column in QUOTAS.items()),
            func.array(
                select(User.name)
                .join(Membership, Membership.user_id == User.id)
                .where(Membership.space_id == SpaceRow.id, Membership.role == OWNER)
                .order_by(User.name)
                .scalar_subquery()
            ).label("owners"),
        ).order_by(SpaceRow.name, SpaceRow.id)
    )
    return Listing(
        items=[
            HouseSpaceRead.model_validate(
                {**row, "limits": {name: row[name] for name in QUOTAS if row[name] is not None}}
            )
            for row in spaces
        ]
    )


@signed_in
async def list_archived_spaces(ctx: ReadContext) -> Listing[ArchivedSpaceRead]:
    """The spaces put away that one owns and can restore. Across spaces."""
    rows = await ctx.db.rows(
        select(SpaceRow.id, SpaceRow.slug, SpaceRow.name, SpaceRow.archived_at)
        .join(Membership, Membership.space_id == SpaceRow.id)
        .where(
            Membership.user_id == ctx.user_id,
            Membership.role == OWNER,
            SpaceRow.archived_at.is_not(None),
        )
        .order_by(SpaceRow.name, SpaceRow.id)
    )
    return Listing(items=[ArchivedSpaceRead.model_validate(row) for row in rows])


@requires(Permission.SPACE_MEMBERS_READ)
async def get_member(ctx: ReadContext, member_id: UUID) -> MemberDrawer:
    """A member, by their own id or their user's, with their part in the space."""
    members, more = await ctx.db.batch(
        members_select(ctx.space_id).where(
            (Membership.id == member_id) | (Membership.user_id == member_id)
        ),
        _DRAWER.bindparams(space=ctx.space_id, member=member_id),
    )
    if not members or not more:
        raise NotFoundError("The space has no such member.")
    return MemberDrawer.model_validate({**members[0], **more[0]})


def support_select() -> Select[*tuple[Any, ...]]:
    """The columns of a :class:`SupportRead`, the newest first."""
    is_open = SupportSession.ended_at.is_(None) & (SupportSession.expires_at > func.now())
    return (
        select(
            SupportSession.id,
            SupportSession.space_id,
            SpaceRow.slug.label("space"),
            SupportSession.user_id,
            User.name,
            SupportSession.role,
            SupportSession.reason,
            SupportSession.started_at,
            SupportSession.expires_at,
            SupportSession.ended_at,
            is_open.label("is_open"),
        )
        .join(SpaceRow, SpaceRow.id == SupportSession.space_id)
        .join(User, User.id == SupportSession.user_id)
        .order_by(SupportSession.id.desc())
    )


@signed_in
async def list_support_sessions(ctx: ReadContext) -> Listing[SupportRead]:
    """Visits to the spaces that one owns, and one's own visits. Across spaces."""
    mine = select(Membership.space_id).where(
        Membership.user_id == ctx.user_id, Membership.role == OWNER
    )
    rows = await ctx.db.rows(
        support_select()
        .where(
            (SupportSession.user_id == ctx.user_id)
            | (SupportSession.space_id == any_(func.array(mine.scalar_subquery())))
        )
        .limit(200)
    )
    return Listing(items=[SupportRead.model_validate(row) for row in rows])
