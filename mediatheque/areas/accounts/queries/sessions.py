"""Selects about credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, or_, select

from mediatheque.areas.accounts.models import Credential, User
from mediatheque.areas.accounts.schemas import SessionInfo
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


SEEN = func.coalesce(Credential.last_seen_at, Credential.created_at)


IS_GOOD: ColumnElement[bool] = Credential.revoked_at.is_(None) & or_(
    Credential.expires_at.is_(None), Credential.expires_at > func.now()
)
"""The credential still opens something."""


@public
async def is_setup_token(ctx: ReadContext, token_hash: str) -> bool:
    """Whether a set-up token still opens the empty house."""
    return bool(
        await ctx.db.scalar(
            select(
                exists().where(
                    Credential.token_hash == token_hash, Credential.kind == "setup", IS_GOOD
                )
                & ~exists(select(User.id))
            )
        )
    )


@signed_in
async def list_sessions(ctx: ReadContext) -> Listing[SessionInfo]:
    """Where the user who asks is signed in, the last seen first."""
    rows = await ctx.db.rows(
        select(
            Credential.id,
            Credential.created_at,
            SEEN.label("last_seen_at"),
            Credential.expires_at,
            Credential.ip,
            Credential.user_agent,
            (Credential.id == ctx.actor.credential_id).label("is_current"),
        )
        .where(Credential.user_id == ctx.user_id, Credential.kind == "session", IS_GOOD)
        .order_by(SEEN.desc(), Credential.id)
    )
    return Listing(items=[SessionInfo.model_validate(row) for row in rows])
