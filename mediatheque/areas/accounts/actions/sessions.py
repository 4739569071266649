"""Sessions: begun, and ended by whoever is in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import any_, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from mediatheque.areas.accounts.events.credentials import SessionsEnded, SignedIn, SignedOut
from mediatheque.areas.accounts.models import Credential, User
from mediatheque.areas.accounts.queries import IS_GOOD, SEEN, USER_COLUMNS
from mediatheque.areas.accounts.rules import (
    SESSIONS_PER_USER,
    WrongCredentialsError,
    needs_person,
    needs_session,
)
from mediatheque.areas.accounts.schemas import UserRead
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.crypto import csrf_token, hash_token, new_token
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import timedelta
    from uuid import UUID

    from mediatheque.areas.accounts.rules import Audience

PRESENT = ["session", "device", "refresh"]
"""Kinds by which somebody is signed in somewhere."""


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session that has just begun: the only moment at which its token is known."""

    user: UserRead
    token: str
    csrf_token: str


@public
async def start_session(  # noqa: PLR0913  (each is a property of the session)
    ctx: Context,
    user_id: UUID,
    *,
    lasts: timedelta,
    password_hash: str | None = None,
    at_most: int = SESSIONS_PER_USER,
    audience: Audience = "app",
    ends_after: timedelta | None = None,
) -> OpenedSession:
    """Begin a session of a user who has shown who they are; the context goes on as that user.

    Whether a second factor has to be shown before is :func:`factors.sign_in`'s to decide: call
    that one, unless the way in is a second factor itself. ``lasts`` is the time without use after
    which it ends, ``ends_after`` the time after which it ends in any case. ``password_hash``
    replaces the stored hash, when that has older parameters. Of more than ``at_most`` sessions of
    this audience the one not seen for the longest time ends.
    """
    fresh = {} if password_hash is None else {"password_hash": password_hash}
    row = (
        await ctx.db.execute(
            update(User)
            .where(User.id == user_id, User.is_active)
            .values(last_login_at=func.now(), **fresh)
            .returning(*USER_COLUMNS)
        )
    ).one_or_none()
    if row is None:
        raise WrongCredentialsError
    user = UserRead.model_validate(row)
    token = new_token()
    surplus = (
        select(Credential.id)
        .where(
            Credential.user_id == user_id,
            Credential.kind == "session",
            Credential.audience == audience,
            IS_GOOD,
        )
        .order_by(SEEN.desc())
        .offset(at_most - 1)
        .scalar_subquery()
    )
    ended = (
        update(Credential)
        .where(Credential.id.in_(surplus))
        .values(revoked_at=func.now())
        .cte("ended")
    )
    made = await ctx.db.execute(
        insert(Credential)
        .values(
            user_id=user_id,
            kind="session",
            audience=audience,
            token_hash=hash_token(token),
            ip=ctx.actor.ip,
            user_agent=ctx.actor.user_agent,
            last_seen_at=func.now(),
            expires_at=func.now() + literal(lasts),
            ends_at=None if ends_after is None else func.now() + literal(ends_after),
        )
        .returning(Credential.id)
        .add_cte(ended)
    )
    credential_id = made.scalar_one()
    ctx.actor = replace(
        ctx.actor,
        kind="user",
        id=user.id,
        name=user.name,
        credential_id=credential_id,
        is_instance_owner=user.is_instance_owner,
    )
    ctx.emit(SignedIn(ref=Ref("session", credential_id, user.name), after={"audience": audience}))
    return OpenedSession(user, token, csrf_token(token))


@public
async def end_replaced(ctx: Context, token: str | None) -> None:
    """End the session that the browser had before it signed in anew (ASVS 5.0, 7.2.4).

    Its cookie is about to be written over: nobody would end it later. A part of actions.
    """
    if token:
        await ctx.db.execute(
            update(Credential)
            .where(
                Credential.token_hash == hash_token(token),
                Credential.kind == "session",
                Credential.id != ctx.actor.credential_id,
                Credential.revoked_at.is_(None),
            )
            .values(revoked_at=func.now())
        )


@public
async def sign_out(ctx: Context) -> None:
    """End the session that the request came with, if it came with one."""
    here = ctx.actor.credential_id
    if here is None:
        return
    needs_session(ctx.actor)
    await ctx.db.execute(
        update(Credential).where(Credential.id == here).values(revoked_at=func.now())
    )
    ctx.emit(SignedOut(ref=Ref("session", here, ctx.actor.name)))


@signed_in
async def end_session(ctx: Context, session_id: UUID) -> None:
    """End one of one's own sessions; its next request is nobody's."""
    needs_person(ctx.actor)
    if not await revoke_sessions(ctx, only=session_id):
        raise NotFoundError("You have no such session.")
    ctx.emit(SessionsEnded(ref=Ref("user", ctx.user_id, ctx.actor.name), batch=(session_id,)))


@signed_in
async def end_sessions(ctx: Context, *, keep_current: bool = True) -> int:
    """End all of one's own sessions, or all others; answers how many."""
    needs_person(ctx.actor)
    ended = await revoke_sessions(ctx, but=ctx.actor.credential_id if keep_current else None)
    if ended:
        ctx.emit(SessionsEnded(ref=Ref("user", ctx.user_id, ctx.actor.name), batch=tuple(ended)))
    return len(ended)


@signed_in
async def revoke_sessions(
    ctx: Context, *, only: UUID | None = None, but: UUID | None = None
) -> list[UUID]:
    """End sessions and devices of the user who asks, of every audience; answers their ids.

    A device is named by the family of its tokens. A part of actions, with no event.
    """
    wanted = update(Credential).where(
        Credential.user_id == ctx.user_id,
        Credential.kind == any_(literal(PRESENT, ARRAY(TEXT))),
        IS_GOOD,
    )
    if only is not None:
        wanted = wanted.where(or_(Credential.id == only, Credential.family == only))
    if but is not None:
        wanted = wanted.where(Credential.id != but)
    found = await ctx.db.execute(wanted.values(revoked_at=func.now()).returning(Credential.id))
    return list(found.scalars())
