"""Who administers the house: the one statement before every request of the admin audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.areas.accounts.schemas.administrators import AdministratorRead
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.crypto import hash_token
from mediatheque.kit.errors import NotSignedInError

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.kit.db import Database, Row

_ADMINISTRATOR = text(
    """
    SELECT c.id AS credential_id, coalesce(c.last_seen_at, c.created_at) AS seen_at,
           u.id AS user_id, u.name AS user_name, u.instance_role
    FROM accounts_credentials c
    JOIN accounts_users u ON u.id = c.user_id AND u.is_active AND u.instance_role IS NOT NULL
    WHERE c.token_hash = :token_hash
      AND c.audience = 'admin'
      AND c.kind = 'session'
      AND c.revoked_at IS NULL
      AND c.expires_at > now()
      AND c.ends_at > now()
    """
)
_ROLE = text("SELECT instance_role FROM accounts_users WHERE id = :id AND is_active")
_ME = text(
    """
    SELECT u.id, u.email, u.name, u.instance_role AS role, c.expires_at, c.ends_at
    FROM accounts_users u JOIN accounts_credentials c ON c.user_id = u.id
    WHERE c.id = :id
    """
)


@public
async def find_administrator(database: Database, *, token: str) -> Row | None:
    """Whose admin session a token is; nothing for any other credential."""
    found = await database.across().rows(_ADMINISTRATOR.bindparams(token_hash=hash_token(token)))
    return found[0] if found else None


@public
async def find_instance_role(ctx: ReadContext, user_id: UUID) -> str | None:
    """A user's role in the house, if they have one."""
    found: str | None = await ctx.db.scalar(_ROLE.bindparams(id=user_id))
    return found


@signed_in
async def get_administrator(ctx: ReadContext, csrf: str) -> AdministratorRead:
    """Who administers, and until when without a pause and in any case."""
    row = await ctx.db.row(_ME.bindparams(id=ctx.actor.credential_id))
    if row is None:
        raise NotSignedInError
    return AdministratorRead.model_validate(
        {**row, "csrf_token": csrf, "permissions": sorted(ctx.grants)}
    )
