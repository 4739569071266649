"""Selects about users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from mediatheque.areas.accounts.models import User
from mediatheque.areas.accounts.schemas import SetupState, UserRead
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.errors import NotSignedInError

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from mediatheque.kit.db import Row


USER_COLUMNS = (
    User.id,
    User.email,
    User.name,
    User.locale,
    User.time_zone,
    User.is_instance_owner,
    User.instance_role,
    User.verified_at.is_not(None).label("is_verified"),
    User.password_hash.is_not(None).label("has_password"),
)


def user_select(user_id: UUID) -> Select[UUID, str, str, str, str, bool, str | None, bool, bool]:
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
