"""Users: made, changed, with another password."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.accounts.actions.letters import here, write_to_user
from mediatheque.areas.accounts.actions.sessions import revoke_sessions
from mediatheque.areas.accounts.actions.tickets import update_user
from mediatheque.areas.accounts.events.users import PasswordChanged, UserCreated, UserUpdated
from mediatheque.areas.accounts.models import User
from mediatheque.areas.accounts.queries import USER_COLUMNS
from mediatheque.areas.accounts.rules import EmailTakenError, clean_email, needs_person
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.accounts.rules.resets import RESET_PAGE
from mediatheque.areas.accounts.schemas import UserRead, UserUpdate
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref, changes
from mediatheque.kit.errors import NotSignedInError


@public
async def create_user(  # noqa: PLR0913  (each is a property of the user)
    ctx: Context,
    *,
    email: str,
    name: str,
    password_hash: str | None,
    locale: str = "en",
    time_zone: str = "UTC",
    is_instance_owner: bool = False,
) -> UserRead:
    """Give somebody an account, without a space.

    Who may do so is decided by what calls it: set-up, a claimed invitation, a command. The hash
    comes from ``kit.crypto.hash_password``, taken before the transaction; None is a user without
    a password. Raises ValueError for what is no address, EmailTakenError for one that is taken.
    """
    row = (
        await ctx.db.execute(
            insert(User)
            .values(
                email=clean_email(email),
                name=name,
                password_hash=password_hash,
                locale=locale,
                time_zone=time_zone,
                instance_role="owner" if is_instance_owner else None,
            )
            .on_conflict_do_nothing(index_elements=[func.lower(User.email)])
            .returning(*USER_COLUMNS)
        )
    ).one_or_none()
    if row is None:
        raise EmailTakenError(field="email")
    made = UserRead.model_validate(row)
    ctx.emit(
        UserCreated(
            ref=Ref("user", made.id, made.name), after={"is_instance_owner": is_instance_owner}
        )
    )
    return made


@signed_in
async def update_me(ctx: Context, changed: UserUpdate) -> UserRead:
    """Change one's own name, language or time zone; what was not sent stays."""
    needs_person(ctx.actor)
    user: User | None = await ctx.db.entity(
        select(User).where(User.id == ctx.user_id, User.is_active).with_for_update()
    )
    if user is None:
        raise NotSignedInError
    wanted = changed.model_dump(exclude_unset=True)
    before, after = changes({key: getattr(user, key) for key in wanted}, wanted)
    for key, value in after.items():
        setattr(user, key, value)
    if after:
        ctx.emit(UserUpdated(ref=Ref("user", user.id, user.name), before=before, after=after))
    return UserRead.model_validate(user)


@signed_in
async def change_password(ctx: Context, password_hash: str) -> int:
    """Set one's new password and end one's other sessions; answers how many ended.

    The present password was asked for before (:func:`rules.is_password`), and the new one hashed,
    outside the transaction.
    """
    needs_person(ctx.actor)
    await update_user(ctx, ctx.user_id, password_hash=password_hash)
    ended = await revoke_sessions(ctx, but=ctx.actor.credential_id)
    await write_to_user(ctx, ctx.user_id, Template.PASSWORD_CHANGED, path=RESET_PAGE, **here(ctx))
    ctx.emit(
        PasswordChanged(
            ref=Ref("user", ctx.user_id, ctx.actor.name),
            after={"sessions_ended": len(ended)},
            batch=tuple(ended),
        )
    )
    return len(ended)
