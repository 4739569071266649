"""What links in letters do: a forgotten password, a confirmed address, another address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select, update

from mediatheque.areas.accounts.actions.letters import (
    Draft,
    Receiver,
    here,
    write_letter,
    write_letters,
    write_to_user,
)
from mediatheque.areas.accounts.actions.tickets import make_ticket, update_user, use_ticket
from mediatheque.areas.accounts.events.resets import (
    EmailChanged,
    EmailChangeRequested,
    EmailVerified,
    PasswordReset,
    ResetRequested,
    TicketMade,
)
from mediatheque.areas.accounts.models import Credential, Ticket, User
from mediatheque.areas.accounts.queries import IS_GOOD
from mediatheque.areas.accounts.queries.letters import find_receiver
from mediatheque.areas.accounts.rules import EmailTakenError, needs_person
from mediatheque.areas.accounts.rules.letters import LETTERS_ARE_KEPT, Template
from mediatheque.areas.accounts.rules.resets import (
    EMAIL_LASTS,
    RESET_LASTS,
    RESET_PAGE,
    VERIFY_LASTS,
    AlreadyVerifiedError,
    LinkEndedError,
)
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.core.queue import defer
from mediatheque.kit.errors import NotSignedInError

if TYPE_CHECKING:
    from uuid import UUID

ANSWER = "accounts.answer_reset_request"


@public
async def request_password_reset(ctx: Context, email: str) -> None:
    """Have a letter written to a user, if there is one.

    Whether there is, a job finds out: what happens here, and how long it takes, is the same.
    """
    await defer(ctx.db, ANSWER, email=email)
    ctx.emit(ResetRequested(ref=Ref("user", None)))


@public
async def answer_reset_request(ctx: Context, email: str) -> bool:
    """Write the letter with the link, which works once, for an hour; False if nobody has it."""
    row = await ctx.db.row(
        select(User.id, User.email, User.name, User.locale, User.time_zone).where(
            func.lower(User.email) == func.lower(email), User.is_active
        )
    )
    if row is None:
        return False
    token = await make_ticket(ctx, row["id"], "reset", RESET_LASTS)
    await write_letter(
        ctx,
        Template.PASSWORD_RESET,
        Receiver.of(row),
        expires_at=ctx.now + RESET_LASTS,
        path=f"{RESET_PAGE}?token={token}",
    )
    ctx.emit(TicketMade(ref=Ref("user", row["id"]), after={"purpose": "reset"}))
    return True


@public
async def reset_password(ctx: Context, token: str, password_hash: str) -> int:
    """Set the password of the user whose link it is; all their sessions and devices end.

    Who could read the letter reads the mail of this address, so it is confirmed too. Other open
    links end: whoever knew the old password may have asked for them. Answers how many ended.
    """
    used = await use_ticket(ctx, token, "reset")
    user_id: UUID = used["user_id"]
    verified_at = func.coalesce(User.verified_at, func.now())
    if not await update_user(ctx, user_id, password_hash=password_hash, verified_at=verified_at):
        raise LinkEndedError(field="token")
    ended = await end_all_sessions(ctx, user_id)
    await tell_of_password(ctx, user_id)
    ctx.emit(
        PasswordReset(
            ref=Ref("user", user_id), after={"sessions_ended": len(ended)}, batch=tuple(ended)
        )
    )
    return len(ended)


@public
async def end_all_sessions(ctx: Context, user_id: UUID) -> list[UUID]:
    """End every session and device of a user, in each audience; a part of actions, no event."""
    found = await ctx.db.execute(
        update(Credential)
        .where(Credential.user_id == user_id, Credential.kind != "api_key", IS_GOOD)
        .values(revoked_at=func.now())
        .returning(Credential.id)
    )
    return list(found.scalars())


@public
async def tell_of_password(ctx: Context, user_id: UUID) -> None:
    """Write to a user that their password is another now; a part of actions."""
    await write_to_user(ctx, user_id, Template.PASSWORD_CHANGED, path=RESET_PAGE, **here(ctx))


@public
async def send_verification(ctx: Context, user_id: UUID) -> None:
    """Write to a user so that they confirm their address; AlreadyVerifiedError."""
    row = await find_receiver(ctx, user_id)
    if row is None:
        raise NotSignedInError
    if row["verified_at"] is not None:
        raise AlreadyVerifiedError
    token = await make_ticket(ctx, user_id, "verify", VERIFY_LASTS, email=row["email"])
    await write_letter(
        ctx,
        Template.VERIFY_EMAIL,
        Receiver.of(row),
        expires_at=ctx.now + VERIFY_LASTS,
        path=f"/verify-email?token={token}",
    )
    ctx.emit(TicketMade(ref=Ref("user", user_id), after={"purpose": "verify"}))


@public
async def verify_email(ctx: Context, token: str) -> None:
    """Confirm the address that the letter went to, if it is still the user's."""
    used = await use_ticket(ctx, token, "verify")
    found = await ctx.db.execute(
        update(User)
        .where(User.id == used["user_id"], User.email == used["data"]["email"], User.is_active)
        .values(verified_at=func.coalesce(User.verified_at, func.now()))
        .returning(User.id)
    )
    if found.first() is None:
        raise LinkEndedError(field="token")
    ctx.emit(EmailVerified(ref=Ref("user", used["user_id"])))


@signed_in
async def request_email_change(ctx: Context, email: str) -> None:
    """Write to the address to be, and to the present one; nothing changes until it is confirmed.

    The password was asked for before. An address that has an account already gets a letter that
    says so, and the answer here is the same: nobody learns who has an account.
    """
    needs_person(ctx.actor)
    found = await ctx.db.rows(
        select(User.id, User.email, User.name, User.locale, User.time_zone).where(
            or_(User.id == ctx.user_id, func.lower(User.email) == func.lower(email))
        )
    )
    people = {row["id"]: Receiver.of(row) for row in found}
    present = people.pop(ctx.user_id, None)
    if present is None:
        raise NotSignedInError
    ends = ctx.now + EMAIL_LASTS
    token = await make_ticket(ctx, ctx.user_id, "email", EMAIL_LASTS, email=email)
    path = f"/confirm-email?token={token}"
    drafts = [Draft(Template.ADDRESS_IN_USE, other, {}) for other in people.values()] or [
        Draft(Template.EMAIL_CONFIRM, replace(present, email=email), {"path": path}, ends)
    ]
    asked = {"email": email, "path": RESET_PAGE, **here(ctx)}
    await write_letters(ctx, *drafts, Draft(Template.EMAIL_CHANGE_ASKED, present, asked))
    ctx.emit(EmailChangeRequested(ref=Ref("user", ctx.user_id, ctx.actor.name)))


@public
async def confirm_email_change(ctx: Context, token: str) -> None:
    """Take over the new address; the old one gets a last letter.

    Raises LinkEndedError, and EmailTakenError if somebody else has it by now.
    """
    used = await use_ticket(ctx, token, "email")
    user_id, email = used["user_id"], used["data"]["email"]
    old = await find_receiver(ctx, user_id)
    if old is None:
        raise LinkEndedError(field="token")
    other = await ctx.db.scalar(
        select(User.id).where(func.lower(User.email) == func.lower(email), User.id != user_id)
    )
    if other is not None:
        raise EmailTakenError
    await update_user(ctx, user_id, "reset", "verify", email=email, verified_at=func.now())
    await write_letter(ctx, Template.EMAIL_CHANGED, Receiver.of(old), email=email)
    ctx.emit(EmailChanged(ref=Ref("user", user_id)))


@public
async def clean_tickets(ctx: Context) -> int:
    """Delete links that ended a month ago; how many. Nothing that anybody would want to know."""
    done = await ctx.db.execute(
        delete(Ticket).where(Ticket.expires_at < ctx.now - LETTERS_ARE_KEPT)
    )
    return int(done.rowcount)
