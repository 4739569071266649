"""Selects about the profiles of a household."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from mediatheque.areas.accounts.models import Profile, User
from mediatheque.areas.accounts.rules.profiles import Known, ProfileNotFoundError
from mediatheque.areas.accounts.schemas.profiles import MemberProfile, ProfileRead
from mediatheque.core.context import ReadContext, any_profile, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from mediatheque.kit.db import Row

COLUMNS = (
    Profile.id,
    Profile.name,
    Profile.avatar,
    Profile.is_kids,
    Profile.maturity_limit,
    Profile.shows_unknown,
    Profile.languages,
    Profile.genres,
    Profile.pin_hash.is_not(None).label("has_pin"),
    Profile.pin_locked_until,
    Profile.created_at,
)


def shape(ctx: ReadContext, row: Row) -> ProfileRead:
    """A row of :data:`COLUMNS`; a lock that is over is none."""
    active = ctx.actor.profile
    until = row["pin_locked_until"]
    return ProfileRead.model_validate(
        {
            **row,
            "pin_locked_until": until if until is not None and until > ctx.now else None,
            "is_active": active is not None and active.id == row["id"],
        }
    )


@any_profile
async def list_profiles(ctx: ReadContext) -> Listing[ProfileRead]:
    """The household's profiles, the first made first."""
    rows = await ctx.db.rows(
        select(*COLUMNS).where(Profile.user_id == ctx.user_id).order_by(Profile.id)
    )
    return Listing(items=[shape(ctx, row) for row in rows])


@any_profile
async def get_profile(ctx: ReadContext, profile_id: UUID) -> ProfileRead:
    """One of one's own; raises ``ProfileNotFoundError``."""
    row = await ctx.db.row(
        select(*COLUMNS).where(Profile.user_id == ctx.user_id, Profile.id == profile_id)
    )
    if row is None:
        raise ProfileNotFoundError
    return shape(ctx, row)


@any_profile
async def list_secrets(ctx: ReadContext) -> tuple[list[Known], str | None]:
    """All profiles with their PINs' hashes, and the hash of the account's password.

    For the comparison before a transaction; nothing of it goes out.
    """
    profiles, users = await ctx.db.batch(
        _known().where(Profile.user_id == ctx.user_id).order_by(Profile.id),
        select(User.password_hash).where(User.id == ctx.user_id),
    )
    return [Known(**row) for row in profiles], users[0]["password_hash"] if users else None


def _known() -> Select[UUID, str, bool, int | None, bool, str | None]:
    return select(
        Profile.id,
        Profile.name,
        Profile.is_kids,
        Profile.maturity_limit,
        Profile.shows_unknown,
        Profile.pin_hash,
    )


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def list_member_profiles(ctx: ReadContext, user_id: UUID) -> list[MemberProfile]:
    """The profiles of somebody; that they are a member of the space, the caller has looked."""
    rows = await ctx.db.rows(household_select(user_id))
    return [MemberProfile.model_validate(row) for row in rows]


def household_select(user_id: UUID) -> Select[*tuple[Any, ...]]:
    """The columns of a :class:`MemberProfile`, of one user, the first made first."""
    return (
        select(
            Profile.id,
            Profile.name,
            Profile.avatar,
            Profile.is_kids,
            Profile.pin_hash.is_not(None).label("has_pin"),
            func.nullif(func.greatest(Profile.pin_locked_until, func.now()), func.now()).label(
                "pin_locked_until"
            ),
        )
        .where(Profile.user_id == user_id)
        .order_by(Profile.id)
    )
