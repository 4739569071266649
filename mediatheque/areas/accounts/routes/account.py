"""Paths of one's own account: password, profile, the state of set-up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mediatheque.areas.accounts import queries
from mediatheque.areas.accounts.actions import sessions, users
from mediatheque.areas.accounts.rules import (
    SessionNeededError,
    WeakPasswordError,
    WrongPasswordError,
    check_new_password,
    is_password,
    needs_person,
    password_rule,
)
from mediatheque.areas.accounts.schemas import (
    PasswordChange,
    SetupState,
    UserRead,
    UserUpdate,
)
from mediatheque.core.context import LimitedProfileError
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import BadOriginError, check_origin, cookie_name, identify
from mediatheque.core.http.limits import SIGN_OUT, rated
from mediatheque.kit import crypto
from mediatheque.kit.errors import NotSignedInError, TooManyRequestsError

router = APIRouter(prefix="/auth", tags=["accounts"])


MINE = (NotSignedInError, BadOriginError, SessionNeededError, LimitedProfileError)
"""What everything that changes an account can refuse with."""


async def new_password(body: PasswordChange, request: Request, ctx: ReadPublic) -> str:
    """Check the present password and hash the new one, before any transaction begins.

    Both take tens of milliseconds on purpose, and would keep a connection for nothing.
    """
    check_origin(request, await identify(request, in_space=False))
    needs_person(ctx.actor)
    rule = password_rule(Client.of(request).settings.sign_in_per_minute)
    await limit(request, rule, str(ctx.user_id))
    found = await queries.find_my_password(ctx)
    stored = found["password_hash"] if found else None
    if not await is_password(body.current_password.get_secret_value(), stored):
        raise WrongPasswordError(field="current_password")
    wanted = body.new_password.get_secret_value()
    check_new_password(wanted, found["email"] if found else "")
    return await crypto.hash_password(wanted)


NewPassword = Annotated[str, Depends(new_password)]


@router.get("/setup", summary="Does the house wait for its owner?")
async def get_setup(ctx: ReadPublic) -> SetupState:
    """True until somebody has registered through the link in the log."""
    return await queries.get_setup(ctx)


@router.post("/logout", status_code=204, summary="Sign out", responses=raises(BadOriginError))
@rated(SIGN_OUT)
async def sign_out(ctx: WritePublic, request: Request, response: Response) -> None:
    """End this session and take its cookie away; nothing to do is no error."""
    await sessions.sign_out(ctx)
    chosen = Client.of(request).settings
    response.delete_cookie(
        cookie_name(chosen), secure=chosen.secure_cookies, httponly=True, samesite="lax"
    )


@router.post(
    "/password",
    status_code=204,
    summary="Change my password",
    responses=raises(*MINE, WrongPasswordError, WeakPasswordError, TooManyRequestsError),
)
async def change_password(hashed: NewPassword, ctx: WritePublic) -> None:
    """All other sessions of mine end."""
    await users.change_password(ctx, hashed)


@router.patch("/me", summary="Change my profile", responses=raises(*MINE))
async def update_me(body: UserUpdate, ctx: WritePublic) -> UserRead:
    """Name, language, time zone; what is left out stays."""
    return await users.update_me(ctx, body)
