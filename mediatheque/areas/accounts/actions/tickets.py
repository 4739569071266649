"""Links that work once: made, used, called off. Parts of actions, with no event of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from mediatheque.areas.accounts.models import Ticket, User
from mediatheque.areas.accounts.queries.resets import IS_GOOD_TICKET
from mediatheque.areas.accounts.rules.resets import LinkEndedError
from mediatheque.kit.crypto import hash_token, new_token

if TYPE_CHECKING:
    from datetime import timedelta
    from uuid import UUID

    from sqlalchemy import CTE

    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row


async def make_ticket(
    ctx: Context, user_id: UUID, purpose: str, lasts: timedelta, **data: object
) -> str:
    """Make a link's secret; older ones of the same purpose stop working."""
    token = new_token()
    await ctx.db.execute(
        insert(Ticket)
        .values(
            user_id=user_id,
            purpose=purpose,
            token_hash=hash_token(token),
            data=data,
            expires_at=ctx.now + lasts,
        )
        .add_cte(called_off(user_id, purpose))
    )
    return token


async def use_ticket(ctx: Context, token: str, purpose: str) -> Row:
    """Take a link's secret, once; of two at the same time one gets it. LinkEndedError."""
    found = await ctx.db.execute(
        update(Ticket)
        .where(Ticket.token_hash == hash_token(token), Ticket.purpose == purpose, IS_GOOD_TICKET)
        .values(used_at=func.now())
        .returning(Ticket.id, Ticket.user_id, Ticket.data)
    )
    row = found.mappings().one_or_none()
    if row is None:
        raise LinkEndedError(field="token")
    return dict(row)


def called_off(user_id: UUID, *purposes: str) -> CTE:
    """End a user's open links, of some purposes or all, as a part of another statement."""
    wanted = update(Ticket).where(Ticket.user_id == user_id, IS_GOOD_TICKET)
    if purposes:
        wanted = wanted.where(Ticket.purpose.in_(purposes))
    return wanted.values(used_at=func.now()).cte("called_off")


async def update_user(ctx: Context, user_id: UUID, *purposes: str, **values: object) -> bool:
    """Change an active user and end their open links, in one statement; False: no such user."""
    changed = (
        update(User)
        .where(User.id == user_id, User.is_active)
        .values(**values)
        .returning(User.id)
        .cte("changed")
    )
    # SQLAlchemy reads no rows of an UPDATE beside another one, of a SELECT it does.
    ending = called_off(user_id, *purposes)
    return await ctx.db.scalar(select(changed.c.id).add_cte(ending)) is not None
