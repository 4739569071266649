"""Selects about people, for those who run the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import case, exists, func, or_, select

from mediatheque.areas.accounts.models import Credential, Passkey, Totp, User
from mediatheque.areas.accounts.queries.factors import factors_select, shown
from mediatheque.areas.accounts.queries.profiles import household_select
from mediatheque.areas.accounts.queries.sessions import IS_GOOD, session_info, sessions_select
from mediatheque.areas.accounts.rules.administrators import NoSuchPersonError
from mediatheque.areas.accounts.schemas.administrators import (
    PersonActivity,
    PersonMembership,
    PersonRead,
    PersonSummary,
)
from mediatheque.areas.accounts.schemas.profiles import MemberProfile
from mediatheque.areas.spaces.models import Membership, SpaceRow
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.models import JournalEntry
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import (
    BadCursorError,
    Feed,
    Listing,
    cut,
    decode_cursor,
    encode_cursor,
)

if TYPE_CHECKING:
    from sqlalchemy import Select

    from mediatheque.areas.accounts.schemas.administrators import PeopleFilter

LAST = 20
"""So much of what somebody did is shown."""


def _people() -> Select[*tuple[Any, ...]]:
    protected = or_(
        exists().where(Totp.user_id == User.id, Totp.confirmed_at.is_not(None)),
        exists().where(Passkey.user_id == User.id),
    )
    return select(
        User.id,
        User.email,
        User.name,
        User.locale,
        User.instance_role.label("role"),
        case((User.is_active, "active"), else_="suspended").label("status"),
        User.verified_at.is_not(None).label("is_verified"),
        protected.label("has_second_factor"),
        User.created_at,
        User.last_login_at,
    )


@requires(Permission.HOUSE_USERS_READ)
async def list_people(ctx: ReadContext, wanted: PeopleFilter) -> Feed[PersonSummary]:
    """The house's users, the newest first."""
    chosen = _people().order_by(User.id.desc()).limit(wanted.limit + 1)
    if wanted.email:
        chosen = chosen.where(func.strpos(func.lower(User.email), func.lower(wanted.email)) > 0)
    if wanted.role is not None:
        is_none = wanted.role == "none"
        role = User.instance_role.is_(None) if is_none else User.instance_role == wanted.role
        chosen = chosen.where(role)
    if wanted.status is not None:
        chosen = chosen.where(User.is_active == (wanted.status == "active"))
    if wanted.signed_up_from is not None:
        chosen = chosen.where(User.created_at >= wanted.signed_up_from)
    if wanted.signed_up_until is not None:
        chosen = chosen.where(User.created_at < wanted.signed_up_until)
    after = decode_cursor(wanted.cursor, 1)
    if after is not None:
        chosen = chosen.where(User.id < _id(after[0]))
    rows, more = cut(await ctx.db.rows(chosen), wanted.limit)
    return Feed(
        items=[PersonSummary.model_validate(row) for row in rows],
        next_cursor=encode_cursor(rows[-1]["id"]) if more else None,
    )


def _id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadCursorError(field="cursor") from error


@requires(Permission.HOUSE_USERS_READ)
async def get_person(ctx: ReadContext, user_id: UUID) -> PersonRead:
    """A user with sessions, spaces, factors and what they did last. Across spaces."""
    joined = (
        select(
            SpaceRow.slug, SpaceRow.name, Membership.role, Membership.created_at.label("joined_at")
        )
        .join(SpaceRow, SpaceRow.id == Membership.space_id)
        .where(Membership.user_id == user_id)
        .order_by(SpaceRow.name, SpaceRow.id)
    )
    keys = select(func.count()).where(
        Credential.user_id == user_id, Credential.kind == "api_key", IS_GOOD
    )
    done = (
        select(JournalEntry.at, JournalEntry.kind, JournalEntry.label, JournalEntry.ip)
        .where(JournalEntry.actor_id == user_id)
        .order_by(JournalEntry.position.desc())
        .limit(LAST)
    )
    people, factors, sessions, spaces, activity = await ctx.db.batch(
        _people().add_columns(keys.scalar_subquery().label("api_keys")).where(User.id == user_id),
        factors_select(user_id),
        sessions_select(user_id, None),
        joined,
        done,
    )
    if not people:
        raise NoSuchPersonError
    return PersonRead(
        **people[0],
        second_factor=shown(factors[0]),
        sessions=[session_info(row) for row in sessions],
        memberships=[PersonMembership.model_validate(row) for row in spaces],
        activity=[PersonActivity.model_validate(row) for row in activity],
    )


@requires(Permission.HOUSE_USERS_READ)
async def list_user_profiles(ctx: ReadContext, user_id: UUID) -> Listing[MemberProfile]:
    """Somebody's household, with whose PIN is locked. Across spaces."""
    people, profiles = await ctx.db.batch(
        select(User.id).where(User.id == user_id), household_select(user_id)
    )
    if not people:
        raise NoSuchPersonError
    return Listing(items=[MemberProfile.model_validate(row) for row in profiles])
