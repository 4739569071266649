"""Second factors: set up, confirmed, written on paper, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert

from mediatheque.areas.accounts.actions.challenges import use_up
from mediatheque.areas.accounts.actions.letters import here, write_to_user
from mediatheque.areas.accounts.events.factors import (
    BackupCodesMade,
    PasskeyAdded,
    PasskeyAsked,
    PasskeyRemoved,
    PasskeyRenamed,
    TotpConfirmed,
    TotpOffered,
    TotpRemoved,
)
from mediatheque.areas.accounts.models import BackupCode, Challenge, Passkey, Totp
from mediatheque.areas.accounts.queries.factors import IS_OPEN, factors_select
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.factors import (
    CHALLENGE_LASTS,
    PASSKEYS_PER_USER,
    ChallengeClosedError,
    NoSuchPasskeyError,
    NoTotpError,
    PasskeyKnownError,
    TooManyPasskeysError,
    TotpKnownError,
)
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.accounts.rules.proofs import needs_proof
from mediatheque.areas.accounts.schemas.factors import PasskeyRead
from mediatheque.core.context import Context, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.crypto import hash_token

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.accounts.rules.factors import Answer, PaperCode
    from mediatheque.areas.accounts.rules.passkeys import NewPasskey

_PASSKEY = (
    Passkey.id,
    Passkey.name,
    Passkey.is_backed_up,
    Passkey.created_at,
    Passkey.last_used_at,
)


def _me(ctx: Context) -> Ref:
    return Ref("user", ctx.user_id, ctx.actor.name)


async def _tell(ctx: Context) -> None:
    await write_to_user(
        ctx, ctx.user_id, Template.SECOND_FACTOR_CHANGED, path="/account/security", **here(ctx)
    )


@signed_in
async def offer_totp(ctx: Context, sealed: str) -> None:
    """Keep the sealed secret of an authenticator that is being set up.

    An unconfirmed one before it is forgotten; TotpKnownError when one is confirmed.
    """
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    done = await ctx.db.execute(
        upsert(Totp)
        .values(user_id=ctx.user_id, secret=sealed)
        .on_conflict_do_update(
            index_elements=[Totp.user_id],
            set_={"secret": sealed, "last_step": 0, "created_at": func.now()},
            where=Totp.confirmed_at.is_(None),
        )
        .returning(Totp.user_id)
    )
    if done.first() is None:
        raise TotpKnownError
    ctx.emit(TotpOffered(ref=_me(ctx)))


@signed_in
async def confirm_totp(ctx: Context, step: int, codes: Sequence[PaperCode]) -> None:
    """The authenticator showed a right code: from now on it is asked for; with backup codes."""
    needs_person(ctx.actor)
    done = await ctx.db.execute(
        update(Totp)
        .where(Totp.user_id == ctx.user_id, Totp.confirmed_at.is_(None), Totp.last_step < step)
        .values(confirmed_at=func.now(), last_step=step)
    )
    if not done.rowcount:
        raise NoTotpError
    await _replace_codes(ctx, codes)
    await _tell(ctx)
    ctx.emit(TotpConfirmed(ref=_me(ctx)))


async def _replace_codes(ctx: Context, codes: Sequence[PaperCode]) -> None:
    await ctx.db.execute(delete(BackupCode).where(BackupCode.user_id == ctx.user_id))
    await ctx.db.execute(
        insert(BackupCode),
        [
            {"user_id": ctx.user_id, "selector": one.selector, "code_hash": one.code_hash}
            for one in codes
        ],
    )


@signed_in
async def make_backup_codes(ctx: Context, codes: Sequence[PaperCode]) -> None:
    """Replace one's backup codes; there has to be a second factor that they stand in for."""
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    (factors,) = await ctx.db.rows(factors_select(ctx.user_id))
    if factors["totp_since"] is None and not factors["passkeys"]:
        raise NoTotpError
    await _replace_codes(ctx, codes)
    ctx.emit(BackupCodesMade(ref=_me(ctx)))


@signed_in
async def remove_totp(ctx: Context, answer: Answer | None) -> None:
    """Take one's authenticator away; ``answer`` is the code that was shown for it, if one was.

    Without a passkey beside it the backup codes go too: they would stand in for nothing.
    """
    needs_person(ctx.actor)
    if answer is not None:
        await use_up(ctx, ctx.user_id, answer)
    done = await ctx.db.execute(delete(Totp).where(Totp.user_id == ctx.user_id))
    if not done.rowcount:
        raise NoTotpError
    await _drop_orphans(ctx)
    await _tell(ctx)
    ctx.emit(TotpRemoved(ref=_me(ctx)))


async def _drop_orphans(ctx: Context) -> None:
    (factors,) = await ctx.db.rows(factors_select(ctx.user_id))
    if factors["totp_since"] is None and not factors["passkeys"]:
        await ctx.db.execute(delete(BackupCode).where(BackupCode.user_id == ctx.user_id))


@signed_in
async def ask_new_passkey(ctx: Context, nonce: str) -> None:
    """Ask for a new passkey over ``nonce``."""
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    (factors,) = await ctx.db.rows(factors_select(ctx.user_id))
    if factors["passkeys"] >= PASSKEYS_PER_USER:
        raise TooManyPasskeysError
    await ctx.db.execute(
        insert(Challenge).values(
            token_hash=hash_token(nonce),
            purpose="enrolment",
            user_id=ctx.user_id,
            nonce=nonce,
            expires_at=ctx.now + CHALLENGE_LASTS,
        )
    )
    ctx.emit(PasskeyAsked(ref=_me(ctx)))


@signed_in
async def add_passkey(ctx: Context, question_id: UUID, made: NewPasskey, name: str) -> PasskeyRead:
    """Keep a new passkey, whose answer to the question was found right before."""
    needs_person(ctx.actor)
    used = await ctx.db.execute(
        update(Challenge)
        .where(
            Challenge.id == question_id,
            Challenge.user_id == ctx.user_id,
            Challenge.purpose == "enrolment",
            IS_OPEN,
        )
        .values(used_at=func.now())
    )
    if not used.rowcount:
        raise ChallengeClosedError
    added = await ctx.db.execute(
        upsert(Passkey)
        .values(
            user_id=ctx.user_id,
            credential=made.credential,
            public_key=made.public_key,
            sign_count=made.sign_count,
            transports=made.transports,
            is_backed_up=made.is_backed_up,
            name=name,
        )
        .on_conflict_do_nothing(index_elements=[Passkey.credential])
        .returning(*_PASSKEY)
    )
    row = added.mappings().one_or_none()
    if row is None:
        raise PasskeyKnownError
    await _tell(ctx)
    ctx.emit(PasskeyAdded(ref=Ref("passkey", row["id"], name)))
    return PasskeyRead.model_validate(row)


@signed_in
async def rename_passkey(ctx: Context, passkey_id: UUID, name: str) -> PasskeyRead:
    """Give one of one's passkeys another name."""
    needs_person(ctx.actor)
    done = await ctx.db.execute(
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.user_id == ctx.user_id)
        .values(name=name)
        .returning(*_PASSKEY)
    )
    row = done.mappings().one_or_none()
    if row is None:
        raise NoSuchPasskeyError
    ctx.emit(PasskeyRenamed(ref=Ref("passkey", passkey_id, name)))
    return PasskeyRead.model_validate(row)


@signed_in
async def remove_passkey(ctx: Context, passkey_id: UUID) -> None:
    """Take one of one's passkeys away."""
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    done = await ctx.db.execute(
        delete(Passkey)
        .where(Passkey.id == passkey_id, Passkey.user_id == ctx.user_id)
        .returning(Passkey.name)
    )
    name = done.scalar_one_or_none()
    if name is None:
        raise NoSuchPasskeyError
    await _drop_orphans(ctx)
    await _tell(ctx)
    ctx.emit(PasskeyRemoved(ref=Ref("passkey", passkey_id, name)))
