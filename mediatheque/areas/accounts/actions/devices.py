"""Devices: asking to come in, let in by a person, kept in by tokens that rotate.

RFC 8628 (device authorization), RFC 6749 section 6 with the rotation of RFC 9700 section 4.14.2,
RFC 7009 (revocation). What a device is refused is an answer, not an exception: it may have to be
remembered that it asked, and an exception would undo that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import any_, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from mediatheque.areas.accounts.actions.letters import here, write_to_user
from mediatheque.areas.accounts.events.devices import (
    DeviceDecided,
    DeviceReuseFound,
    DeviceRevoked,
    DeviceSignedIn,
)
from mediatheque.areas.accounts.models import Credential, DeviceCode, User
from mediatheque.areas.accounts.queries.devices import device_read, waiting
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.devices import (
    ACCESS_LASTS,
    CODE_LASTS,
    POLL_SECONDS,
    SLOWER_BY,
    DeviceDecidedError,
    new_user_code,
    plain_user_code,
)
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.accounts.rules.proofs import needs_proof
from mediatheque.areas.accounts.schemas.devices import TokenRead, TokenRefused
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.crypto import hash_token, new_token

if TYPE_CHECKING:
    from typing import Literal
    from uuid import UUID

    from mediatheque.areas.accounts.schemas.devices import DeviceRead
    from mediatheque.kit.db import Row

ACCESS_PREFIX = "ma"
REFRESH_PREFIX = "mr"
SECOND = timedelta(seconds=1)
_TOKENS = ["device", "refresh"]
_INVALID = TokenRefused(error="invalid_grant", error_description="This token is not valid.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The two codes of a device that waits; known at this moment only."""

    device_code: str
    user_code: str


@public
async def ask_for_device(ctx: Context, name: str) -> Asked:
    """Have a device wait for somebody who types its code.

    No event: anybody may ask, and nothing has happened until somebody decides.
    """
    asked = Asked(new_token(), new_user_code())
    await ctx.db.execute(
        insert(DeviceCode).values(
            device_hash=hash_token(asked.device_code),
            user_hash=hash_token(plain_user_code(asked.user_code)),
            name=name,
            ip=ctx.actor.ip,
            user_agent=ctx.actor.user_agent,
            poll_seconds=POLL_SECONDS,
            expires_at=func.now() + literal(CODE_LASTS),
        )
    )
    return asked


@signed_in
async def decide_device(
    ctx: Context, typed: str, decision: Literal["approved", "denied"]
) -> DeviceRead:
    """Let the device in that waits with a code, or don't; once."""
    needs_person(ctx.actor)
    if decision == "approved":
        needs_proof(ctx.actor, ctx.now)
    row = await ctx.db.row(waiting(typed).with_for_update())
    device = device_read(row)
    if row is not None and row["decision"] is not None:
        raise DeviceDecidedError
    await ctx.db.execute(
        update(DeviceCode)
        .where(DeviceCode.id == device.id)
        .values(decision=decision, user_id=ctx.user_id)
    )
    ctx.emit(
        DeviceDecided(
            ref=Ref("device", device.id, device.name or device.device),
            after={"decision": decision, "name": device.name},
        )
    )
    return device


@public
async def redeem_device(
    ctx: Context, device_code: str, *, lasts: timedelta
) -> TokenRead | TokenRefused:
    """Exchange the code of a device that was let in for its first tokens, once."""
    row = await ctx.db.row(
        select(
            DeviceCode.id,
            DeviceCode.name,
            DeviceCode.decision,
            DeviceCode.user_id,
            DeviceCode.poll_seconds,
            DeviceCode.redeemed_at,
            (DeviceCode.expires_at <= func.now()).label("is_over"),
            (
                DeviceCode.polled_at + DeviceCode.poll_seconds * literal(SECOND)
                > func.clock_timestamp()
            ).label("is_early"),
        )
        .where(DeviceCode.device_hash == hash_token(device_code))
        .with_for_update()
    )
    if row is None or row["redeemed_at"] is not None:
        return _INVALID
    if row["is_over"]:
        return TokenRefused(error="expired_token", error_description="Ask for a new code.")
    if row["decision"] == "denied":
        return TokenRefused(error="access_denied", error_description="Somebody said no.")
    if row["decision"] is None:
        return await _not_yet(ctx, row)
    await ctx.db.execute(
        update(DeviceCode).where(DeviceCode.id == row["id"]).values(redeemed_at=func.now())
    )
    owner = await _owner(ctx, row["user_id"])
    if owner is None:
        return _INVALID
    family = await ctx.db.scalar(select(func.uuidv7()))
    tokens = await _tokens(ctx, owner, row, family, lasts)
    # Somebody may have been talked into typing a stranger's code: so it is always told.
    told = here(ctx) | {"device": row["name"] or here(ctx)["device"]}
    await write_to_user(ctx, owner["id"], Template.NEW_DEVICE, path="/account/security", **told)
    ctx.emit(DeviceSignedIn(ref=Ref("device", family, row["name"]), after={"name": row["name"]}))
    return tokens


async def _not_yet(ctx: Context, row: Row) -> TokenRefused:
    """Nobody decided yet; who asks too early has to wait longer from now on."""
    slower = SLOWER_BY if row["is_early"] else 0
    await ctx.db.execute(
        update(DeviceCode)
        .where(DeviceCode.id == row["id"])
        .values(polled_at=func.clock_timestamp(), poll_seconds=row["poll_seconds"] + slower)
    )
    if slower:
        return TokenRefused(
            error="slow_down",
            error_description=f"Ask every {row['poll_seconds'] + slower} seconds.",
        )
    return TokenRefused(error="authorization_pending")


async def _owner(ctx: Context, user_id: UUID) -> Row | None:
    return await ctx.db.row(
        select(User.id, User.name).where(User.id == user_id, User.is_active).with_for_update()
    )


async def _tokens(
    ctx: Context, owner: Row, known: Row, family: UUID, lasts: timedelta
) -> TokenRead:
    """Make the next pair of a family; the context goes on as its owner.

    ``known`` has the device's ``name`` and, from the pair before, its ``profile_id``: a new token
    is no way out of a child's profile.
    """
    access, refresh = new_token(ACCESS_PREFIX), new_token(REFRESH_PREFIX)
    made = await ctx.db.execute(
        insert(Credential).returning(Credential.id),
        [
            {
                "user_id": owner["id"],
                "kind": kind,
                "family": family,
                "token_hash": hash_token(token),
                "name": known["name"],
                "profile_id": known.get("profile_id"),
                "ip": ctx.actor.ip,
                "user_agent": ctx.actor.user_agent,
                "expires_at": ctx.now + life,
            }
            for kind, token, life in (
                ("device", access, ACCESS_LASTS),
                ("refresh", refresh, lasts),
            )
        ],
    )
    ctx.actor = replace(
        ctx.actor,
        kind="user",
        id=owner["id"],
        name=owner["name"],
        credential_id=made.scalars().first(),
    )
    return TokenRead(
        access_token=access,
        expires_in=int(ACCESS_LASTS.total_seconds()),
        refresh_token=refresh,
    )


@public
async def refresh_device(
    ctx: Context, refresh_token: str, *, lasts: timedelta
) -> TokenRead | TokenRefused:
    """Exchange a refresh token for the next pair; the pair before it is worth nothing any more.

    A token that was exchanged before is in two hands: its whole family ends, which is news; that
    a device stays signed in, hour by hour, is none.
    """
    row = await ctx.db.row(
        select(
            Credential.id,
            Credential.user_id,
            Credential.family,
            Credential.name,
            Credential.profile_id,
            Credential.used_at,
            Credential.revoked_at,
            (Credential.expires_at <= func.now()).label("is_over"),
        )
        .where(Credential.token_hash == hash_token(refresh_token), Credential.kind == "refresh")
        .with_for_update()
    )
    if row is None or row["revoked_at"] is not None:
        return _INVALID
    owner = await _owner(ctx, row["user_id"])
    if row["used_at"] is not None:
        await _end_family(ctx, row["family"])
        ctx.emit(DeviceReuseFound(ref=Ref("device", row["family"], row["name"])))
        return _INVALID
    if row["is_over"] or owner is None:
        return _INVALID
    await ctx.db.execute(
        update(Credential).where(Credential.id == row["id"]).values(used_at=func.now())
    )
    await ctx.db.execute(
        update(Credential)
        .where(Credential.family == row["family"], Credential.kind == "device")
        .values(revoked_at=func.coalesce(Credential.revoked_at, func.now()))
    )
    return await _tokens(ctx, owner, row, row["family"], lasts)


async def _end_family(ctx: Context, family: UUID) -> None:
    await ctx.db.execute(
        update(Credential)
        .where(Credential.family == family, Credential.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


@public
async def revoke_token(ctx: Context, token: str) -> None:
    """Sign a device out by one of its tokens; an unknown one is no error (RFC 7009, 2.2)."""
    row = await ctx.db.row(
        select(Credential.family, Credential.name).where(
            Credential.token_hash == hash_token(token),
            Credential.kind == any_(literal(_TOKENS, ARRAY(TEXT))),
            Credential.revoked_at.is_(None),
        )
    )
    if row is None:
        return
    await _end_family(ctx, row["family"])
    ctx.emit(DeviceRevoked(ref=Ref("device", row["family"], row["name"])))
