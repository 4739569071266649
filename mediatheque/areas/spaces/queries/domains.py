"""Selects about host names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from mediatheque.areas.spaces.adapters.proofs import proof_of, proof_url
from mediatheque.areas.spaces.models import Domain
from mediatheque.areas.spaces.rules.care import NoSuchDomainError
from mediatheque.areas.spaces.schemas.care import DomainRead
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from mediatheque.kit.db import Database, Row

_VERIFIED = text("SELECT host FROM spaces_domains WHERE verified_at IS NOT NULL")


@public
async def list_hosts(database: Database) -> list[str]:
    """Every verified host name: what requests may call the house besides its own name."""
    return [row["host"] for row in await database.across().rows(_VERIFIED)]


def domains_select(space_id: UUID) -> Select[*tuple[Any, ...]]:
    """The space's host names, oldest first."""
    return (
        select(Domain.id, Domain.host, Domain.token, Domain.created_at, Domain.verified_at)
        .where(Domain.space_id == space_id)
        .order_by(Domain.id)
    )


def shown(row: Row) -> DomainRead:
    """A row as its wire shape; the proof is shown until it was found."""
    is_verified = row["verified_at"] is not None
    return DomainRead(
        id=row["id"],
        host=row["host"],
        is_verified=is_verified,
        proof_url=None if is_verified else proof_url(row["host"]),
        proof=None if is_verified else proof_of(row["token"]),
        created_at=row["created_at"],
    )


@requires(Permission.SPACE_EDIT)
async def list_domains(ctx: ReadContext, house: str = "") -> Listing[DomainRead]:
    """The sub-domain of the house's host name, if that has one, and the space's own domains."""
    rows = await ctx.db.rows(domains_select(ctx.space_id))
    found = [shown(row) for row in rows]
    if house and ctx.space is not None:
        sub = f"{ctx.space.slug}.{house}"
        below = DomainRead(
            id=None, host=sub, is_verified=True, proof_url=None, proof=None, created_at=None
        )
        found.insert(0, below)
    return Listing(items=found)


@requires(Permission.SPACE_EDIT)
async def get_domain(ctx: ReadContext, domain_id: UUID) -> Row:
    """``id, host, token, verified_at`` of a host name that the space claims."""
    row = await ctx.db.row(domains_select(ctx.space_id).where(Domain.id == domain_id))
    if row is None:
        raise NoSuchDomainError
    return row
