"""Signing in, the session, first set-up and keys: what needs both a user and their spaces."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from mediatheque.areas.accounts.actions import challenges
from mediatheque.areas.accounts.rules import (
    EmailTakenError,
    KeyExpiryError,
    ScopeNotHeldError,
    SessionNeededError,
    SetupClosedError,
    TooManyKeysError,
    WeakPasswordError,
    WrongCredentialsError,
)
from mediatheque.areas.accounts.rules.proofs import ReauthenticationNeededError
from mediatheque.areas.accounts.schemas import ApiKeyCreate, ApiKeyCreated, SetupRequest
from mediatheque.areas.accounts.schemas.factors import Challenge, SecondFactorOffer
from mediatheque.areas.spaces.actions import keys, setup
from mediatheque.areas.spaces.queries import spaces as queries
from mediatheque.areas.spaces.routes.doors import OwnerHash, Proven, Visit, terms, welcome
from mediatheque.areas.spaces.schemas import SessionRead
from mediatheque.core.http import ReadPublic, WritePublic, raises
from mediatheque.core.http.contexts import BadOriginError, identify
from mediatheque.kit.errors import NotSignedInError, TooManyRequestsError

auth = APIRouter(prefix="/auth", tags=["accounts"])
api_keys = APIRouter(prefix="/api-keys", tags=["accounts"])


@auth.post(
    "/login",
    summary="Sign in",
    responses=raises(WrongCredentialsError, BadOriginError, TooManyRequestsError),
)
async def sign_in(
    proof: Proven, ctx: Visit, request: Request, response: Response
) -> SessionRead | SecondFactorOffer:
    """Sets the session's cookie, or asks for the second factor and sets none.

    The same answer for an unknown address and a wrong password.
    """
    found = await challenges.sign_in(
        ctx, proof.user_id, terms(request), password_hash=proof.password_hash
    )
    if isinstance(found, Challenge):
        return SecondFactorOffer(second_factor=found)
    return await welcome(ctx, found, request, response)


@auth.get("/session", summary="Who am I?", responses=raises(NotSignedInError))
async def get_session(ctx: ReadPublic, request: Request) -> SessionRead:
    """Who is signed in, with their spaces and the CSRF token."""
    csrf = (await identify(request, in_space=False)).csrf
    return await queries.get_session(ctx, csrf or "")


@auth.post(
    "/setup",
    summary="Become the owner",
    responses=raises(
        SetupClosedError, WeakPasswordError, EmailTakenError, BadOriginError, TooManyRequestsError
    ),
)
async def set_up(
    body: SetupRequest, hashed: OwnerHash, ctx: Visit, request: Request, response: Response
) -> SessionRead:
    """Register by the link in the log of an empty house; signs in."""
    opened = await setup.set_up(
        ctx,
        body.token,
        email=body.email,
        name=body.name,
        password_hash=hashed,
        terms=terms(request),
        time_zone=body.time_zone,
    )
    return await welcome(ctx, opened, request, response)


@api_keys.post(
    "",
    status_code=201,
    summary="Make an API key",
    responses=raises(
        NotSignedInError,
        BadOriginError,
        SessionNeededError,
        ReauthenticationNeededError,
        ScopeNotHeldError,
        KeyExpiryError,
        TooManyKeysError,
    ),
)
async def create_api_key(body: ApiKeyCreate, ctx: WritePublic) -> ApiKeyCreated:
    """The only answer that shows the key whole."""
    return await keys.create_api_key(ctx, body)
