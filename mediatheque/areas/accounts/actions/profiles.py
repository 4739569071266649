"""Profiles: made, changed, chosen, left, and their PINs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, func, insert, or_, select, update

from mediatheque.areas.accounts.events.profiles import (
    PinRemoved,
    PinReset,
    PinSet,
    PinTried,
    ProfileChosen,
    ProfileCreated,
    ProfileDeleted,
    ProfileLeft,
    ProfileUpdated,
)
from mediatheque.areas.accounts.models import Credential, Profile, User
from mediatheque.areas.accounts.queries import IS_GOOD
from mediatheque.areas.accounts.queries.profiles import get_profile
from mediatheque.areas.accounts.rules import SessionNeededError, needs_person
from mediatheque.areas.accounts.rules.profiles import (
    FIRST_WAIT,
    FREE_FAILURES,
    LONGEST_WAIT,
    PROFILES_PER_USER,
    NoPinError,
    ProfileNameTakenError,
    ProfileNotFoundError,
    TooManyProfilesError,
    check_kids,
)
from mediatheque.core.context import ActiveProfile, Actor, Context, any_profile, requires, signed_in
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.accounts.schemas.profiles import (
        ProfileCreate,
        ProfileRead,
        ProfileUpdate,
    )

_COUNTED = 25
"""More failures are not told apart: the wait is the longest long before."""


@signed_in
async def create_profile(ctx: Context, wanted: ProfileCreate) -> ProfileRead:
    """Add somebody to the household.

    Raises ``TooManyProfilesError``, ``ProfileNameTakenError``, ``KidsNeedLimitError``.
    """
    needs_person(ctx.actor)
    check_kids(is_kids=wanted.is_kids, limit=wanted.maturity_limit)
    names = await _lock_names(ctx)
    if len(names) >= PROFILES_PER_USER:
        raise TooManyProfilesError
    _check_name(names, wanted.name)
    values = wanted.model_dump()
    if wanted.shows_unknown is None:
        values["shows_unknown"] = not wanted.is_kids
    made = await ctx.db.execute(
        insert(Profile).values(user_id=ctx.user_id, **values).returning(Profile.id)
    )
    profile_id = made.scalar_one()
    ctx.emit(ProfileCreated(ref=Ref("profile", profile_id, wanted.name), after=values))
    return await get_profile(ctx, profile_id)


@signed_in
async def update_profile(ctx: Context, profile_id: UUID, changed: ProfileUpdate) -> ProfileRead:
    """Change a profile; sessions that are in it see what it now shows at once.

    Raises ``ProfileNotFoundError``, ``ProfileNameTakenError``, ``KidsNeedLimitError``.
    """
    needs_person(ctx.actor)
    names = await _lock_names(ctx)
    profile = await _get(ctx, profile_id)
    wanted = changed.model_dump(exclude_unset=True)
    before, after = changes({key: getattr(profile, key) for key in wanted}, wanted)
    if "name" in after:
        _check_name({one: name for one, name in names.items() if one != profile_id}, after["name"])
    check_kids(
        is_kids=after.get("is_kids", profile.is_kids),
        limit=after.get("maturity_limit", profile.maturity_limit),
    )
    for key, value in after.items():
        setattr(profile, key, value)
    await ctx.db.flush()
    if after:
        ctx.emit(
            ProfileUpdated(ref=Ref("profile", profile_id, profile.name), before=before, after=after)
        )
    return await get_profile(ctx, profile_id)


@signed_in
async def delete_profile(ctx: Context, profile_id: UUID) -> None:
    """Take somebody out of the household.

    Sessions in a profile with a limit end: without it they would see everything. Others go on
    as the account. Raises ``ProfileNotFoundError``.
    """
    needs_person(ctx.actor)
    profile = await _get(ctx, profile_id)
    is_limited = profile.is_kids or profile.maturity_limit is not None
    gone = {"revoked_at": func.coalesce(Credential.revoked_at, func.now())} if is_limited else {}
    ended = await ctx.db.execute(
        update(Credential)
        .where(Credential.user_id == ctx.user_id, Credential.profile_id == profile_id)
        .values(profile_id=None, **gone)
        .returning(Credential.id)
    )
    count = len(ended.all()) if is_limited else 0
    name = profile.name
    await ctx.db.execute(delete(Profile).where(Profile.id == profile_id))
    ctx.emit(ProfileDeleted(ref=Ref("profile", profile_id, name), after={"sessions_ended": count}))


@any_profile
async def choose_profile(
    ctx: Context, profile_id: UUID, opened: Sequence[UUID] = ()
) -> ProfileRead:
    """Let the session go on in a profile.

    That it may was found out before (``rules.profiles.way_to``); ``opened`` are the profiles whose
    PIN was right: their wrong ones are forgotten. Raises ``ProfileNotFoundError``.
    """
    profile = await _get(ctx, profile_id)
    await _go_on(ctx, profile_id, opened)
    ctx.actor = _in_profile(ctx, profile)
    ctx.emit(ProfileChosen(ref=Ref("profile", profile_id, profile.name)))
    return await get_profile(ctx, profile_id)


@any_profile
async def leave_profile(ctx: Context, opened: Sequence[UUID] = ()) -> None:
    """Let the session go on as the account itself; see :func:`choose_profile`."""
    left = ctx.actor.profile
    if left is None:
        return
    await _go_on(ctx, None, opened)
    ctx.emit(ProfileLeft(ref=Ref("profile", left.id, left.name)))


@any_profile
async def count_pin_attempt(ctx: Context, profiles: Sequence[UUID]) -> list[UUID]:
    """Count an attempt with the PINs of profiles, before it is compared; answers which may be.

    Of many attempts at once each is counted, because each waits for the row: five are compared
    and no more. What is locked is left out; what reaches the fifth is locked by this.
    """
    failures = func.least(Profile.pin_failures + 1, _COUNTED)
    seconds = func.least(FIRST_WAIT * func.power(2, failures - FREE_FAILURES), LONGEST_WAIT)
    counted = await ctx.db.execute(
        update(Profile)
        .where(
            Profile.user_id == ctx.user_id,
            Profile.id.in_(profiles),
            or_(Profile.pin_locked_until.is_(None), Profile.pin_locked_until <= func.now()),
        )
        .values(
            pin_failures=failures,
            pin_locked_until=case(
                (
                    failures >= FREE_FAILURES,
                    func.now() + func.make_interval(0, 0, 0, 0, 0, 0, seconds),
                )
            ),
        )
        .returning(Profile.id)
    )
    found = list(counted.scalars())
    if found:
        ctx.emit(PinTried(ref=Ref("profile", found[0]), batch=tuple(found)))
    return found


@signed_in
async def set_pin(ctx: Context, profile_id: UUID, pin_hash: str) -> None:
    """Give a profile a PIN; hashed, and the present one asked for, before the transaction."""
    needs_person(ctx.actor)
    profile = await _get(ctx, profile_id)
    profile.pin_hash, profile.pin_failures, profile.pin_locked_until = pin_hash, 0, None
    ctx.emit(PinSet(ref=Ref("profile", profile_id, profile.name)))


@signed_in
async def remove_pin(ctx: Context, profile_id: UUID) -> None:
    """Let anybody into a profile. Raises ``ProfileNotFoundError``, ``NoPinError``."""
    needs_person(ctx.actor)
    profile = await _get(ctx, profile_id)
    if profile.pin_hash is None:
        raise NoPinError
    profile.pin_hash, profile.pin_failures, profile.pin_locked_until = None, 0, None
    ctx.emit(PinRemoved(ref=Ref("profile", profile_id, profile.name)))


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def reset_pin(ctx: Context, user_id: UUID, profile_id: UUID) -> None:
    """Take away a PIN that nobody knows any more, as somebody who manages the member.

    That they do, the caller has looked. Until a new one is set, the way out of a children's
    profile is the password. Raises ``ProfileNotFoundError``, ``NoPinError``.
    """
    await take_pin(ctx, user_id, profile_id)


async def take_pin(ctx: Context, user_id: UUID, profile_id: UUID) -> None:
    """Take a PIN away and say so; a part of actions."""
    row = (
        await ctx.db.execute(
            select(Profile.name, Profile.pin_hash)
            .where(Profile.user_id == user_id, Profile.id == profile_id)
            .with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise ProfileNotFoundError("This member has no such profile.")
    if row.pin_hash is None:
        raise NoPinError
    await ctx.db.execute(
        update(Profile)
        .where(Profile.id == profile_id)
        .values(pin_hash=None, pin_failures=0, pin_locked_until=None)
    )
    ctx.emit(PinReset(ref=Ref("profile", profile_id, row.name), after={"user_id": str(user_id)}))


async def _get(ctx: Context, profile_id: UUID) -> Profile:
    profile: Profile | None = await ctx.db.entity(
        select(Profile)
        .where(Profile.user_id == ctx.user_id, Profile.id == profile_id)
        .with_for_update()
    )
    if profile is None:
        raise ProfileNotFoundError
    return profile


async def _lock_names(ctx: Context) -> dict[UUID, str]:
    """The household's names by profile; of two who add one at once, the second sees the first."""
    await ctx.db.execute(select(User.id).where(User.id == ctx.user_id).with_for_update())
    rows = await ctx.db.execute(
        select(Profile.id, Profile.name).where(Profile.user_id == ctx.user_id)
    )
    return {row.id: row.name for row in rows}


def _check_name(names: dict[UUID, str], wanted: str) -> None:
    if wanted.lower() in {name.lower() for name in names.values()}:
        raise ProfileNameTakenError(field="name")


async def _go_on(ctx: Context, profile_id: UUID | None, opened: Sequence[UUID]) -> None:
    """Put the session, and on a device all its tokens, into a profile; a key has none."""
    here = select(Credential.family).where(Credential.id == ctx.actor.credential_id)
    moved = await ctx.db.execute(
        update(Credential)
        .where(
            Credential.user_id == ctx.user_id,
            Credential.kind.in_(("session", "device", "refresh")),
            IS_GOOD,
            or_(
                Credential.id == ctx.actor.credential_id,
                Credential.family == here.scalar_subquery(),
            ),
        )
        .values(profile_id=profile_id)
        .returning(Credential.id)
    )
    if not moved.all():
        raise SessionNeededError
    if opened:
        await ctx.db.execute(
            update(Profile)
            .where(Profile.user_id == ctx.user_id, Profile.id.in_(opened))
            .values(pin_failures=0, pin_locked_until=None)
        )


def _in_profile(ctx: Context, profile: Profile) -> Actor:
    active = ActiveProfile(
        profile.id, profile.name, profile.is_kids, profile.maturity_limit, profile.shows_unknown
    )
    return replace(ctx.actor, profile=active)
