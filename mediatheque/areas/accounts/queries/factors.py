"""Selects about second factors and open challenges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from mediatheque.areas.accounts.models import BackupCode, Challenge, Passkey, Totp, User
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.factors import ATTEMPTS, ChallengeClosedError
from mediatheque.areas.accounts.rules.passkeys import KnownPasskey
from mediatheque.areas.accounts.schemas.factors import PasskeyRead, SecondFactorRead
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.crypto import hash_token
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from mediatheque.areas.accounts.rules import Audience
    from mediatheque.areas.accounts.rules.factors import Method
    from mediatheque.kit.db import Row

IS_OPEN: ColumnElement[bool] = and_(
    Challenge.used_at.is_(None),
    Challenge.expires_at > func.now(),
    Challenge.attempts < ATTEMPTS,
)


def factors_select(user_id: UUID) -> Select[*tuple[object, ...]]:
    """What protects a user: ``totp_since, backup_codes_left, passkeys``, one row."""
    left = select(func.count()).where(BackupCode.user_id == user_id, BackupCode.used_at.is_(None))
    keys = select(func.count()).where(Passkey.user_id == user_id)
    since = select(Totp.confirmed_at).where(Totp.user_id == user_id)
    return select(
        since.scalar_subquery().label("totp_since"),
        left.scalar_subquery().label("backup_codes_left"),
        keys.scalar_subquery().label("passkeys"),
    )


def shown(row: Row) -> SecondFactorRead:
    """A row of :func:`factors_select` as its owner sees it."""
    has = row["totp_since"] is not None
    return SecondFactorRead.model_validate(
        {**row, "totp": has, "is_enough": has or row["passkeys"] > 0}
    )


def methods_of(row: Row, audience: Audience) -> list[Method]:
    """How a user can show a second factor; empty when they have none.

    The administration takes no letters: who reads the mail would be let in by it.
    """
    found: list[Method] = []
    if row["totp_since"] is not None:
        found.append("totp")
    if row["passkeys"]:
        found.append("passkey")
    if found and row["backup_codes_left"]:
        found.append("backup_code")
    if found and audience == "app":
        found.append("email")
    return found


@signed_in
async def get_second_factor(ctx: ReadContext) -> SecondFactorRead:
    """What protects the account of the user who asks."""
    (row,) = await ctx.db.rows(factors_select(ctx.user_id))
    return shown(row)


@public
async def has_second_factor(ctx: ReadContext, user_id: UUID) -> bool:
    """Whether a password alone is not enough for a user."""
    (row,) = await ctx.db.rows(factors_select(user_id))
    return bool(methods_of(row, "app"))


@signed_in
async def list_passkeys(ctx: ReadContext) -> Listing[PasskeyRead]:
    """The passkeys of the user who asks, in the order they were added."""
    rows = await ctx.db.rows(
        select(
            Passkey.id,
            Passkey.name,
            Passkey.is_backed_up,
            Passkey.created_at,
            Passkey.last_used_at,
        )
        .where(Passkey.user_id == ctx.user_id)
        .order_by(Passkey.id)
    )
    return Listing(items=[PasskeyRead.model_validate(row) for row in rows])


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """A challenge that can still be answered, and what its answer is compared with."""

    row: Row
    backup_hash: str | None = None

    @property
    def user_id(self) -> UUID:
        """Whose second factor is asked for."""
        found: UUID = self.row["user_id"]
        return found


@public
async def get_challenge(
    ctx: ReadContext, token: str, audience: Audience, *, selector: str = ""
) -> OpenChallenge:
    """The open sign-in behind a challenge; ChallengeClosedError without one.

    ``selector`` of a backup code brings that code's hash along.
    """
    backup = (
        select(BackupCode.code_hash)
        .where(
            BackupCode.user_id == Challenge.user_id,
            BackupCode.selector == selector,
            BackupCode.used_at.is_(None),
        )
        .scalar_subquery()
    )
    row = await ctx.db.row(
        select(
            Challenge.id,
            Challenge.user_id,
            Challenge.nonce,
            Challenge.code_hash,
            (Challenge.code_ends_at > func.now()).label("is_code_fresh"),
            Totp.secret,
            Totp.last_step,
            Totp.confirmed_at,
            backup.label("backup_hash"),
        )
        .join(User, and_(User.id == Challenge.user_id, User.is_active))
        .outerjoin(Totp, Totp.user_id == User.id)
        .where(
            Challenge.token_hash == hash_token(token),
            Challenge.audience == audience,
            Challenge.purpose == "second_factor",
            IS_OPEN,
        )
    )
    if row is None:
        raise ChallengeClosedError
    return OpenChallenge(row, row["backup_hash"])


@public
async def find_passkey(ctx: ReadContext, credential: str) -> Row | None:
    """``user_id, public_key, sign_count`` of an active user's passkey."""
    return await ctx.db.row(
        select(Passkey.user_id, Passkey.public_key, Passkey.sign_count)
        .join(User, and_(User.id == Passkey.user_id, User.is_active))
        .where(Passkey.credential == credential)
    )


@public
async def find_question(
    ctx: ReadContext, token: str, purpose: str, audience: Audience
) -> Row | None:
    """``id, nonce, user_id`` of a question to a passkey that is still open."""
    return await ctx.db.row(
        select(Challenge.id, Challenge.nonce, Challenge.user_id).where(
            Challenge.token_hash == hash_token(token),
            Challenge.audience == audience,
            Challenge.purpose == purpose,
            IS_OPEN,
        )
    )


@public
async def list_known(ctx: ReadContext, user_id: UUID) -> list[KnownPasskey]:
    """The passkeys of a user, for an authenticator to choose from."""
    rows = await ctx.db.rows(
        select(Passkey.credential, Passkey.transports).where(Passkey.user_id == user_id)
    )
    return [KnownPasskey(row["credential"], row["transports"]) for row in rows]


@signed_in
async def find_totp(ctx: ReadContext) -> Row | None:
    """``secret, last_step, confirmed_at, password_hash`` of the user who asks."""
    needs_person(ctx.actor)
    return await ctx.db.row(
        select(
            User.email, User.name, User.password_hash, Totp.secret, Totp.last_step,
            Totp.confirmed_at,
        )
        .outerjoin(Totp, Totp.user_id == User.id)
        .where(User.id == ctx.user_id)
    )  # fmt: skip
