"""What administrators do to people: suspend, let in again, sign out, take factors away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import any_, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from mediatheque.areas.accounts.actions.letters import here, write_to_user
from mediatheque.areas.accounts.actions.profiles import take_pin
from mediatheque.areas.accounts.actions.sessions import PRESENT
from mediatheque.areas.accounts.events.administrators import (
    AdminSessionsEnded,
    InstanceRoleChanged,
    SecondFactorReset,
    UserActivated,
    UserSignedOut,
    UserSuspended,
)
from mediatheque.areas.accounts.models import (
    BackupCode,
    Challenge,
    Credential,
    Passkey,
    Totp,
    User,
)
from mediatheque.areas.accounts.queries.sessions import IS_GOOD
from mediatheque.areas.accounts.rules.administrators import (
    NoSuchPersonError,
    check_reach,
    needs_owner,
)
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.core.context import Context, requires, signed_in
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

EVERYTHING = [*PRESENT, "api_key"]


async def _target(ctx: Context, user_id: UUID, *, may_be_self: bool = False) -> dict[str, Any]:
    row = await ctx.db.row(
        select(User.id, User.name, User.is_active, User.instance_role)
        .where(User.id == user_id)
        .with_for_update()
    )
    if row is None:
        raise NoSuchPersonError
    check_reach(ctx.actor, row, may_be_self=may_be_self)
    return row


async def _end(ctx: Context, user_id: UUID, kinds: Sequence[str]) -> int:
    """End all tokens of these kinds, of every audience, and whatever sign-in is under way."""
    done = await ctx.db.execute(
        update(Credential)
        .where(
            Credential.user_id == user_id,
            Credential.kind == any_(literal(list(kinds), ARRAY(TEXT))),
            IS_GOOD,
        )
        .values(revoked_at=func.now())
    )
    await ctx.db.execute(delete(Challenge).where(Challenge.user_id == user_id))
    return int(done.rowcount)


@requires(Permission.HOUSE_USERS_MANAGE)
async def suspend_user(ctx: Context, user_id: UUID) -> None:
    """Let somebody in no more; sessions, devices and keys are dead from the next request on.

    They stay dead when the user is activated again: whoever had them has to sign in anew.
    """
    target = await _target(ctx, user_id)
    await ctx.db.execute(update(User).where(User.id == user_id).values(is_active=False))
    ended = await _end(ctx, user_id, EVERYTHING)
    if target["is_active"]:
        ctx.emit(
            UserSuspended(ref=Ref("user", user_id, target["name"]), after={"tokens_ended": ended})
        )


@requires(Permission.HOUSE_USERS_MANAGE)
async def activate_user(ctx: Context, user_id: UUID) -> None:
    """Let somebody in again who was suspended."""
    target = await _target(ctx, user_id)
    await ctx.db.execute(update(User).where(User.id == user_id).values(is_active=True))
    if not target["is_active"]:
        ctx.emit(UserActivated(ref=Ref("user", user_id, target["name"])))


@requires(Permission.HOUSE_USERS_MANAGE)
async def sign_user_out(ctx: Context, user_id: UUID) -> None:
    """End every session and device of somebody; their API keys stay."""
    target = await _target(ctx, user_id, may_be_self=True)
    ended = await _end(ctx, user_id, PRESENT)
    ctx.emit(UserSignedOut(ref=Ref("user", user_id, target["name"]), after={"tokens_ended": ended}))


@requires(Permission.HOUSE_USERS_MANAGE)
async def reset_second_factor(ctx: Context, user_id: UUID) -> None:
    """Take authenticator, backup codes and passkeys of somebody away who has lost them.

    They are signed out everywhere, and told by letter: the password alone lets in now.
    """
    target = await _target(ctx, user_id)
    for table in (Totp, BackupCode, Passkey):
        await ctx.db.execute(delete(table).where(table.user_id == user_id))
    await _end(ctx, user_id, PRESENT)
    await write_to_user(
        ctx, user_id, Template.SECOND_FACTOR_CHANGED, path="/account/security", **here(ctx)
    )
    ctx.emit(SecondFactorReset(ref=Ref("user", user_id, target["name"])))


@requires(Permission.HOUSE_USERS_MANAGE)
async def reset_user_pin(ctx: Context, user_id: UUID, profile_id: UUID) -> None:
    """Take away the PIN of somebody's profile that nobody knows any more.

    Raises NoSuchPersonError, OwnersOnlyError, ProfileNotFoundError, NoPinError.
    """
    await _target(ctx, user_id, may_be_self=True)
    await take_pin(ctx, user_id, profile_id)


@requires(Permission.HOUSE_USERS_MANAGE)
async def change_instance_role(ctx: Context, user_id: UUID, role: str | None) -> None:
    """Give somebody a role in the house, or take it; for owners, and not to themselves.

    Sessions of the administration that they have end: they were begun under the old role.
    """
    needs_owner(ctx.actor)
    target = await _target(ctx, user_id)
    await ctx.db.execute(update(User).where(User.id == user_id).values(instance_role=role))
    await ctx.db.execute(
        update(Credential)
        .where(Credential.user_id == user_id, Credential.audience == "admin", IS_GOOD)
        .values(revoked_at=func.now())
    )
    ctx.emit(
        InstanceRoleChanged(
            ref=Ref("user", user_id, target["name"]),
            before={"role": target["instance_role"]},
            after={"role": role},
        )
    )


@signed_in
async def end_admin_sessions(ctx: Context, *, everybody: bool = False) -> int:
    """End one's own sessions of the administration, this one too; as an owner also all."""
    if everybody:
        needs_owner(ctx.actor)
    wanted = update(Credential).where(Credential.audience == "admin", IS_GOOD)
    if not everybody:
        wanted = wanted.where(Credential.user_id == ctx.user_id)
    done = await ctx.db.execute(wanted.values(revoked_at=func.now()))
    count = int(done.rowcount)
    ctx.emit(
        AdminSessionsEnded(
            ref=Ref("user", ctx.user_id, ctx.actor.name),
            after={"everybody": everybody, "count": count},
        )
    )
    return count
