"""The first set-up: an empty house offers itself to whoever reads its log."""

from __future__ import annotations

from sqlalchemy import exists, func, insert, literal, select, update

from mediatheque.areas.accounts.events.users import SetupOffered, SetupUsed
from mediatheque.areas.accounts.models import Credential, User
from mediatheque.areas.accounts.queries import IS_GOOD
from mediatheque.areas.accounts.rules import SETUP_LASTS, SetupClosedError
from mediatheque.core.context import Context, public
from mediatheque.core.journal import Ref
from mediatheque.kit.crypto import hash_token, new_token

_LOCK = 7304
"""Advisory lock: of two who set up at once, one finds the house taken."""


@public
async def offer_setup(ctx: Context) -> str | None:
    """Make a set-up token if nobody is here yet; None when somebody is.

    Each start of a web process makes one of its own: the token before is known to nobody who
    could log it again. All end when one is used.
    """
    if await ctx.db.scalar(select(exists(select(User.id)))):
        return None
    token = new_token()
    made = await ctx.db.execute(
        insert(Credential)
        .values(
            kind="setup",
            token_hash=hash_token(token),
            expires_at=func.now() + literal(SETUP_LASTS),
        )
        .returning(Credential.id)
    )
    ctx.emit(SetupOffered(ref=Ref("setup", made.scalar_one())))
    return token


@public
async def use_setup(ctx: Context, token: str) -> None:
    """Take the set-up token, and with it all others; SetupClosedError if the house is taken."""
    await ctx.db.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    is_empty = ~exists(select(User.id))
    good = await ctx.db.scalar(
        select(Credential.id).where(
            Credential.token_hash == hash_token(token),
            Credential.kind == "setup",
            IS_GOOD,
            is_empty,
        )
    )
    if good is None:
        raise SetupClosedError
    await ctx.db.execute(
        update(Credential)
        .where(Credential.kind == "setup", Credential.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )
    ctx.emit(SetupUsed(ref=Ref("setup", good)))
