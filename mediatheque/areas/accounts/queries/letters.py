"""Selects about letters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, literal, literal_column, select
from sqlalchemy.orm import aliased

from mediatheque.areas.accounts.adapters.letters.post import Post
from mediatheque.areas.accounts.models import Credential, Letter, User
from mediatheque.areas.accounts.rules.letters import KNOWN_FOR, needs_house_owner
from mediatheque.areas.accounts.schemas.letters import (
    LetterFilter,
    LetterRead,
    LetterSummary,
    PostRead,
)
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.errors import NotFoundError
from mediatheque.kit.paging import BadCursorError, Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Row

_SHOWN = (
    Letter.id,
    Letter.template,
    Letter.receiver,
    Letter.locale,
    Letter.state,
    Letter.attempts,
    Letter.error,
    Letter.created_at,
    Letter.next_try_at,
    Letter.sent_at,
    Letter.expires_at,
)


@signed_in
async def list_letters(ctx: ReadContext, wanted: LetterFilter) -> Feed[LetterSummary]:
    """The outbox, newest first; for the owner of the house."""
    needs_house_owner(ctx.actor)
    chosen = select(*_SHOWN).order_by(Letter.id.desc()).limit(wanted.limit + 1)
    if wanted.state is not None:
        chosen = chosen.where(Letter.state == wanted.state)
    after = decode_cursor(wanted.cursor, 1)
    if after is not None:
        chosen = chosen.where(Letter.id < _id(after[0]))
    rows, more = cut(await ctx.db.rows(chosen), wanted.limit)
    return Feed(
        items=[LetterSummary.model_validate(row) for row in rows],
        next_cursor=encode_cursor(rows[-1]["id"]) if more else None,
    )


def _id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadCursorError(field="cursor") from error


@signed_in
async def get_letter(ctx: ReadContext, letter_id: UUID, settings: Settings) -> LetterRead:
    """One letter; what it says only where the owner has to pass it on."""
    needs_house_owner(ctx.actor)
    row = await ctx.db.row(
        select(*_SHOWN, Letter.data, Letter.time_zone).where(Letter.id == letter_id)
    )
    if row is None:
        raise NotFoundError("There is no such letter.")
    post = Post.of(settings)
    is_shown = post.mailer is None and bool(row["data"])
    letter = post.write(row) if is_shown else None
    texts = {
        "subject": letter.subject if letter else None,
        "text": letter.text if letter else None,
        "html": letter.html if letter else None,
    }
    return LetterRead.model_validate({**row, **texts})


@signed_in
async def get_post(ctx: ReadContext, settings: Settings) -> PostRead:
    """Whether letters leave the house, and how many have not."""
    needs_house_owner(ctx.actor)
    rows = await ctx.db.rows(
        select(Letter.state, func.count().label("count"))
        .where(Letter.state != "sent")
        .group_by(Letter.state)
    )
    counts = {row["state"]: row["count"] for row in rows}
    post = Post.of(settings)
    return PostRead(
        is_sending=post.mailer is not None,
        sender=str(post.sender.header()),
        waiting=counts.get("waiting", 0),
        held=counts.get("held", 0),
        failed=counts.get("failed", 0),
    )


@public
async def find_waiting_letter(ctx: ReadContext, letter_id: UUID) -> Row | None:
    """The row of a letter that is to be sent, with its data; None if it was, or is too old."""
    return await ctx.db.row(
        select(*_SHOWN, Letter.data, Letter.time_zone).where(
            Letter.id == letter_id,
            Letter.state == "waiting",
            Letter.data != literal_column("'{}'::jsonb"),
        )
    )


@public
async def find_receiver(ctx: ReadContext, user_id: UUID) -> Row | None:
    """``id, email, name, locale, time_zone, verified_at`` of an active user."""
    return await ctx.db.row(
        select(User.id, User.email, User.name, User.locale, User.time_zone, User.verified_at).where(
            User.id == user_id, User.is_active
        )
    )


@public
async def list_devices(ctx: ReadContext, session_id: UUID) -> list[Row]:
    """``id, user_id, user_agent, ip, created_at`` of a session and of its user's earlier ones."""
    this = aliased(Credential)
    return await ctx.db.rows(
        select(
            Credential.id,
            Credential.user_id,
            Credential.user_agent,
            Credential.ip,
            Credential.created_at,
        )
        .join(this, this.user_id == Credential.user_id)
        .where(
            this.id == session_id,
            Credential.kind == "session",
            Credential.id <= session_id,
            Credential.created_at > this.created_at - literal(KNOWN_FOR),
        )
        .order_by(Credential.id.desc())
        .limit(500)
    )
