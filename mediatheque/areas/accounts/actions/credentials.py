"""Credentials: seen and cleaned up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, func, literal, or_, update

from mediatheque.areas.accounts.events.credentials import CredentialsCleaned
from mediatheque.areas.accounts.models import Challenge, Credential, DeviceCode
from mediatheque.areas.accounts.queries import SEEN
from mediatheque.areas.accounts.rules import ENDED_ARE_KEPT
from mediatheque.core.context import public
from mediatheque.core.journal import Ref

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context

HOUR = timedelta(hours=1)
FRESH = timedelta(minutes=5)
"""A sighting younger than this is not written again."""


@public
async def see_credential(ctx: Context, credential_id: UUID, *, fresh: timedelta = FRESH) -> None:
    """Write down that a credential is in use, and move a session's end on (sliding expiry).

    A session's length of life is the distance from its last sighting to its end, which every
    sighting keeps, within its last day; a key ends when it was made to end. No event: it is a
    heartbeat, not news.
    """
    now = func.now()
    await ctx.db.execute(
        update(Credential)
        .where(
            Credential.id == credential_id,
            Credential.revoked_at.is_(None),
            now - literal(fresh) > SEEN,
        )
        .values(
            last_seen_at=now,
            expires_at=case(
                (
                    Credential.kind == "session",
                    func.least(now + (Credential.expires_at - SEEN), Credential.ends_at),
                ),
                else_=Credential.expires_at,
            ),
        )
    )


@public
async def bound_sessions(ctx: Context, at_most: timedelta) -> None:
    """No session of the application ends later than so long after it began (ASVS 5.0, 7.3.2).

    Sessions are begun with such an end; this is for those begun while another was set, or none.
    No event: what is set for the house is no news of a person. Needs a context across spaces.
    """
    last = Credential.created_at + literal(at_most)
    await ctx.db.execute(
        update(Credential)
        .where(
            Credential.kind == "session",
            Credential.audience == "app",
            Credential.revoked_at.is_(None),
            or_(Credential.ends_at.is_(None), Credential.ends_at > last),
        )
        .values(ends_at=last)
    )


@public
async def clean_credentials(ctx: Context) -> int:
    """Delete credentials that ended some weeks ago; answers how many."""
    limit = ctx.now - ENDED_ARE_KEPT
    ended = or_(
        Credential.revoked_at < limit, Credential.expires_at < limit, Credential.ends_at < limit
    )
    done = await ctx.db.execute(delete(Credential).where(ended))
    count = int(done.rowcount)
    if count:
        ctx.emit(CredentialsCleaned(ref=Ref("credential", None), after={"count": count}))
    return count


@public
async def clean_challenges(ctx: Context) -> int:
    """Delete questions and codes of devices that ended; answers how many.

    No event: strangers make them, and most are never answered.
    """
    count = 0
    for short in (Challenge, DeviceCode):
        done = await ctx.db.execute(delete(short).where(short.expires_at < ctx.now - HOUR))
        count += int(done.rowcount)
    return count
