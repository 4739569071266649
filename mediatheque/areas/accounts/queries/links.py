"""Selects about identities elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mediatheque.areas.accounts.adapters.issuers import issuers
from mediatheque.areas.accounts.models import SignInLink, User
from mediatheque.areas.accounts.queries.resets import get_ticket
from mediatheque.areas.accounts.schemas.links import LinkOffer, LinkRead, ProviderRead
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.areas.accounts.adapters.issuers import Issuer
    from mediatheque.areas.accounts.rules.links import Identity
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Row


@public
async def list_providers(ctx: ReadContext, settings: Settings) -> Listing[ProviderRead]:
    """Who vouches for people here, in the order of the setting."""
    del ctx
    return Listing(
        items=[
            ProviderRead(name=name, label=one.declared.called, kind=one.declared.kind)
            for name, one in issuers(settings).items()
        ]
    )


@public
async def find_linked(ctx: ReadContext, identity: Identity) -> Row | None:
    """``id, user_id, is_active`` of the link that an identity has."""
    return await ctx.db.row(
        select(SignInLink.id, SignInLink.user_id, User.is_active)
        .join(User, User.id == SignInLink.user_id)
        .where(SignInLink.issuer == identity.issuer, SignInLink.subject == identity.subject)
    )


@public
async def find_same_address(ctx: ReadContext, email: str) -> Row | None:
    """``id, is_active`` of whoever has an address here."""
    return await ctx.db.row(
        select(User.id, User.is_active).where(func.lower(User.email) == func.lower(email))
    )


@signed_in
async def list_links(ctx: ReadContext, settings: Settings) -> Listing[LinkRead]:
    """The identities that open the account of the user who asks."""
    rows = await ctx.db.rows(
        select(
            SignInLink.id,
            SignInLink.provider,
            SignInLink.issuer,
            SignInLink.email,
            SignInLink.name,
            SignInLink.subject,
            SignInLink.created_at,
            SignInLink.last_used_at,
        )
        .where(SignInLink.user_id == ctx.user_id)
        .order_by(SignInLink.id)
    )
    known = issuers(settings)
    return Listing(
        items=[
            LinkRead(
                label=_label(row["provider"], known, row["issuer"]),
                account=row["email"] or row["name"] or row["subject"],
                **{key: row[key] for key in ("id", "provider", "created_at", "last_used_at")},
            )
            for row in rows
        ]
    )


@public
async def get_offer(ctx: ReadContext, token: str, settings: Settings) -> LinkOffer:
    """What a ticket would tie together, for whoever holds it; LinkEndedError."""
    row = await get_ticket(ctx, token, "link")
    data = row["data"]
    return LinkOffer(
        provider=data["provider"],
        label=_label(data["provider"], issuers(settings), data["issuer"]),
        account=data["email"] or data["name"] or data["subject"],
        email=row["email"],
        needs_password=row["password_hash"] is not None,
    )


def _label(provider: str, known: Mapping[str, Issuer], otherwise: str) -> str:
    found = known.get(provider)
    return found.declared.called if found else otherwise
