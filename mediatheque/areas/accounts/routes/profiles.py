"""Profiles of a household, and the PINs that guard the way between them.

A PIN is compared before the transaction of the route begins (Argon2 takes tens of milliseconds),
and counted before it is compared, in a transaction of its own that stays when it was wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request, Response
from pydantic import SecretStr

from mediatheque.areas.accounts.actions import profiles
from mediatheque.areas.accounts.queries import profiles as queries
from mediatheque.areas.accounts.routes.account import MINE
from mediatheque.areas.accounts.rules import (
    WrongPasswordError,
    is_password,
    needs_person,
    password_rule,
)
from mediatheque.areas.accounts.rules.avatars import AVATARS, AvatarName, draw, label
from mediatheque.areas.accounts.rules.profiles import (
    KidsNeedLimitError,
    Known,
    NoPinError,
    PinLockedError,
    PinNeededError,
    ProfileNameTakenError,
    ProfileNotFoundError,
    TooManyProfilesError,
    Way,
    WrongPinError,
    needs_no_limit,
    way_to,
)
from mediatheque.areas.accounts.schemas.profiles import (
    AvatarRead,
    PinChange,
    ProfileCreate,
    ProfileProof,
    ProfileRead,
    ProfileUpdate,
)
from mediatheque.core.context import LimitedProfileError, ReadContext
from mediatheque.core.edge import write_context
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import check_origin, identify
from mediatheque.core.http.limits import PIN
from mediatheque.kit import crypto
from mediatheque.kit.errors import NotSignedInError
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/profiles", tags=["accounts"])

FOREVER = "public, max-age=31536000, immutable"
_GUARDED = (PinNeededError, WrongPinError, PinLockedError, WrongPasswordError)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody may go on. ``opened``: the profiles whose PIN was among those compared."""

    opened: tuple[UUID, ...] = ()


async def _here(request: Request, ctx: ReadPublic) -> ReadContext:
    check_origin(request, await identify(request, in_space=False))
    _ = ctx.user_id
    return ctx


Here = Annotated[ReadContext, Depends(_here)]
"""Somebody signed in, from this application or a device, before a transaction."""


async def _person(ctx: Here) -> ReadContext:
    needs_person(ctx.actor)
    needs_no_limit(ctx.actor)
    return ctx


Person = Annotated[ReadContext, Depends(_person)]
"""Somebody who may change the household."""


async def _to_profile(
    request: Request, ctx: Here, profile_id: UUID, given: ProfileProof | None = None
) -> Entered:
    known, password_hash = await queries.list_secrets(ctx)
    target = _find(known, profile_id)
    return await _pass(request, ctx, way_to(target, ctx.actor.profile, known), given, password_hash)


async def _to_account(request: Request, ctx: Here, given: ProfileProof | None = None) -> Entered:
    known, password_hash = await queries.list_secrets(ctx)
    return await _pass(request, ctx, way_to(None, ctx.actor.profile, known), given, password_hash)


async def _new_pin(request: Request, ctx: Person, profile_id: UUID, given: PinChange) -> str:
    known, password_hash = await queries.list_secrets(ctx)
    target = _find(known, profile_id)
    proof = ProfileProof(pin=given.current_pin, password=given.password)
    await _pass(request, ctx, _own_way(target), proof, password_hash)
    return await crypto.hash_password(given.pin.get_secret_value())


async def _no_pin(
    request: Request,
    ctx: Person,
    profile_id: UUID,
    given: Annotated[ProfileProof | None, Body()] = None,
) -> None:
    known, password_hash = await queries.list_secrets(ctx)
    await _pass(request, ctx, _own_way(_find(known, profile_id)), given, password_hash)


def _own_way(target: Known) -> Way:
    return Way(is_open=target.pin_hash is None, keys=(target,) if target.pin_hash else ())


def _find(known: list[Known], profile_id: UUID) -> Known:
    found = next((one for one in known if one.id == profile_id), None)
    if found is None:
        raise ProfileNotFoundError
    return found


async def _pass(
    request: Request,
    ctx: ReadContext,
    way: Way,
    given: ProfileProof | None,
    password_hash: str | None,
) -> Entered:
    """Let somebody go a way, or say what it costs."""
    if way.is_open:
        return Entered()
    if given is not None and given.password is not None:
        await _check_password(request, ctx, given.password, password_hash)
        return Entered(tuple(one.id for one in way.keys))
    if given is None or given.pin is None or not way.keys:
        accepts = [*(["pin"] if way.keys else []), *(["password"] if password_hash else [])]
        raise PinNeededError(field="pin", details={"accepts": accepts})
    return await _check_pin(request, ctx, given.pin, way.keys)


async def _check_password(
    request: Request, ctx: ReadContext, given: SecretStr, stored: str | None
) -> None:
    rule = password_rule(Client.of(request).settings.sign_in_per_minute)
    await limit(request, rule, str(ctx.user_id))
    if not await is_password(given.get_secret_value(), stored):
        raise WrongPasswordError(field="password")


async def _check_pin(
    request: Request, ctx: ReadContext, given: SecretStr, keys: tuple[Known, ...]
) -> Entered:
    """Compare a PIN, once it is counted; every PIN is compared, so that time tells nothing."""
    client = Client.of(request)
    await limit(request, PIN.rule(client.settings), str(ctx.user_id))
    async with write_context(
        client.database, actor=ctx.actor, grants=frozenset(), across=True
    ) as counting:
        counted = await profiles.count_pin_attempt(counting, [one.id for one in keys])
    tried = [one for one in keys if one.id in counted and one.pin_hash]
    if not tried:
        await _say_locked(ctx, keys)
    pin = given.get_secret_value()
    right = [await crypto.verify_password(pin, one.pin_hash or "") for one in tried]
    if not any(right):
        raise WrongPinError(field="pin")
    return Entered(tuple(one.id for one in tried))


async def _say_locked(ctx: ReadContext, keys: tuple[Known, ...]) -> None:
    wanted = {one.id for one in keys}
    listed = (await queries.list_profiles(ctx)).items
    ends = [one.pin_locked_until for one in listed if one.id in wanted and one.pin_locked_until]
    wait = max(1, round((min(ends) - ctx.now).total_seconds())) if ends else 1
    raise PinLockedError(
        field="pin", details={"retry_after": wait}, headers={"retry-after": str(wait)}
    )


@router.get("", summary="The household's profiles", responses=raises(NotSignedInError))
async def list_profiles(ctx: ReadPublic) -> Listing[ProfileRead]:
    """The first made first; at most five."""
    return await queries.list_profiles(ctx)


@router.post(
    "",
    status_code=201,
    summary="Add a profile",
    responses=raises(
        *MINE, TooManyProfilesError, ProfileNameTakenError, KidsNeedLimitError, LimitedProfileError
    ),
)
async def create_profile(given: ProfileCreate, ctx: WritePublic) -> ProfileRead:
    """A children's profile needs a limit, and shows nothing whose age is unknown by default."""
    return await profiles.create_profile(ctx, given)


@router.get("/avatars", summary="The gallery of avatars")
async def list_avatars() -> Listing[AvatarRead]:
    """Pictures to choose from."""
    return Listing(
        items=[
            AvatarRead(name=one, label=label(one), url=f"/api/v1/profiles/avatars/{one}.svg")
            for one in AVATARS
        ]
    )


@router.get(
    "/avatars/{avatar}.svg",
    summary="An avatar",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
async def read_avatar(avatar: AvatarName) -> Response:
    """The picture as SVG; it never changes."""
    headers = {
        "cache-control": FOREVER,
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
    }
    return Response(draw(avatar), media_type="image/svg+xml", headers=headers)


@router.post(
    "/leave",
    status_code=204,
    summary="Leave the profile",
    responses=raises(*MINE, *_GUARDED),
)
async def leave_profile(
    entered: Annotated[Entered, Depends(_to_account)], ctx: WritePublic
) -> None:
    """Go on as the account itself; out of a limited profile with an adult's PIN or the password."""
    await profiles.leave_profile(ctx, entered.opened)


@router.patch(
    "/{profile_id}",
    summary="Change a profile",
    responses=raises(
        *MINE, ProfileNotFoundError, ProfileNameTakenError, KidsNeedLimitError, LimitedProfileError
    ),
)
async def update_profile(profile_id: UUID, given: ProfileUpdate, ctx: WritePublic) -> ProfileRead:
    """What is left out stays."""
    return await profiles.update_profile(ctx, profile_id, given)


@router.delete(
    "/{profile_id}",
    status_code=204,
    summary="Delete a profile",
    responses=raises(*MINE, ProfileNotFoundError, LimitedProfileError),
)
async def delete_profile(profile_id: UUID, ctx: WritePublic) -> None:
    """Sessions that are in a limited one end."""
    await profiles.delete_profile(ctx, profile_id)


@router.post(
    "/{profile_id}/select",
    summary="Go on in a profile",
    responses=raises(*MINE, ProfileNotFoundError, *_GUARDED),
)
async def select_profile(
    profile_id: UUID, entered: Annotated[Entered, Depends(_to_profile)], ctx: WritePublic
) -> ProfileRead:
    """Needs its PIN, if it has one; out of a limited profile an adult's, or the password."""
    return await profiles.choose_profile(ctx, profile_id, entered.opened)


@router.put(
    "/{profile_id}/pin",
    status_code=204,
    summary="Set a PIN",
    responses=raises(*MINE, ProfileNotFoundError, LimitedProfileError, *_GUARDED),
)
async def set_pin(
    profile_id: UUID, hashed: Annotated[str, Depends(_new_pin)], ctx: WritePublic
) -> None:
    """Four to eight digits. Where there is a PIN, that one or the password is needed too."""
    await profiles.set_pin(ctx, profile_id, hashed)


@router.delete(
    "/{profile_id}/pin",
    status_code=204,
    summary="Remove a PIN",
    dependencies=[Depends(_no_pin)],
    responses=raises(*MINE, ProfileNotFoundError, NoPinError, LimitedProfileError, *_GUARDED),
)
async def remove_pin(profile_id: UUID, ctx: WritePublic) -> None:
    """Needs the PIN or the password."""
    await profiles.remove_pin(ctx, profile_id)
