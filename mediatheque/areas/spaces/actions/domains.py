"""Host names of a space: claimed, proven, given up."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from mediatheque.areas.spaces.events.care import DomainAdded, DomainRemoved, DomainVerified
from mediatheque.areas.spaces.models import Domain
from mediatheque.areas.spaces.queries.domains import get_domain, shown
from mediatheque.areas.spaces.rules.care import HostTakenError, NotVerifiedError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.spaces.schemas.care import DomainRead


@requires(Permission.SPACE_EDIT)
async def add_domain(ctx: Context, host: str, house: str = "") -> DomainRead:
    """Claim a host name; it counts once it is proven. The house's own names are nobody's."""
    if house and (host == house or host.endswith(f".{house}")):
        raise HostTakenError(field="host")
    known = await ctx.db.scalar(
        select(Domain.id).where(Domain.space_id == ctx.space_id, Domain.host == host)
    )
    if known is not None:
        raise HostTakenError(field="host")
    domain_id = uuid7()
    await ctx.db.execute(
        insert(Domain).values(
            space_id=ctx.space_id,
            id=domain_id,
            host=host,
            token=secrets.token_urlsafe(32),
            created_by=ctx.actor.id,
        )
    )
    ctx.emit(DomainAdded(ref=Ref("domain", domain_id, host), after={"host": host}))
    return shown(await get_domain(ctx, domain_id))


@requires(Permission.SPACE_EDIT)
async def verify_domain(ctx: Context, domain_id: UUID, *, is_proven: bool) -> DomainRead:
    """Take a host name into use; ``is_proven``: the file was found, before the transaction.

    Raises NotVerifiedError, and HostTakenError where another space was first.
    """
    row = await get_domain(ctx, domain_id)
    if row["verified_at"] is not None:
        return shown(row)
    if not is_proven:
        raise NotVerifiedError(details={"host": row["host"]})
    try:
        async with ctx.db.session.begin_nested():
            await ctx.db.execute(
                update(Domain)
                .where(Domain.space_id == ctx.space_id, Domain.id == domain_id)
                .values(verified_at=func.now())
            )
    except IntegrityError as error:
        raise HostTakenError(field="host") from error
    ctx.emit(DomainVerified(ref=Ref("domain", domain_id, row["host"]), after={"host": row["host"]}))
    return shown(await get_domain(ctx, domain_id))


@requires(Permission.SPACE_EDIT)
async def remove_domain(ctx: Context, domain_id: UUID) -> None:
    """Give a host name up; it leads here no more at the next request."""
    row = await get_domain(ctx, domain_id)
    await ctx.db.execute(
        delete(Domain).where(Domain.space_id == ctx.space_id, Domain.id == domain_id)
    )
    ctx.emit(DomainRemoved(ref=Ref("domain", domain_id, row["host"]), before={"host": row["host"]}))
