"""Selects about users, sessions and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, or_, select

from mediatheque.areas.accounts.models import Credential, User
from mediatheque.areas.accounts.schemas import ApiKeyRead, SessionInfo, SetupState, UserRead
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.errors import NotSignedInError
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from mediatheque.kit.db import Row

SEEN = func.coalesce(Credential.last_seen_at, Credential.created_at)
IS_GOOD: ColumnElement[bool] = Credential.revoked_at.is_(None) & or_(
    Credential.expires_at.is_(None), Credential.expires_at > func.now()
)
"""The credential still opens something."""

USER_COLUMNS = (
    User.id,
    User.email,
    User.name,
    User.locale,
    User.time_zone,
    User.is_instance_owner,
)


def user_select(user_id: UUID) -> Select[UUID, str, str, str, str, bool]:
    """The columns of a :class:`UserRead`, for a batch with other selects."""
    return select(*USER_COLUMNS).where(User.id == user_id)


@signed_in
async def get_me(ctx: ReadContext) -> UserRead:
    """The user who asks."""
    row = await ctx.db.row(user_select(ctx.user_id))
    if row is None:
        raise NotSignedInError
    return UserRead.model_validate(row)


@public
async def find_login(ctx: ReadContext, email: str) -> Row | None:
    """``id, name, password_hash`` of the active user with an address, in any case."""
    return await ctx.db.row(
        select(User.id, User.name, User.password_hash).where(
            func.lower(User.email) == func.lower(email), User.is_active
        )
    )


@signed_in
async def find_my_password(ctx: ReadContext) -> Row | None:
    """``email, password_hash`` of the user who asks."""
    return await ctx.db.row(
        select(User.email, User.password_hash).where(User.id == ctx.user_id, User.is_active)
    )


@public
async def find_user_id(ctx: ReadContext, email: str) -> UUID | None:
    """The id of the user with an address (for commands and the demonstration)."""
    found: UUID | None = await ctx.db.scalar(
        select(User.id).where(func.lower(User.email) == func.lower(email))
    )
    return found


@public
async def get_setup(ctx: ReadContext) -> SetupState:
    """Whether nobody is here yet."""
    return SetupState(needed=not await ctx.db.scalar(select(exists(select(User.id)))))


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


@signed_in
async def list_api_keys(ctx: ReadContext) -> Listing[ApiKeyRead]:
    """The keys of the user who asks, also ended ones that nobody revoked; newest first."""
    rows = await ctx.db.rows(
        select(
            Credential.id,
            Credential.name,
            Credential.prefix,
            Credential.scopes,
            Credential.created_at,
            Credential.last_seen_at.label("last_used_at"),
            Credential.expires_at,
        )
        .where(
            Credential.user_id == ctx.user_id,
            Credential.kind == "api_key",
            Credential.revoked_at.is_(None),
        )
        .order_by(Credential.id.desc())
    )
    return Listing(items=[ApiKeyRead.model_validate(row) for row in rows])
