"""API keys: made, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from mediatheque.areas.accounts.events.credentials import ApiKeyMade, ApiKeyRevoked
from mediatheque.areas.accounts.models import Credential
from mediatheque.areas.accounts.queries import IS_GOOD
from mediatheque.areas.accounts.rules import (
    KEY_PREFIX,
    KEYS_PER_USER,
    SHOWN_CHARACTERS,
    KeyExpiryError,
    ScopeNotHeldError,
    TooManyKeysError,
    needs_person,
)
from mediatheque.areas.accounts.schemas import ApiKeyCreate, ApiKeyCreated
from mediatheque.core.context import Context, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.crypto import hash_token, new_token
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID


@signed_in
async def create_api_key(
    ctx: Context,
    wanted: ApiKeyCreate,
    *,
    held: frozenset[str],
    profile_id: UUID | None = None,
) -> ApiKeyCreated:
    """Make a key that acts as its owner, with at most its scopes; the answer alone shows it.

    ``held`` are the permissions that the owner has anywhere. At each use the key has those of
    its scopes that the owner's role then has in the space of the request. ``profile_id`` is a
    profile of the owner's whose limit holds for the key too.
    """
    needs_person(ctx.actor)
    scopes = None if wanted.scopes is None else sorted({str(one) for one in wanted.scopes})
    if not held.issuperset(scopes or ()):
        foreign = sorted(set(scopes or ()) - held)
        raise ScopeNotHeldError(field="scopes", details={"scopes": foreign})
    if wanted.expires_at is not None and wanted.expires_at <= ctx.now:
        raise KeyExpiryError(field="expires_at")
    await _check_number(ctx)
    key = new_token(KEY_PREFIX)
    row = (
        await ctx.db.execute(
            insert(Credential)
            .values(
                user_id=ctx.user_id,
                profile_id=profile_id,
                kind="api_key",
                token_hash=hash_token(key),
                prefix=key[:SHOWN_CHARACTERS],
                name=wanted.name,
                scopes=scopes,
                requests_per_minute=wanted.requests_per_minute,
                ip=ctx.actor.ip,
                user_agent=ctx.actor.user_agent,
                expires_at=wanted.expires_at,
            )
            .returning(
                Credential.id,
                Credential.name,
                Credential.prefix,
                Credential.scopes,
                Credential.requests_per_minute,
                Credential.created_at,
                Credential.last_seen_at.label("last_used_at"),
                Credential.expires_at,
            )
        )
    ).one()
    ctx.emit(
        ApiKeyMade(
            ref=Ref("api_key", row.id, row.name), after={"prefix": row.prefix, "scopes": scopes}
        )
    )
    return ApiKeyCreated.model_validate({**row._mapping, "key": key})  # noqa: SLF001  (its public name)


async def _check_number(ctx: Context) -> None:
    held = await ctx.db.scalar(
        select(func.count()).where(
            Credential.user_id == ctx.user_id, Credential.kind == "api_key", IS_GOOD
        )
    )
    if held >= KEYS_PER_USER:
        raise TooManyKeysError


@signed_in
async def revoke_api_key(ctx: Context, key_id: UUID) -> None:
    """End one of one's own keys; its next request is refused."""
    needs_person(ctx.actor)
    name = (
        await ctx.db.execute(
            update(Credential)
            .where(
                Credential.id == key_id,
                Credential.user_id == ctx.user_id,
                Credential.kind == "api_key",
                Credential.revoked_at.is_(None),
            )
            .values(revoked_at=func.now())
            .returning(Credential.name)
        )
    ).scalar_one_or_none()
    if name is None:
        raise NotFoundError("You have no such key.")
    ctx.emit(ApiKeyRevoked(ref=Ref("api_key", key_id, name)))
