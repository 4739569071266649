"""Signing in to the administration: an audience, a cookie and a length of life of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from mediatheque.areas.accounts.actions import challenges
from mediatheque.areas.accounts.actions.administrators import end_admin_sessions
from mediatheque.areas.accounts.actions.challenges import Terms
from mediatheque.areas.accounts.actions.sessions import end_replaced, sign_out
from mediatheque.areas.accounts.queries.administrators import (
    find_administrator,
    find_instance_role,
    get_administrator,
)
from mediatheque.areas.accounts.rules import WrongCredentialsError
from mediatheque.areas.accounts.rules.administrators import OwnersOnlyError
from mediatheque.areas.accounts.rules.factors import (
    BrokenTotpError,
    EnrolmentNeededError,
    NoAdministratorError,
    WrongCodeError,
    WrongPasskeyError,
)
from mediatheque.areas.accounts.schemas import SignInRequest
from mediatheque.areas.accounts.schemas.administrators import AdministratorRead, RevokeAll
from mediatheque.areas.accounts.schemas.factors import (
    Challenge,
    PasskeyAnswer,
    PasskeyOptions,
    PasskeyQuestion,
    SecondFactorAnswer,
    SecondFactorOffer,
)
from mediatheque.areas.spaces.routes.doors import Proof, Visit, looking, proven
from mediatheque.areas.spaces.routes.factors import (
    REFUSALS,
    Question,
    Shown,
    check_code,
    check_passkey,
    pose,
)
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS
from mediatheque.core.context import ANONYMOUS, Actor, Context
from mediatheque.core.http import Client, ReadAdmin, WriteAdmin, raises
from mediatheque.core.http.admin import (
    AdminSignInError,
    NetworkNotAllowedError,
    admin_cookie_name,
    check_network,
)
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.core.module import Identity
from mediatheque.core.permissions import INSTANCE_ROLES
from mediatheque.kit.crypto import csrf_token
from mediatheque.kit.errors import TooManyRequestsError

if TYPE_CHECKING:
    from mediatheque.areas.accounts.actions.sessions import OpenedSession
    from mediatheque.kit.db import Database

router = APIRouter(prefix="/admin/auth", tags=["accounts"])

_FRESH = timedelta(minutes=1)
_GRANTS = {role: frozenset(map(str, held)) for role, held in INSTANCE_ROLES.items()}
COMING_IN = (NetworkNotAllowedError, NoAdministratorError, EnrolmentNeededError, *REFUSALS)
INSIDE = (AdminSignInError, NetworkNotAllowedError)


async def identify(database: Database, *, token: str) -> Identity:
    """Resolve an admin session in one statement, at every request."""
    found = await find_administrator(database, token=token) if token else None
    if found is None:
        return Identity(ANONYMOUS)
    SIGHTINGS.note(database, found["credential_id"], found["seen_at"], fresh=_FRESH)
    return Identity(
        actor=Actor(
            "user",
            id=found["user_id"],
            name=found["user_name"],
            credential_id=found["credential_id"],
            is_instance_owner=found["instance_role"] == "owner",
        ),
        grants=_GRANTS[found["instance_role"]],
        csrf=csrf_token(token),
    )


def _terms(request: Request) -> Terms:
    settings = Client.of(request).settings
    return Terms(
        timedelta(minutes=settings.admin_idle_minutes),
        audience="admin",
        ends_after=timedelta(hours=settings.admin_hours),
        needs_factor=settings.admin_second_factor,
    )


async def administrator(body: SignInRequest, request: Request) -> Proof:
    """The network first, then the password, then whether they administer anything."""
    check_network(request)
    proof = await proven(body, request)
    if await find_instance_role(looking(request), proof.user_id) is None:
        raise NoAdministratorError
    return proof


async def code_shown(body: SecondFactorAnswer, request: Request) -> Shown:
    """For the administration."""
    check_network(request)
    return await check_code(body, request, "admin")


async def posed(body: PasskeyQuestion, request: Request) -> Question:
    """For the administration."""
    check_network(request)
    return await pose(body, request, "admin")


async def passkey_shown(body: PasskeyAnswer, request: Request) -> Shown:
    """For the administration."""
    check_network(request)
    shown = await check_passkey(body, request, "admin")
    if await find_instance_role(looking(request), shown.user_id) is None:
        raise NoAdministratorError
    return shown


async def _welcome(
    ctx: Context, opened: OpenedSession, request: Request, response: Response
) -> AdministratorRead:
    settings = Client.of(request).settings
    await end_replaced(ctx, request.cookies.get(admin_cookie_name(settings)))
    response.set_cookie(
        admin_cookie_name(settings),
        opened.token,
        max_age=settings.admin_hours * 3600,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )
    role = await find_instance_role(ctx, opened.user.id)
    ctx.grants = _GRANTS.get(role or "", frozenset())
    return await get_administrator(ctx, opened.csrf_token)


@router.post(
    "/login",
    summary="Sign in to the administration",
    responses=raises(*COMING_IN, WrongCredentialsError),
)
async def sign_in_admin(
    proof: Annotated[Proof, Depends(administrator)],
    ctx: Visit,
    request: Request,
    response: Response,
) -> AdministratorRead | SecondFactorOffer:
    """For those with a role in the house. Who has a second factor is asked for it."""
    found = await challenges.sign_in(
        ctx, proof.user_id, _terms(request), password_hash=proof.password_hash
    )
    if isinstance(found, Challenge):
        return SecondFactorOffer(second_factor=found)
    return await _welcome(ctx, found, request, response)


@router.post(
    "/second-factor",
    summary="Show the second factor to the administration",
    responses=raises(*COMING_IN, WrongCodeError, BrokenTotpError),
)
async def show_admin_factor(
    shown: Annotated[Shown, Depends(code_shown)],
    ctx: Visit,
    request: Request,
    response: Response,
) -> AdministratorRead:
    """A code of the authenticator or of paper; letters are not enough here."""
    opened = await challenges.answer_challenge(
        ctx, shown.challenge_id, shown.answer, _terms(request)
    )
    return await _welcome(ctx, opened, request, response)


@router.post(
    "/passkey/options",
    summary="Begin to sign in to the administration with a passkey",
    responses=raises(NetworkNotAllowedError, *REFUSALS),
)
async def ask_admin_passkey(
    question: Annotated[Question, Depends(posed)], ctx: Visit
) -> PasskeyOptions:
    """Alone, or as the second factor."""
    await challenges.ask_passkey(ctx, question.nonce, "admin", challenge_id=question.challenge_id)
    return question.options


@router.post(
    "/passkey",
    summary="Sign in to the administration with a passkey",
    responses=raises(*COMING_IN, WrongPasskeyError),
)
async def show_admin_passkey(
    shown: Annotated[Shown, Depends(passkey_shown)],
    ctx: Visit,
    request: Request,
    response: Response,
) -> AdministratorRead:
    """Alone, or as the second factor of a sign-in."""
    chosen = _terms(request)
    if shown.is_alone:
        opened = await challenges.sign_in_by_passkey(
            ctx, shown.challenge_id, shown.user_id, shown.answer, chosen
        )
    else:
        opened = await challenges.answer_challenge(ctx, shown.challenge_id, shown.answer, chosen)
    return await _welcome(ctx, opened, request, response)


@router.get("/me", summary="Who administers?", responses=raises(*INSIDE))
async def get_admin_session(ctx: ReadAdmin, request: Request) -> AdministratorRead:
    """Who is signed in here, what they may do, and until when."""
    return await get_administrator(ctx, request.state.identity.csrf or "")


def _forget(request: Request, response: Response) -> None:
    settings = Client.of(request).settings
    response.delete_cookie(
        admin_cookie_name(settings),
        secure=settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )


@router.post(
    "/logout",
    status_code=204,
    summary="Sign out of the administration",
    responses=raises(*INSIDE, BadOriginError),
)
async def sign_out_admin(ctx: WriteAdmin, request: Request, response: Response) -> None:
    """The application's session stays."""
    await sign_out(ctx)
    _forget(request, response)


@router.post(
    "/revoke-all",
    status_code=204,
    summary="End all admin sessions",
    responses=raises(*INSIDE, BadOriginError, OwnersOnlyError, TooManyRequestsError),
)
async def revoke_all(
    which: Annotated[RevokeAll, Query()], ctx: WriteAdmin, request: Request, response: Response
) -> None:
    """One's own, this one too; with ``everybody=true``, for owners, those of all."""
    await end_admin_sessions(ctx, everybody=which.everybody)
    _forget(request, response)
