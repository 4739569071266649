"""Paths of one's own account: password, profile, sessions, keys, the state of set-up."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from mediatheque.areas.accounts import queries
from mediatheque.areas.accounts.actions import keys, sessions, users
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
    ApiKeyRead,
    PasswordChange,
    SessionFilter,
    SessionInfo,
    SetupState,
    UserRead,
    UserUpdate,
)
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import BadOriginError, check_origin, cookie_name, identify
from mediatheque.kit import crypto
from mediatheque.kit.errors import NotFoundError, NotSignedInError, TooManyRequestsError
from mediatheque.kit.paging import Listing

auth = APIRouter(prefix="/auth", tags=["accounts"])
api_keys = APIRouter(prefix="/api-keys", tags=["accounts"])

MINE = (NotSignedInError, BadOriginError, SessionNeededError)
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


@auth.get("/setup", summary="Does the house wait for its owner?")
async def get_setup(ctx: ReadPublic) -> SetupState:
    """True until somebody has registered through the link in the log."""
    return await queries.get_setup(ctx)


@auth.post("/logout", status_code=204, summary="Sign out", responses=raises(BadOriginError))
async def sign_out(ctx: WritePublic, request: Request, response: Response) -> None:
    """End this session and take its cookie away; nothing to do is no error."""
    await sessions.sign_out(ctx)
    chosen = Client.of(request).settings
    response.delete_cookie(
        cookie_name(chosen), secure=chosen.secure_cookies, httponly=True, samesite="lax"
    )


@auth.post(
    "/password",
    status_code=204,
    summary="Change my password",
    responses=raises(*MINE, WrongPasswordError, WeakPasswordError, TooManyRequestsError),
)
async def change_password(hashed: NewPassword, ctx: WritePublic) -> None:
    """All other sessions of mine end."""
    await users.change_password(ctx, hashed)


@auth.patch("/me", summary="Change my profile", responses=raises(*MINE))
async def update_me(body: UserUpdate, ctx: WritePublic) -> UserRead:
    """Name, language, time zone; what is left out stays."""
    return await users.update_me(ctx, body)


@auth.get("/sessions", summary="Where am I signed in?", responses=raises(NotSignedInError))
async def list_sessions(ctx: ReadPublic) -> Listing[SessionInfo]:
    """The last seen first."""
    return await queries.list_sessions(ctx)


@auth.delete("/sessions", status_code=204, summary="End my sessions", responses=raises(*MINE))
async def end_sessions(which: Annotated[SessionFilter, Query()], ctx: WritePublic) -> None:
    """All but this one, or all with ``keep_current=false``."""
    await sessions.end_sessions(ctx, keep_current=which.keep_current)


@auth.delete(
    "/sessions/{session_id}",
    status_code=204,
    summary="End one of my sessions",
    responses=raises(*MINE, NotFoundError),
)
async def end_session(session_id: UUID, ctx: WritePublic) -> None:
    """Its next request is answered with 401."""
    await sessions.end_session(ctx, session_id)


@api_keys.get("", summary="My API keys", responses=raises(NotSignedInError))
async def list_api_keys(ctx: ReadPublic) -> Listing[ApiKeyRead]:
    """Newest first, without their secrets."""
    return await queries.list_api_keys(ctx)


@api_keys.delete(
    "/{key_id}",
    status_code=204,
    summary="Revoke one of my API keys",
    responses=raises(*MINE, NotFoundError),
)
async def revoke_api_key(key_id: UUID, ctx: WritePublic) -> None:
    """Its next request is answered with 401."""
    await keys.revoke_api_key(ctx, key_id)
