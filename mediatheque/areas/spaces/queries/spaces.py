"""Selects about spaces and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from mediatheque.areas.accounts.models import User
from mediatheque.areas.accounts.queries import user_select
from mediatheque.areas.accounts.schemas import UserRead
from mediatheque.areas.spaces.models import Membership, SpaceRow
from mediatheque.areas.spaces.queries.standing import CUSTOMS, ROLES, STANDINGS
from mediatheque.areas.spaces.rules.roles import held
from mediatheque.areas.spaces.schemas import MemberRead, SessionRead, SpaceSummary
from mediatheque.core.context import (
    ActiveProfile,
    ReadContext,
    any_profile,
    public,
    requires,
    signed_in,
)
from mediatheque.core.permissions import Permission, in_profile
from mediatheque.kit.errors import NotSignedInError
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select, TextClause

    from mediatheque.kit.db import Row

_MINE = text(
    f"""
    SELECT s.id, s.slug, s.name, s.time_zone, m.role, m.is_support, k.roles, {CUSTOMS} AS customs
    FROM ({STANDINGS}) m
    JOIN spaces_spaces s ON s.id = m.space_id AND s.archived_at IS NULL
    {ROLES}
    ORDER BY s.name, s.id
    """  # noqa: S608  (constants)
)


def summary(row: Row, profile: ActiveProfile | None = None) -> SpaceSummary:
    """A row of id, slug, name, time zone and role as what a member sees, in a profile.

    With ``roles`` and ``customs`` (:mod:`standing`), also what teams and own roles allow.
    """
    allowed = held(row.get("roles") or [row["role"]], row.get("customs"))
    if profile is not None and profile.is_limited:
        allowed = in_profile(allowed, is_kids=profile.is_kids)
    return SpaceSummary.model_validate({**row, "permissions": sorted(allowed)})


def _mine(user_id: UUID) -> TextClause:
    return _MINE.bindparams(user=user_id)


@any_profile
async def list_spaces(ctx: ReadContext) -> Listing[SpaceSummary]:
    """The spaces that the user who asks is a member of. Needs a context across spaces."""
    rows = await ctx.db.rows(_mine(ctx.user_id))
    return Listing(items=[summary(row, ctx.actor.profile) for row in rows])


@signed_in
async def list_held(ctx: ReadContext) -> frozenset[str]:
    """Every permission that the user who asks has in some space. Across spaces."""
    rows = await ctx.db.rows(_mine(ctx.user_id))
    return frozenset[str]().union(*(held(row["roles"], row["customs"]) for row in rows))


@any_profile
async def get_session(ctx: ReadContext, csrf: str = "") -> SessionRead:
    """Who asks and their spaces, in one round trip. Across spaces."""
    users, spaces = await ctx.db.batch(user_select(ctx.user_id), _mine(ctx.user_id))
    if not users:
        raise NotSignedInError
    return SessionRead(
        csrf_token=csrf,
        user=UserRead.model_validate(users[0]),
        profile=ctx.actor.profile,
        spaces=[summary(row, ctx.actor.profile) for row in spaces],
    )


@requires(Permission.CATALOG_READ)
async def find_time_zone(ctx: ReadContext) -> str:
    """The time zone of the request's space (IANA)."""
    found: str | None = await ctx.db.scalar(
        select(SpaceRow.time_zone).where(SpaceRow.id == ctx.space_id)
    )
    return found or "UTC"


@public
async def find_space_id(ctx: ReadContext, slug: str) -> UUID | None:
    """The id of a space (for commands and the demonstration). Across spaces."""
    found: UUID | None = await ctx.db.scalar(select(SpaceRow.id).where(SpaceRow.slug == slug))
    return found


def members_select(
    space_id: UUID,
) -> Select[UUID, UUID, str, str, str, datetime, datetime | None]:
    """The columns of a :class:`MemberRead`, with no order."""
    return (
        select(
            Membership.id,
            Membership.user_id,
            User.name,
            User.email,
            Membership.role,
            Membership.created_at.label("joined_at"),
            User.last_login_at,
        )
        .join(User, User.id == Membership.user_id)
        .where(Membership.space_id == space_id)
    )


@requires(Permission.SPACE_MEMBERS_READ)
async def list_members(ctx: ReadContext) -> Listing[MemberRead]:
    """The members of the space, in the order they joined."""
    rows = await ctx.db.rows(
        members_select(ctx.space_id).order_by(Membership.created_at, Membership.id)
    )
    return Listing(items=[MemberRead.model_validate(row) for row in rows])
