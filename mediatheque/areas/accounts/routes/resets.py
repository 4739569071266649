"""Paths of what links in letters do.

What takes long on purpose (Argon2) stands in dependencies before the transaction, and each use of
a link's secret counts as an attempt of its address.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from mediatheque.areas.accounts import queries
from mediatheque.areas.accounts.actions import resets as actions
from mediatheque.areas.accounts.queries.resets import get_ticket
from mediatheque.areas.accounts.routes.strangers import Attempt, Visit
from mediatheque.areas.accounts.rules import (
    EmailTakenError,
    SessionNeededError,
    WeakPasswordError,
    WrongPasswordError,
    check_new_password,
    is_password,
    needs_person,
    password_rule,
)
from mediatheque.areas.accounts.rules.resets import (
    AlreadyVerifiedError,
    LinkEndedError,
    NoPasswordError,
    letter_rule,
)
from mediatheque.areas.accounts.schemas.resets import (
    EmailChange,
    ResetConfirm,
    ResetRequest,
    TicketUse,
)
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import BadOriginError, check_origin, identify
from mediatheque.core.http.limits import PASSWORD_RESET
from mediatheque.kit import crypto
from mediatheque.kit.errors import NotSignedInError, TooManyRequestsError

auth = APIRouter(prefix="/auth", tags=["accounts"])
account = APIRouter(prefix="/account", tags=["accounts"])

BY_LINK = (LinkEndedError, BadOriginError, TooManyRequestsError)
MINE = (NotSignedInError, BadOriginError, SessionNeededError, TooManyRequestsError)


async def counted_reset(body: ResetRequest, _: Attempt, request: Request) -> str:
    """Count a request for one address, whether or not anybody has it."""
    rule = PASSWORD_RESET.rule(Client.of(request).settings)
    await limit(request, rule, body.email.casefold())
    return body.email


@auth.post(
    "/password-reset",
    status_code=204,
    summary="I have forgotten my password",
    responses=raises(BadOriginError, TooManyRequestsError),
)
async def request_password_reset(email: Annotated[str, Depends(counted_reset)], ctx: Visit) -> None:
    """A letter with a link, if somebody has this address. The answer is the same if nobody has."""
    await actions.request_password_reset(ctx, email)


async def hashed_reset(body: ResetConfirm, ctx: Attempt) -> str:
    """Look whether the link is good, then hash the new password, before the transaction."""
    found = await get_ticket(ctx, body.token, "reset")
    wanted = body.password.get_secret_value()
    check_new_password(wanted, found["email"], found["name"])
    return await crypto.hash_password(wanted)


@auth.post(
    "/password-reset/confirm",
    status_code=204,
    summary="Choose a new password",
    responses=raises(*BY_LINK, WeakPasswordError),
)
async def confirm_password_reset(
    body: ResetConfirm, hashed: Annotated[str, Depends(hashed_reset)], ctx: Visit
) -> None:
    """By the link of the letter, once. All sessions and devices end."""
    await actions.reset_password(ctx, body.token, hashed)


@auth.post(
    "/verify-email",
    status_code=204,
    summary="Confirm an e-mail address",
    responses=raises(*BY_LINK),
)
async def verify_email(body: TicketUse, _: Attempt, ctx: Visit) -> None:
    """By the link of the letter, once."""
    await actions.verify_email(ctx, body.token)


async def counted_verification(request: Request, ctx: ReadPublic) -> None:
    """Count a letter that somebody asks for."""
    check_origin(request, await identify(request, in_space=False))
    needs_person(ctx.actor)
    await limit(request, letter_rule("verify_email"), str(ctx.user_id))


@account.post(
    "/verify-email",
    status_code=204,
    summary="Send me the letter again",
    responses=raises(*MINE, AlreadyVerifiedError),
)
async def send_verification(
    _: Annotated[None, Depends(counted_verification)], ctx: WritePublic
) -> None:
    """A new link to confirm one's address; the one before stops working."""
    await actions.send_verification(ctx, ctx.user_id)


async def proven_change(body: EmailChange, request: Request, ctx: ReadPublic) -> str:
    """Check the present password before the transaction; answers the new address."""
    check_origin(request, await identify(request, in_space=False))
    needs_person(ctx.actor)
    settings = Client.of(request).settings
    await limit(request, password_rule(settings.sign_in_per_minute), str(ctx.user_id))
    found = await queries.find_my_password(ctx)
    if found is None or found["password_hash"] is None:
        raise NoPasswordError(field="password")
    if not await is_password(body.password.get_secret_value(), found["password_hash"]):
        raise WrongPasswordError(field="password")
    await limit(request, letter_rule("change_email"), str(ctx.user_id))
    return body.email


@account.post(
    "/email",
    status_code=204,
    summary="Change my e-mail address",
    responses=raises(*MINE, WrongPasswordError, NoPasswordError),
)
async def change_email(email: Annotated[str, Depends(proven_change)], ctx: WritePublic) -> None:
    """A letter to the new address, to confirm it, and one to the old, to know of it."""
    await actions.request_email_change(ctx, email)


@account.post(
    "/email/confirm",
    status_code=204,
    summary="Confirm my new e-mail address",
    responses=raises(*BY_LINK, EmailTakenError),
)
async def confirm_email_change(body: TicketUse, _: Attempt, ctx: Visit) -> None:
    """By the link of the letter, once. From then on one signs in with it."""
    await actions.confirm_email_change(ctx, body.token)
