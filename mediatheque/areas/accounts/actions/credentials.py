"""Credentials: seen and cleaned up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, func, literal, or_, update

from mediatheque.areas.accounts.events.credentials import CredentialsCleaned
from mediatheque.areas.accounts.models import Credential
from mediatheque.areas.accounts.queries import SEEN
from mediatheque.areas.accounts.rules import ENDED_ARE_KEPT
from mediatheque.core.context import public
from mediatheque.core.journal import Ref

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
    now = func.now()
    await ctx.db.execute(
        update(Credential)
        .where(
            Credential.id == credential_id,
            Credential.revoked_at.is_(None),
            now - literal(FRESH) > SEEN,
        )
        .values(
            last_seen_at=now,
            expires_at=case(
                (Credential.kind == "session", now + (Credential.expires_at - SEEN)),
                else_=Credential.expires_at,
            ),
        )
    )


@public
async def clean_credentials(ctx: Context) -> int:
    """Delete credentials that ended some weeks ago; answers how many."""
    limit = ctx.now - ENDED_ARE_KEPT
    done = await ctx.db.execute(
        delete(Credential).where(or_(Credential.revoked_at < limit, Credential.expires_at < limit))
    )
    count = int(done.rowcount)
    if count:
        ctx.emit(CredentialsCleaned(ref=Ref("credential", None), after={"count": count}))
    return count
