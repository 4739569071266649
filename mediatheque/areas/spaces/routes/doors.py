"""How people come in: what is checked before a transaction begins, and the cookie after it.

A password is checked and hashed in a dependency that stands before the one that opens the
transaction, so that no connection waits for Argon2: FastAPI resolves them in the order of the
route's parameters.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import SecretStr

from mediatheque.areas.accounts.actions.challenges import Terms
from mediatheque.areas.accounts.actions.sessions import OpenedSession, end_replaced
from mediatheque.areas.accounts.queries import find_login, is_setup_token
from mediatheque.areas.accounts.queries.factors import has_second_factor
from mediatheque.areas.accounts.rules import (
    SetupClosedError,
    WrongCredentialsError,
    account_rule,
    address_rule,
    check_new_password,
    is_password,
    needs_person,
    refreshed_hash,
    sign_in_rule,
)
from mediatheque.areas.accounts.rules.factors import SignInFirstError
from mediatheque.areas.accounts.rules.profiles import needs_no_limit
from mediatheque.areas.accounts.schemas import SetupRequest, SignInRequest
from mediatheque.areas.spaces.actions.invitations import Newcomer
from mediatheque.areas.spaces.queries.invitations import get_offer
from mediatheque.areas.spaces.queries.spaces import get_session
from mediatheque.areas.spaces.rules import AccountNeededError, OtherAddressError
from mediatheque.areas.spaces.schemas import InvitationClaim, SessionRead
from mediatheque.core.context import Actor, Context, ReadContext
from mediatheque.core.edge import read_context, write_context
from mediatheque.core.http import Client, ReadPublic, address_of, limit
from mediatheque.core.http.contexts import check_origin, check_site, cookie_name, identify
from mediatheque.kit import crypto
from mediatheque.kit.crypto import hash_token

COOKIE_SECONDS = 400 * 24 * 3600
"""The longest that browsers keep a cookie; when a session ends is the server's to say."""
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody has shown who they are. ``password_hash``: a better hash of their password."""

    user_id: UUID
    password_hash: str | None


def terms(request: Request) -> Terms:
    """Of a session of the application."""
    return Terms.of_application(Client.of(request).settings)


def _stranger(request: Request) -> Actor:
    return Actor(
        "anonymous",
        request_id=request.state.request_id,
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", "")[:400],
    )


def looking(request: Request) -> ReadContext:
    """A reading context for somebody who is nobody yet."""
    return read_context(
        Client.of(request).database, actor=_stranger(request), grants=_NOTHING, across=True
    )


def writing(request: Request) -> AbstractAsyncContextManager[Context]:
    """A transaction for somebody who is nobody yet, whatever cookie they still have."""
    return write_context(
        Client.of(request).database, actor=_stranger(request), grants=_NOTHING, across=True
    )


async def visit(request: Request) -> AsyncIterator[Context]:
    """The same for the length of a request."""
    async with writing(request) as context:
        yield context


Visit = Annotated[Context, Depends(visit, scope="function")]


async def count_attempt(request: Request) -> None:
    """Count one attempt of this address, of whatever kind."""
    per_minute = Client.of(request).settings.sign_in_per_minute
    await limit(request, address_rule(per_minute), address_of(request))


async def _prove(request: Request, email: str, password: SecretStr) -> Proof | None:
    """Check a password; None if there is no such user, which takes the same time.

    Raises WrongCredentialsError for a wrong password. Each address has its own count for each
    account, and success begins it again.
    """
    limiter, settings = Client.of(request).limiter, Client.of(request).settings
    rule, key = sign_in_rule(settings.sign_in_per_minute), f"{address_of(request)} {email.lower()}"
    await limit(request, rule, key)
    per_minute = settings.sign_in_per_minute
    await limit(request, account_rule(per_minute), email.lower())
    found = await find_login(looking(request), email)
    secret = password.get_secret_value()
    if not await is_password(secret, found["password_hash"] if found else None):
        if found is None:
            return None
        raise WrongCredentialsError
    assert found is not None  # noqa: S101  (a password was right: there is a user)
    await limiter.forget(key, rule)
    return Proof(found["id"], await refreshed_hash(secret, found["password_hash"]))


async def proven(body: SignInRequest, request: Request) -> Proof:
    """Check e-mail address and password before the transaction; the same answer for all faults."""
    check_site(request)
    await count_attempt(request)
    proof = await _prove(request, body.email, body.password)
    if proof is None:
        raise WrongCredentialsError
    return proof


Proven = Annotated[Proof, Depends(proven)]


async def owner_hash(body: SetupRequest, request: Request) -> str:
    """Check the set-up token and hash the owner's password, before the transaction."""
    check_site(request)
    await count_attempt(request)
    if not await is_setup_token(looking(request), hash_token(body.token)):
        raise SetupClosedError
    password = body.password.get_secret_value()
    check_new_password(password, body.email, body.name)
    return await crypto.hash_password(password)


OwnerHash = Annotated[str, Depends(owner_hash)]


async def newcomer(body: InvitationClaim, request: Request, ctx: ReadPublic) -> Newcomer | None:
    """Who claims an invitation; None for somebody signed in. Before the transaction."""
    check_site(request)
    await count_attempt(request)
    offer = await get_offer(ctx, body.token)
    if ctx.actor.id is not None:
        check_origin(request, await identify(request, in_space=False))
        needs_person(ctx.actor)
        needs_no_limit(ctx.actor)
        if offer["email"] is not None:
            _check_address(offer["email"], (await get_session(ctx)).user.email)
        return None
    email = body.email or offer["email"]
    if email is None or body.password is None:
        raise AccountNeededError(field="email" if email is None else "password")
    _check_address(offer["email"], email)
    proof = await _prove(request, email, body.password)
    if proof is not None:
        if await has_second_factor(looking(request), proof.user_id):
            raise SignInFirstError
        return Newcomer(proof.user_id, password_hash=proof.password_hash)
    if body.name is None:
        raise AccountNeededError(field="name")
    password = body.password.get_secret_value()
    check_new_password(password, email, body.name)
    return Newcomer(
        None, email=email, name=body.name, password_hash=await crypto.hash_password(password)
    )


Claimant = Annotated[Newcomer | None, Depends(newcomer)]


def _check_address(wanted: str | None, given: str) -> None:
    if wanted is not None and wanted.casefold() != given.casefold():
        raise OtherAddressError(field="email")


async def welcome(
    ctx: Context, opened: OpenedSession, request: Request, response: Response
) -> SessionRead:
    """Set the session's cookie and say who is signed in."""
    settings = Client.of(request).settings
    await end_replaced(ctx, request.cookies.get(cookie_name(settings)))
    response.set_cookie(
        cookie_name(settings),
        opened.token,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return await get_session(ctx, opened.csrf_token)


def link(request: Request, path: str) -> str:
    """An address of the web application, as who asks reaches it unless a setting says."""
    base = Client.of(request).settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}{path}"
