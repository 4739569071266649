"""The outbox: letters written with what they are about, sent by a job, and forgotten.

What a letter says is not kept: it is made of its template and its data when it is sent, and the
data, which may hold a secret, is erased then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    DateTime,
    and_,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from mediatheque.areas.accounts.events.letters import (
    LetterDelivered,
    LetterRetried,
    LettersCleaned,
    LetterWritten,
)
from mediatheque.areas.accounts.models import Letter, User
from mediatheque.areas.accounts.queries.letters import list_devices
from mediatheque.areas.accounts.rules.letters import (
    FAREWELL_LASTS,
    LETTERS_ARE_KEPT,
    LetterGoneError,
    Template,
    device_name,
    is_known_device,
    needs_house_owner,
    next_try,
)
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.core.queue import defer
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from mediatheque.kit.mail import MailError

SEND = "accounts.send_letter"
_EMPTY: Any = literal_column("'{}'::jsonb")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a letter, and in which language and time; ``user_id`` None for a stranger."""

    email: str
    name: str = ""
    locale: str = "en"
    time_zone: str = "UTC"
    user_id: UUID | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Receiver:
        """From a user's row."""
        return cls(row["email"], row["name"], row["locale"], row["time_zone"], row["id"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be written: which, to whom, with which values, and until when it is of use."""

    template: Template
    to: Receiver
    data: Mapping[str, object]
    expires_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """The row of the outbox."""
        return {
            "user_id": self.to.user_id,
            "template": str(self.template),
            "receiver": self.to.email,
            "locale": self.to.locale,
            "time_zone": self.to.time_zone,
            "data": _data({"name": self.to.name, **self.data}, self.expires_at),
            "expires_at": self.expires_at,
        }


def _data(values: Mapping[str, object], expires_at: datetime | None) -> dict[str, Any]:
    known = dict(values) if expires_at is None else {**values, "expires_at": expires_at}
    return {key: v.isoformat() if isinstance(v, datetime) else v for key, v in known.items()}


@public
async def write_letters(ctx: Context, *drafts: Draft) -> list[UUID]:
    """Put letters into the outbox in one statement; see :func:`write_letter`."""
    made = await ctx.db.execute(
        insert(Letter).values([draft.values() for draft in drafts]).returning(Letter.id)
    )
    ids = list(made.scalars())
    for letter_id, draft in zip(ids, drafts, strict=True):
        _tell(ctx, letter_id, draft.template)
    return ids


def _tell(ctx: Context, letter_id: UUID, template: Template) -> None:
    """The job that sends the letter hears this news, and begins when the transaction commits."""
    ctx.emit(
        LetterWritten(ref=Ref("letter", letter_id, str(template)), after={"template": template})
    )


@public
async def write_letter(
    ctx: Context,
    template: Template,
    to: Receiver,
    *,
    expires_at: datetime | None = None,
    **data: object,
) -> UUID:
    """Put a letter into the outbox, in the caller's transaction, and have a job send it.

    ``data`` is what the template asks for, as JSON values and times; ``name`` is the receiver's
    unless given, and ``path`` becomes the template's ``link``, e.g. ``/password-reset?token=…``.
    At ``expires_at`` the letter is of no use any more. If the transaction is rolled back, there
    is no letter. Works in any context, within a space or outside.
    """
    (letter_id,) = await write_letters(ctx, Draft(template, to, data, expires_at))
    return letter_id


@public
async def write_to_user(
    ctx: Context,
    user_id: UUID,
    template: Template,
    *,
    expires_at: datetime | None = None,
    **data: object,
) -> UUID | None:
    """Write to a user at their address, in their language; None if there is no such active one."""
    values = literal(_data(data, expires_at), JSONB)
    made = await ctx.db.execute(
        insert(Letter)
        .from_select(
            ["user_id", "template", "receiver", "locale", "time_zone", "data", "expires_at"],
            select(
                User.id,
                literal(str(template)),
                User.email,
                User.locale,
                User.time_zone,
                func.jsonb_build_object("name", User.name).op("||")(values),
                literal(expires_at, DateTime(timezone=True)),
            ).where(User.id == user_id, User.is_active),
        )
        .returning(Letter.id)
    )
    letter_id: UUID | None = made.scalar_one_or_none()
    if letter_id is not None:
        _tell(ctx, letter_id, template)
    return letter_id


@public
async def receiver_at(ctx: Context, email: str) -> Receiver:
    """Who gets a letter at an address: its user, else a stranger in the language of who writes."""
    found = await ctx.db.rows(
        select(User.id, User.email, User.name, User.locale, User.time_zone).where(
            or_(func.lower(User.email) == func.lower(email), User.id == ctx.actor.id)
        )
    )
    theirs = next((row for row in found if row["email"].lower() == email.lower()), None)
    if theirs is not None:
        return Receiver.of(theirs)
    mine = next(iter(found), {"locale": "en", "time_zone": "UTC"})
    return Receiver(email, locale=mine["locale"], time_zone=mine["time_zone"])


def here(ctx: Context) -> dict[str, Any]:
    """When, from which device and which address somebody acts, for the letters that tell it."""
    return {"at": ctx.now, "device": device_name(ctx.actor.user_agent), "ip": ctx.actor.ip}


@public
async def notice_device(ctx: Context, session_id: UUID) -> UUID | None:
    """Tell a user of a session that began on a device unknown to their account.

    The first session of an account is no surprise; None when there is nothing to tell.
    """
    found = await list_devices(ctx, session_id)
    this = next((row for row in found if row["id"] == session_id), None)
    before = [(row["user_agent"], row["ip"]) for row in found if row["id"] != session_id]
    if this is None or not before or is_known_device(this["user_agent"], this["ip"], before):
        return None
    return await write_to_user(
        ctx,
        this["user_id"],
        Template.NEW_DEVICE,
        path="/account/security",
        at=this["created_at"],
        device=device_name(this["user_agent"]),
        ip=this["ip"],
    )


@public
async def note_delivery(ctx: Context, letter_id: UUID, failure: MailError | None) -> str:
    """Write down how a try went; answers the letter's state, and enqueues the next try.

    A letter that was taken over loses its data at once.
    """
    row = await ctx.db.row(
        select(Letter.template, Letter.attempts, Letter.expires_at)
        .where(Letter.id == letter_id, Letter.state == "waiting")
        .with_for_update()
    )
    if row is None:
        return "sent"
    attempts = row["attempts"] + 1
    values: dict[str, Any] = {"attempts": attempts, "next_try_at": None}
    wait = next_try(attempts) if failure is not None and failure.is_passing else None
    if wait is not None and row["expires_at"] is not None and row["expires_at"] < ctx.now + wait:
        wait = None
    if failure is None:
        values |= {"state": "sent", "sent_at": func.now(), "data": _EMPTY, "error": None}
    elif wait is not None:
        values |= {"error": failure.message, "next_try_at": ctx.now + wait}
        await defer(ctx.db, SEND, ref_id=letter_id, at=ctx.now + wait)
    else:
        values |= {"state": "failed", "error": failure.message}
    await ctx.db.execute(update(Letter).where(Letter.id == letter_id).values(**values))
    state = str(values.get("state", "waiting"))
    ctx.emit(
        LetterDelivered(
            ref=Ref("letter", letter_id, row["template"]),
            after={"template": row["template"], "state": state, "attempts": attempts},
        )
    )
    return state


@public
async def hold_letter(ctx: Context, letter_id: UUID) -> None:
    """Keep a letter for the owner to pass on: there is no mail server.

    Not the last letter to somebody: it would keep what was erased.
    """
    await ctx.db.execute(
        delete(Letter).where(Letter.id == letter_id, Letter.template == Template.ACCOUNT_ERASED)
    )
    template = (
        await ctx.db.execute(
            update(Letter)
            .where(Letter.id == letter_id, Letter.state == "waiting")
            .values(state="held", next_try_at=None)
            .returning(Letter.template)
        )
    ).scalar_one_or_none()
    if template is not None:
        ctx.emit(
            LetterDelivered(
                ref=Ref("letter", letter_id, template),
                after={"template": template, "state": "held", "attempts": 0},
            )
        )


@signed_in
async def retry_letter(ctx: Context, letter_id: UUID) -> None:
    """Have a letter tried again from the beginning; for the owner of the house."""
    needs_house_owner(ctx.actor)
    row = await ctx.db.row(
        select(Letter.template, Letter.state, Letter.data)
        .where(Letter.id == letter_id)
        .with_for_update()
    )
    if row is None:
        raise NotFoundError("There is no such letter.")
    if row["state"] == "sent" or not row["data"]:
        raise LetterGoneError
    await ctx.db.execute(
        update(Letter)
        .where(Letter.id == letter_id)
        .values(state="waiting", attempts=0, error=None, next_try_at=None)
    )
    await defer(ctx.db, SEND, ref_id=letter_id)
    ctx.emit(LetterRetried(ref=Ref("letter", letter_id, row["template"])))


@signed_in
async def write_test_letter(ctx: Context) -> None:
    """Write to the owner of the house, to see whether letters arrive."""
    needs_house_owner(ctx.actor)
    await write_to_user(ctx, ctx.user_id, Template.TEST_LETTER)


@public
async def clean_letters(ctx: Context) -> int:
    """Erase the data of letters whose link has ended, and letters of last month; how many."""
    gone = await ctx.db.execute(
        delete(Letter).where(
            or_(
                Letter.created_at < ctx.now - LETTERS_ARE_KEPT,
                and_(
                    Letter.template == Template.ACCOUNT_ERASED,
                    or_(Letter.state == "sent", Letter.created_at < ctx.now - FAREWELL_LASTS),
                ),
            )
        )
    )
    emptied = await ctx.db.execute(
        update(Letter)
        .where(Letter.data != _EMPTY, or_(Letter.expires_at < ctx.now, Letter.state == "sent"))
        .values(
            data=_EMPTY,
            state=func.replace(func.replace(Letter.state, "waiting", "failed"), "held", "failed"),
            error=func.coalesce(Letter.error, "Its link ended before it was sent."),
        )
    )
    count = int(gone.rowcount) + int(emptied.rowcount)
    if count:
        after = {"emptied": int(emptied.rowcount), "deleted": int(gone.rowcount)}
        ctx.emit(LettersCleaned(ref=Ref("letter", None), after=after))
    return count
