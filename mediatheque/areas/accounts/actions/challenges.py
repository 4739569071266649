"""Signing in, step by step: the password, then a second factor where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import func, insert, literal, update

from mediatheque.areas.accounts.actions.letters import write_to_user
from mediatheque.areas.accounts.actions.sessions import OpenedSession, start_session
from mediatheque.areas.accounts.events.factors import (
    ProvenAgain,
    RecoveryCodeSent,
    SecondFactorAsked,
    SecondFactorFailed,
)
from mediatheque.areas.accounts.models import (
    BackupCode,
    Challenge,
    Credential,
    Passkey,
    Totp,
    User,
)
from mediatheque.areas.accounts.queries import IS_GOOD, get_me
from mediatheque.areas.accounts.queries.factors import IS_OPEN, factors_select, methods_of
from mediatheque.areas.accounts.rules import SESSIONS_PER_USER, needs_person
from mediatheque.areas.accounts.rules.factors import (
    CHALLENGE_LASTS,
    CODE_LASTS,
    ChallengeClosedError,
    EnrolmentNeededError,
    WrongCodeError,
    WrongPasskeyError,
    new_letter_code,
)
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.accounts.schemas.factors import Challenge as ChallengeRead
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.crypto import csrf_token, hash_token, new_token, sign
from mediatheque.kit.errors import NotSignedInError

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.accounts.rules import Audience
    from mediatheque.areas.accounts.rules.factors import Answer
    from mediatheque.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a session lasts, unused and in any case, and for whose endpoints it is."""

    lasts: timedelta
    at_most: int = SESSIONS_PER_USER
    audience: Audience = "app"
    ends_after: timedelta | None = None
    needs_factor: bool = False
    """Who has no second factor is not let in at all."""

    @classmethod
    def of_application(cls, settings: Settings) -> Self:
        """What the house's settings say of sessions of the application."""
        return cls(
            timedelta(days=settings.session_days),
            at_most=settings.sessions_per_user,
            ends_after=timedelta(days=settings.session_at_most_days),
        )


@public
async def open_session(
    ctx: Context, user_id: UUID, terms: Terms, password_hash: str | None = None
) -> OpenedSession:
    """Begin the session of somebody who has shown all they have to; see :func:`start_session`."""
    return await start_session(
        ctx,
        user_id,
        lasts=terms.lasts,
        at_most=terms.at_most,
        audience=terms.audience,
        ends_after=terms.ends_after,
        password_hash=password_hash,
    )


@public
async def sign_in(
    ctx: Context, user_id: UUID, terms: Terms, *, password_hash: str | None = None
) -> OpenedSession | ChallengeRead:
    """Go on with somebody whose password was right: a session, or the second factor to show.

    ``password_hash`` replaces the stored one, when that has older parameters.
    """
    (factors,) = await ctx.db.rows(factors_select(user_id))
    methods = methods_of(factors, terms.audience)
    if not methods:
        if terms.needs_factor:
            raise EnrolmentNeededError
        return await open_session(ctx, user_id, terms, password_hash)
    if password_hash is not None:
        await ctx.db.execute(
            update(User).where(User.id == user_id).values(password_hash=password_hash)
        )
    token = new_token()
    made = await ctx.db.execute(
        insert(Challenge)
        .values(
            token_hash=hash_token(token),
            audience=terms.audience,
            purpose="second_factor",
            user_id=user_id,
            expires_at=func.now() + literal(CHALLENGE_LASTS),
        )
        .returning(Challenge.expires_at)
    )
    ctx.emit(SecondFactorAsked(ref=Ref("user", user_id), after={"audience": terms.audience}))
    return ChallengeRead(challenge=token, methods=methods, expires_at=made.scalar_one())


@public
async def fail_challenge(ctx: Context, challenge_id: UUID, user_id: UUID, method: str) -> None:
    """Count a wrong code; after some of them the challenge is over."""
    await ctx.db.execute(
        update(Challenge)
        .where(Challenge.id == challenge_id)
        .values(attempts=Challenge.attempts + 1)
    )
    ctx.emit(SecondFactorFailed(ref=Ref("user", user_id), after={"method": method}))


@public
async def answer_challenge(
    ctx: Context, challenge_id: UUID, answer: Answer, terms: Terms
) -> OpenedSession:
    """Use up the challenge and what answers it, and begin the session.

    That the answer is right was found before the transaction; here it is made sure that it is
    right once: of two at the same moment the second finds the step, the code or the challenge
    used, whatever challenge it came with.
    """
    used = await ctx.db.execute(
        update(Challenge)
        .where(
            Challenge.id == challenge_id,
            Challenge.audience == terms.audience,
            Challenge.purpose == "second_factor",
            IS_OPEN,
        )
        .values(used_at=func.now(), code_hash=None)
        .returning(Challenge.user_id)
    )
    user_id: UUID | None = used.scalar_one_or_none()
    if user_id is None:
        raise ChallengeClosedError
    await use_up(ctx, user_id, answer)
    return await open_session(ctx, user_id, terms)


async def use_up(ctx: Context, user_id: UUID, answer: Answer) -> None:
    """Make sure that no answer is taken twice; a part of actions."""
    if answer.step is not None:
        done = await ctx.db.execute(
            update(Totp)
            .where(
                Totp.user_id == user_id,
                Totp.confirmed_at.is_not(None),
                Totp.last_step < answer.step,
            )
            .values(last_step=answer.step)
        )
        if not done.rowcount:
            raise WrongCodeError(field="code")
    if answer.selector is not None:
        done = await ctx.db.execute(
            update(BackupCode)
            .where(
                BackupCode.user_id == user_id,
                BackupCode.selector == answer.selector,
                BackupCode.used_at.is_(None),
            )
            .values(used_at=func.now())
        )
        if not done.rowcount:
            raise WrongCodeError(field="code")
    if answer.passkey is not None:
        done = await ctx.db.execute(
            update(Passkey)
            .where(Passkey.user_id == user_id, Passkey.credential == answer.passkey.credential)
            .values(sign_count=answer.passkey.sign_count, last_used_at=func.now())
        )
        if not done.rowcount:
            raise WrongPasskeyError


@public
async def send_code(ctx: Context, challenge_id: UUID, user_id: UUID, token: str) -> None:
    """Send a code to the address of whoever is signing in; the one before is worth nothing.

    Only a hash under the challenge's token is kept, and only who signs in has that token.
    """
    code = new_letter_code()
    ends_at = ctx.now + CODE_LASTS
    await ctx.db.execute(
        update(Challenge)
        .where(Challenge.id == challenge_id, IS_OPEN)
        .values(code_hash=sign(token, code), code_ends_at=ends_at)
    )
    await write_to_user(ctx, user_id, Template.RECOVERY_CODE, expires_at=ends_at, value=code)
    ctx.emit(RecoveryCodeSent(ref=Ref("user", user_id)))


@public
async def ask_passkey(
    ctx: Context, nonce: str, audience: Audience, *, challenge_id: UUID | None = None
) -> None:
    """Ask for a signature over ``nonce``: within a sign-in, or to begin one with it alone.

    No event: anybody may be asked, and nothing has happened until somebody answers.
    """
    if challenge_id is not None:
        await ctx.db.execute(
            update(Challenge).where(Challenge.id == challenge_id, IS_OPEN).values(nonce=nonce)
        )
        return
    await ctx.db.execute(
        insert(Challenge).values(
            token_hash=hash_token(nonce),
            audience=audience,
            purpose="passkey",
            nonce=nonce,
            expires_at=func.now() + literal(CHALLENGE_LASTS),
        )
    )


@signed_in
async def prove_again(
    ctx: Context, answer: Answer | None = None, question_id: UUID | None = None
) -> OpenedSession:
    """Take note that whoever is in the session has shown again who they are.

    What they showed was found right before the transaction: a password, or ``answer``. The
    session goes on under another token (ASVS 5.0, 7.2.4): one that was stolen ends here.
    """
    needs_person(ctx.actor)
    if question_id is not None:
        used = await ctx.db.execute(
            update(Challenge)
            .where(Challenge.id == question_id, Challenge.purpose == "passkey", IS_OPEN)
            .values(used_at=func.now(), user_id=ctx.user_id)
        )
        if not used.rowcount:
            raise ChallengeClosedError
    if answer is not None:
        await use_up(ctx, ctx.user_id, answer)
    token, here = new_token(), ctx.actor.credential_id
    changed = await ctx.db.execute(
        update(Credential)
        .where(Credential.id == here, Credential.kind == "session", IS_GOOD)
        .values(token_hash=hash_token(token), proven_at=func.now())
    )
    if not changed.rowcount:
        raise NotSignedInError
    ctx.emit(
        ProvenAgain(
            ref=Ref("session", here, ctx.actor.name),
            after={"method": answer.method if answer else "password"},
        )
    )
    return OpenedSession(await get_me(ctx), token, csrf_token(token))


@public
async def sign_in_by_passkey(
    ctx: Context, question_id: UUID, user_id: UUID, answer: Answer, terms: Terms
) -> OpenedSession:
    """Begin a session by a passkey alone: it has verified its user, so it is both factors."""
    used = await ctx.db.execute(
        update(Challenge)
        .where(
            Challenge.id == question_id,
            Challenge.audience == terms.audience,
            Challenge.purpose == "passkey",
            IS_OPEN,
        )
        .values(used_at=func.now(), user_id=user_id)
    )
    if not used.rowcount:
        raise ChallengeClosedError
    await use_up(ctx, user_id, answer)
    return await open_session(ctx, user_id, terms)
