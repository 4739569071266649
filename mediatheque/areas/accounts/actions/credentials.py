"""Credentials: seen and cleaned up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, func, literal, update

from mediatheque.areas.accounts.models import Credential
from mediatheque.core.context import public

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context

FRESH = timedelta(minutes=5)
"""A sighting younger than this is not written again."""


@public
async def see_credential(ctx: Context, credential_id: UUID) -> None:
    """Write down that a credential is in use, and move a session's end on (sliding expiry).

    A session's length of life is the distance from its last sighting to its end, which every
    sighting keeps; a key ends when it was made to end. No event: it is a heartbeat, not news.
    """
    seen = func.coalesce(Credential.last_seen_at, Credential.created_at)
    now = func.now()
    await ctx.db.execute(
        update(Credential)
        .where(
            Credential.id == credential_id,
            Credential.revoked_at.is_(None),
            seen < now - literal(FRESH),
        )
        .values(
            last_seen_at=now,
            expires_at=case(
                (Credential.kind == "session", now + (Credential.expires_at - seen)),
                else_=Credential.expires_at,
            ),
        )
    )
