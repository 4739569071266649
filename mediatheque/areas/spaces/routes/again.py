"""Showing again who one is, before what could lock an account's owner out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from mediatheque.areas.accounts.actions import challenges
from mediatheque.areas.accounts.queries.factors import find_totp
from mediatheque.areas.accounts.rules import (
    SessionNeededError,
    is_password,
    needs_person,
    password_rule,
)
from mediatheque.areas.accounts.rules.factors import (
    Answer,
    BrokenTotpError,
    ChallengeClosedError,
    ProofNeededError,
    WrongPasskeyError,
    WrongProofError,
    code_rule,
    guess_rule,
    matching_step,
    opened,
)
from mediatheque.areas.accounts.schemas.factors import PasskeyAnswer, ProofAgain
from mediatheque.areas.spaces.routes.doors import count_attempt, welcome
from mediatheque.areas.spaces.routes.factors import check_passkey
from mediatheque.areas.spaces.schemas import SessionRead
from mediatheque.core.context import LimitedProfileError, ReadContext
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import BadOriginError, check_origin, identify
from mediatheque.core.keys import keyring
from mediatheque.kit.errors import NotSignedInError, TooManyRequestsError

router = APIRouter(prefix="/auth", tags=["accounts"])


@dataclass(frozen=True, slots=True)
class Proven:
    """What was shown: nothing that is used up (a password), a code, or a passkey's signature."""

    answer: Answer | None = None
    question_id: UUID | None = None


async def proven_again(body: ProofAgain, request: Request, ctx: ReadPublic) -> Proven:
    """Look at what is shown before the transaction begins; each try is counted."""
    check_origin(request, await identify(request, in_space=False))
    _ = ctx.user_id
    needs_person(ctx.actor)
    if body.credential is not None:
        return await _by_passkey(body.credential, request, ctx)
    await count_attempt(request)
    if body.password is not None:
        return await _by_password(body.password.get_secret_value(), request, ctx)
    if body.code is not None:
        return await _by_code(body.code.get_secret_value(), request, ctx)
    raise ProofNeededError(field="password")


async def _by_passkey(credential: dict[str, Any], request: Request, ctx: ReadContext) -> Proven:
    """What is wrong with it is no 401 as at the door: whoever tries is signed in, and stays so."""
    try:
        shown = await check_passkey(PasskeyAnswer(credential=credential), request, "app")
    except (WrongPasskeyError, ChallengeClosedError) as error:
        raise WrongProofError(field="credential") from error
    if shown.user_id != ctx.user_id:
        raise WrongProofError(field="credential")
    return Proven(shown.answer, shown.challenge_id)


async def _by_password(password: str, request: Request, ctx: ReadContext) -> Proven:
    per_minute = Client.of(request).settings.sign_in_per_minute
    await limit(request, password_rule(per_minute), str(ctx.user_id))
    found = await find_totp(ctx)
    if not await is_password(password, found["password_hash"] if found else None):
        raise WrongProofError(field="password")
    return Proven()


async def _by_code(code: str, request: Request, ctx: ReadContext) -> Proven:
    settings = Client.of(request).settings
    await limit(request, code_rule(settings.second_factor_per_minute), str(ctx.user_id))
    await limit(request, guess_rule(settings.second_factor_per_minute), str(ctx.user_id))
    found = await find_totp(ctx)
    if found is None or found["confirmed_at"] is None:
        raise WrongProofError(field="code")
    secret = opened(keyring(settings), found["secret"], ctx.user_id)
    step = matching_step(secret, code, datetime.now(UTC), after=found["last_step"])
    if step is None:
        raise WrongProofError(field="code")
    return Proven(Answer("totp", step=step))


@router.post(
    "/proof",
    summary="Show again that it is me",
    responses=raises(
        NotSignedInError,
        BadOriginError,
        SessionNeededError,
        LimitedProfileError,
        ProofNeededError,
        WrongProofError,
        ChallengeClosedError,
        BrokenTotpError,
        TooManyRequestsError,
    ),
)
async def prove_again(
    proven: Annotated[Proven, Depends(proven_again)],
    ctx: WritePublic,
    request: Request,
    response: Response,
) -> SessionRead:
    """Needed before a way in is added or taken away, and before all of one's data is handed out.

    Good for a quarter of an hour, as signing in is. The session goes on with a new cookie and a
    new CSRF token.
    """
    renewed = await challenges.prove_again(ctx, proven.answer, proven.question_id)
    return await welcome(ctx, renewed, request, response)
