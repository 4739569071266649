"""Selects about links that work once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mediatheque.areas.accounts.models import Ticket, User
from mediatheque.areas.accounts.rules.resets import LinkEndedError
from mediatheque.core.context import ReadContext, public
from mediatheque.kit.crypto import hash_token

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from mediatheque.kit.db import Row

IS_GOOD_TICKET: ColumnElement[bool] = Ticket.used_at.is_(None) & (Ticket.expires_at > func.now())


@public
async def get_ticket(ctx: ReadContext, token: str, purpose: str) -> Row:
    """``id, user_id, data`` and ``email, name, password_hash`` of its user; LinkEndedError."""
    row = await ctx.db.row(
        select(
            Ticket.id,
            Ticket.user_id,
            Ticket.data,
            User.email,
            User.name,
            User.locale,
            User.time_zone,
            User.password_hash,
        )
        .join(User, User.id == Ticket.user_id)
        .where(
            Ticket.token_hash == hash_token(token),
            Ticket.purpose == purpose,
            IS_GOOD_TICKET,
            User.is_active,
        )
    )
    if row is None:
        raise LinkEndedError(field="token")
    return row
