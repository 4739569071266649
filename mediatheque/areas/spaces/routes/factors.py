"""Signing in with a second factor, or with a passkey alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from mediatheque.areas.accounts.actions import challenges
from mediatheque.areas.accounts.queries.factors import (
    OpenChallenge,
    find_passkey,
    find_question,
    get_challenge,
    list_known,
)
from mediatheque.areas.accounts.rules.factors import (
    Answer,
    BrokenTotpError,
    ChallengeClosedError,
    PaperCode,
    WrongCodeError,
    WrongPasskeyError,
    code_rule,
    guess_rule,
    is_paper_code,
    letter_rule,
    matching_step,
    opened,
)
from mediatheque.areas.accounts.rules.passkeys import (
    Site,
    asserted,
    id_of,
    nonce_of,
    request_options,
    site_of,
)
from mediatheque.areas.accounts.schemas.factors import (
    ChallengeInput,
    PasskeyAnswer,
    PasskeyOptions,
    PasskeyQuestion,
    SecondFactorAnswer,
)
from mediatheque.areas.spaces.routes.doors import (
    Visit,
    count_attempt,
    looking,
    terms,
    welcome,
    writing,
)
from mediatheque.areas.spaces.schemas import SessionRead
from mediatheque.core.http import Client, limit, raises
from mediatheque.core.http.contexts import BadOriginError, check_site
from mediatheque.core.keys import keyring
from mediatheque.kit.crypto import hash_token, new_token, same, sign
from mediatheque.kit.errors import TooManyRequestsError

if TYPE_CHECKING:
    from mediatheque.areas.accounts.rules import Audience

router = APIRouter(prefix="/auth", tags=["accounts"])

REFUSALS = (BadOriginError, TooManyRequestsError, ChallengeClosedError)


@dataclass(frozen=True, slots=True)
class Shown:
    """A right answer, and the challenge or question that it answers."""

    challenge_id: UUID
    user_id: UUID
    answer: Answer
    is_alone: bool = False


async def check_code(body: SecondFactorAnswer, request: Request, audience: Audience) -> Shown:
    """Find out whether a code is right, before the transaction; a wrong one is counted."""
    check_site(request)
    await count_attempt(request)
    selector = PaperCode.of(body.code).selector if body.method == "backup_code" else ""
    found = await get_challenge(looking(request), body.challenge, audience, selector=selector)
    per_minute = Client.of(request).settings.second_factor_per_minute
    await limit(request, code_rule(per_minute), str(found.user_id))
    if body.method != "backup_code":
        await limit(request, guess_rule(per_minute), str(found.user_id))
    answer = await _compare(body, found, request)
    if answer is None or (answer.method == "email" and audience == "admin"):
        async with writing(request) as ctx:
            await challenges.fail_challenge(ctx, found.row["id"], found.user_id, body.method)
        raise WrongCodeError(field="code")
    return Shown(found.row["id"], found.user_id, answer)


async def _compare(
    body: SecondFactorAnswer, found: OpenChallenge, request: Request
) -> Answer | None:
    row = found.row
    if body.method == "totp":
        if row["confirmed_at"] is None:
            return None
        plain = opened(keyring(Client.of(request).settings), row["secret"], found.user_id)
        step = matching_step(plain, body.code, datetime.now(UTC), after=row["last_step"])
        return None if step is None else Answer("totp", step=step)
    if body.method == "backup_code":
        if not await is_paper_code(body.code, found.backup_hash):
            return None
        return Answer("backup_code", selector=PaperCode.of(body.code).selector)
    sent = row["code_hash"] if row["is_code_fresh"] else None
    if sent is None or not same(sign(body.challenge, body.code.replace(" ", "")), sent):
        return None
    return Answer("email")


async def check_passkey(body: PasskeyAnswer, request: Request, audience: Audience) -> Shown:
    """Find out whether a signature fits, before the transaction."""
    check_site(request)
    await count_attempt(request)
    ctx = looking(request)
    nonce = nonce_of(body.credential)
    question = await find_question(ctx, nonce, "passkey", audience)
    is_alone = question is not None
    if question is None:
        if body.challenge is None:
            raise ChallengeClosedError
        question = (await get_challenge(ctx, body.challenge, audience)).row
        per_minute = Client.of(request).settings.second_factor_per_minute
        await limit(request, code_rule(per_minute), str(question["user_id"]))
    if not question["nonce"]:
        raise ChallengeClosedError
    known = await find_passkey(ctx, id_of(body.credential))
    if known is None or not (is_alone or known["user_id"] == question["user_id"]):
        raise WrongPasskeyError
    assertion = asserted(
        site(request),
        question["nonce"],
        body.credential,
        public_key=known["public_key"],
        sign_count=known["sign_count"],
        is_first=is_alone,
    )
    answer = Answer("passkey", passkey=assertion)
    return Shown(question["id"], known["user_id"], answer, is_alone)


def site(request: Request) -> Site:
    """The house as the request reaches it."""
    return site_of(str(request.base_url), Client.of(request).settings.public_url)


@dataclass(frozen=True, slots=True)
class Question:
    """What a passkey is asked, and within which sign-in."""

    challenge_id: UUID | None
    token: str
    nonce: str
    options: PasskeyOptions


async def pose(body: PasskeyQuestion, request: Request, audience: Audience) -> Question:
    """Prepare the question to a passkey."""
    check_site(request)
    await count_attempt(request)
    nonce, ctx = new_token(), looking(request)
    if body.challenge is None:
        options = request_options(site(request), nonce, is_first=True)
        return Question(None, nonce, nonce, PasskeyOptions(challenge=nonce, options=options))
    found = await get_challenge(ctx, body.challenge, audience)
    known = await list_known(ctx, found.user_id)
    options = request_options(site(request), nonce, known=known, is_first=False)
    told = PasskeyOptions(challenge=body.challenge, options=options)
    return Question(found.row["id"], body.challenge, nonce, told)


async def code_shown(body: SecondFactorAnswer, request: Request) -> Shown:
    """For the application."""
    return await check_code(body, request, "app")


async def passkey_shown(body: PasskeyAnswer, request: Request) -> Shown:
    """For the application."""
    return await check_passkey(body, request, "app")


async def posed(body: PasskeyQuestion, request: Request) -> Question:
    """For the application."""
    return await pose(body, request, "app")


@router.post(
    "/second-factor",
    summary="Show the second factor",
    responses=raises(*REFUSALS, WrongCodeError, BrokenTotpError),
)
async def show_second_factor(
    shown: Annotated[Shown, Depends(code_shown)],
    ctx: Visit,
    request: Request,
    response: Response,
) -> SessionRead:
    """A code of the authenticator, of paper or of a letter; each works once."""
    opened = await challenges.answer_challenge(
        ctx, shown.challenge_id, shown.answer, terms(request)
    )
    return await welcome(ctx, opened, request, response)


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody who signs in without their second factor at hand."""

    challenge_id: UUID
    user_id: UUID
    token: str


async def lost(body: ChallengeInput, request: Request) -> Lost:
    """Who wants a letter, and whether they had too many."""
    check_site(request)
    await count_attempt(request)
    found = await get_challenge(looking(request), body.challenge, "app")
    await limit(request, letter_rule(), hash_token(str(found.user_id)))
    return Lost(found.row["id"], found.user_id, body.challenge)


@router.post(
    "/second-factor/email",
    status_code=202,
    summary="Send me a code by e-mail",
    responses=raises(*REFUSALS),
)
async def send_code(who: Annotated[Lost, Depends(lost)], ctx: Visit) -> None:
    """To the address of the account, after its password was right. The code before it ends."""
    await challenges.send_code(ctx, who.challenge_id, who.user_id, who.token)


@router.post(
    "/passkey/options", summary="Begin to sign in with a passkey", responses=raises(*REFUSALS)
)
async def ask_passkey(question: Annotated[Question, Depends(posed)], ctx: Visit) -> PasskeyOptions:
    """Without a challenge the passkey is all there is, and says itself whose it is."""
    await challenges.ask_passkey(ctx, question.nonce, "app", challenge_id=question.challenge_id)
    return question.options


@router.post(
    "/passkey",
    summary="Sign in with a passkey",
    responses=raises(*REFUSALS, WrongPasskeyError),
)
async def show_passkey(
    shown: Annotated[Shown, Depends(passkey_shown)],
    ctx: Visit,
    request: Request,
    response: Response,
) -> SessionRead:
    """Alone, or as the second factor of a sign-in."""
    chosen = terms(request)
    if shown.is_alone:
        opened = await challenges.sign_in_by_passkey(
            ctx, shown.challenge_id, shown.user_id, shown.answer, chosen
        )
    else:
        opened = await challenges.answer_challenge(ctx, shown.challenge_id, shown.answer, chosen)
    return await welcome(ctx, opened, request, response)
