"""Selects about keys."""

from __future__ import annotations

from sqlalchemy import select

from mediatheque.areas.accounts.models import Credential
from mediatheque.areas.accounts.schemas import ApiKeyRead
from mediatheque.core.context import ReadContext, signed_in
from mediatheque.kit.paging import Listing


@signed_in
async def list_api_keys(ctx: ReadContext) -> Listing[ApiKeyRead]:
    """The keys of the user who asks, also ended ones that nobody revoked; newest first."""
    rows = await ctx.db.rows(
        select(
            Credential.id,
            Credential.name,
            Credential.prefix,
            Credential.scopes,
            Credential.requests_per_minute,
            Credential.created_at,
            Credential.last_seen_at.label("last_used_at"),
            Credential.expires_at,
        )
        .where(
            Credential.user_id == ctx.user_id,
            Credential.kind == "api_key",
            Credential.revoked_at.is_(None),
        )
        .order_by(Credential.id.desc())
    )
    return Listing(items=[ApiKeyRead.model_validate(row) for row in rows])
