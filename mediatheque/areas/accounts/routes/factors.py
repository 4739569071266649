"""Setting up second factors and passkeys for one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from mediatheque.areas.accounts.actions import factors as actions
from mediatheque.areas.accounts.queries import factors as queries
from mediatheque.areas.accounts.routes.account import MINE
from mediatheque.areas.accounts.rules import is_password, needs_person
from mediatheque.areas.accounts.rules.factors import (
    BACKUP_CODES,
    Answer,
    BrokenTotpError,
    ChallengeClosedError,
    NoSuchPasskeyError,
    NoTotpError,
    PaperCode,
    PasskeyKnownError,
    PasskeyRefusedError,
    ProofNeededError,
    TooManyPasskeysError,
    TotpKnownError,
    WrongProofError,
    WrongSetupCodeError,
    about,
    code_rule,
    guess_rule,
    matching_step,
    new_backup_code,
    new_secret,
    opened,
    picture_of,
    uri_of,
)
from mediatheque.areas.accounts.rules.passkeys import (
    NewPasskey,
    creation_options,
    nonce_of,
    registered,
    site_of,
)
from mediatheque.areas.accounts.rules.proofs import ReauthenticationNeededError
from mediatheque.areas.accounts.schemas.factors import (
    BackupCodes,
    FactorProof,
    PasskeyCreate,
    PasskeyOptions,
    PasskeyRead,
    PasskeyUpdate,
    SecondFactorRead,
    TotpCode,
    TotpSetup,
)
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import check_origin, identify
from mediatheque.core.keys import keyring
from mediatheque.kit import crypto
from mediatheque.kit.errors import NotSignedInError, TooManyRequestsError
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/account/second-factor", tags=["accounts"])
passkeys = APIRouter(prefix="/account/passkeys", tags=["accounts"])
PROVEN = (*MINE, ReauthenticationNeededError)


@dataclass(frozen=True, slots=True)
class FreshCodes:
    """Backup codes as their owner sees them, and as they are kept."""

    shown: list[str]
    kept: list[PaperCode]


def _fresh_codes() -> FreshCodes:
    shown = [new_backup_code() for _ in range(BACKUP_CODES)]
    return FreshCodes(shown, [PaperCode.of(code) for code in shown])


async def _person(request: Request, ctx: ReadPublic) -> None:
    """Before anything that takes time: whose request it is, and how often they tried."""
    check_origin(request, await identify(request, in_space=False))
    if ctx.actor.id is None:
        raise NotSignedInError
    needs_person(ctx.actor)
    per_minute = Client.of(request).settings.second_factor_per_minute
    await limit(request, code_rule(per_minute), str(ctx.user_id))


async def fresh_codes(request: Request, ctx: ReadPublic) -> FreshCodes:
    """New backup codes, for somebody with a factor that they stand in for."""
    await _person(request, ctx)
    has = await queries.get_second_factor(ctx)
    if not has.totp and not has.passkeys:
        raise NoTotpError
    return _fresh_codes()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A right code of the authenticator that is being set up, and the codes for paper."""

    step: int
    codes: FreshCodes


async def confirmation(body: TotpCode, request: Request, ctx: ReadPublic) -> Confirmation:
    """Compare the code with the secret that waits, before the transaction begins."""
    await _person(request, ctx)
    found = await queries.find_totp(ctx)
    if found is None or found["secret"] is None:
        raise NoTotpError
    if found["confirmed_at"] is not None:
        raise TotpKnownError
    secret = opened(keyring(Client.of(request).settings), found["secret"], ctx.user_id)
    step = matching_step(secret, body.code, datetime.now(UTC), after=found["last_step"])
    if step is None:
        raise WrongSetupCodeError(field="code")
    return Confirmation(step, _fresh_codes())


async def proof(body: FactorProof, request: Request, ctx: ReadPublic) -> Answer | None:
    """The password, or a code; None for the password. Before the transaction begins."""
    await _person(request, ctx)
    found = await queries.find_totp(ctx)
    if found is None or found["confirmed_at"] is None:
        raise NoTotpError
    if body.password is not None:
        if not await is_password(body.password.get_secret_value(), found["password_hash"]):
            raise WrongProofError(field="password")
        return None
    if body.code is None:
        raise ProofNeededError(field="password")
    per_minute = Client.of(request).settings.second_factor_per_minute
    await limit(request, guess_rule(per_minute), str(ctx.user_id))
    secret = opened(keyring(Client.of(request).settings), found["secret"], ctx.user_id)
    typed = body.code.get_secret_value()
    step = matching_step(secret, typed, datetime.now(UTC), after=found["last_step"])
    if step is None:
        raise WrongProofError(field="code")
    return Answer("totp", step=step)


@router.get("", summary="What protects my account?", responses=raises(NotSignedInError))
async def get_second_factor(ctx: ReadPublic) -> SecondFactorRead:
    """Authenticator, backup codes, passkeys: whether and how many, no secrets."""
    return await queries.get_second_factor(ctx)


@router.post("/totp", summary="Set up an authenticator", responses=raises(*PROVEN, TotpKnownError))
async def offer_totp(ctx: WritePublic, request: Request) -> TotpSetup:
    """A new secret; it counts when a first code of it is confirmed."""
    secret = new_secret()
    sealed = keyring(Client.of(request).settings).seal(secret, about(ctx.user_id))
    await actions.offer_totp(ctx, sealed)
    found = await queries.find_totp(ctx)
    uri = uri_of(secret, found["email"] if found else "")
    return TotpSetup(secret=secret, uri=uri, qr_svg=picture_of(uri))


@router.post(
    "/totp/confirm",
    summary="Confirm my authenticator",
    responses=raises(
        *MINE,
        NoTotpError,
        TotpKnownError,
        BrokenTotpError,
        WrongSetupCodeError,
        TooManyRequestsError,
    ),
)
async def confirm_totp(
    confirmed: Annotated[Confirmation, Depends(confirmation)], ctx: WritePublic
) -> BackupCodes:
    """From now on signing in asks for it. Answers ten backup codes, shown this once."""
    await actions.confirm_totp(ctx, confirmed.step, confirmed.codes.kept)
    return BackupCodes(backup_codes=confirmed.codes.shown)


@router.delete(
    "/totp",
    status_code=204,
    summary="Remove my authenticator",
    responses=raises(
        *MINE, NoTotpError, BrokenTotpError, ProofNeededError, WrongProofError, TooManyRequestsError
    ),
)
async def remove_totp(answer: Annotated[Answer | None, Depends(proof)], ctx: WritePublic) -> None:
    """With the password or a code of it."""
    await actions.remove_totp(ctx, answer)


@router.post(
    "/backup-codes",
    summary="Make new backup codes",
    responses=raises(*PROVEN, NoTotpError, TooManyRequestsError),
)
async def make_backup_codes(
    codes: Annotated[FreshCodes, Depends(fresh_codes)], ctx: WritePublic
) -> BackupCodes:
    """Those before are worth nothing any more."""
    await actions.make_backup_codes(ctx, codes.kept)
    return BackupCodes(backup_codes=codes.shown)


@passkeys.get("", summary="My passkeys", responses=raises(NotSignedInError))
async def list_passkeys(ctx: ReadPublic) -> Listing[PasskeyRead]:
    """In the order they were added."""
    return await queries.list_passkeys(ctx)


@passkeys.post(
    "/options",
    summary="Begin to add a passkey",
    responses=raises(*PROVEN, TooManyPasskeysError),
)
async def ask_new_passkey(ctx: WritePublic, request: Request) -> PasskeyOptions:
    """What the browser makes a passkey from."""
    nonce = crypto.new_token()
    await actions.ask_new_passkey(ctx, nonce)
    me = await queries.find_totp(ctx)
    known = await queries.list_known(ctx, ctx.user_id)
    options = creation_options(
        site_of(str(request.base_url), Client.of(request).settings.public_url),
        nonce,
        user_id=ctx.user_id,
        email=me["email"] if me else "",
        name=me["name"] if me else "",
        known=known,
    )
    return PasskeyOptions(challenge=nonce, options=options)


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey whose answer fits its question."""

    question_id: UUID
    passkey: NewPasskey


async def made(body: PasskeyCreate, request: Request, ctx: ReadPublic) -> Made:
    """Look at the answer before the transaction begins."""
    check_origin(request, await identify(request, in_space=False))
    needs_person(ctx.actor)
    nonce = nonce_of(body.credential)
    question = await queries.find_question(ctx, nonce, "enrolment", "app")
    if question is None or question["user_id"] != ctx.user_id:
        raise ChallengeClosedError
    site = site_of(str(request.base_url), Client.of(request).settings.public_url)
    return Made(question["id"], registered(site, question["nonce"], body.credential))


@passkeys.post(
    "",
    status_code=201,
    summary="Add a passkey",
    responses=raises(*MINE, ChallengeClosedError, PasskeyRefusedError, PasskeyKnownError),
)
async def add_passkey(
    body: PasskeyCreate, found: Annotated[Made, Depends(made)], ctx: WritePublic
) -> PasskeyRead:
    """From now on it signs in, alone or as the second factor."""
    return await actions.add_passkey(ctx, found.question_id, found.passkey, body.name)


@passkeys.patch(
    "/{passkey_id}", summary="Rename a passkey", responses=raises(*MINE, NoSuchPasskeyError)
)
async def rename_passkey(passkey_id: UUID, body: PasskeyUpdate, ctx: WritePublic) -> PasskeyRead:
    """Another name; nothing else of it can change."""
    return await actions.rename_passkey(ctx, passkey_id, body.name)


@passkeys.delete(
    "/{passkey_id}",
    status_code=204,
    summary="Remove a passkey",
    responses=raises(*PROVEN, NoSuchPasskeyError),
)
async def remove_passkey(passkey_id: UUID, ctx: WritePublic) -> None:
    """It signs nobody in any more."""
    await actions.remove_passkey(ctx, passkey_id)
