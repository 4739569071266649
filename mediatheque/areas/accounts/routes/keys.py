"""Paths of API keys."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from mediatheque.areas.accounts import queries
from mediatheque.areas.accounts.actions import keys
from mediatheque.areas.accounts.routes.account import MINE
from mediatheque.areas.accounts.schemas import (
    ApiKeyRead,
)
from mediatheque.core.http import ReadPublic, WritePublic, raises
from mediatheque.kit.errors import NotFoundError, NotSignedInError
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/api-keys", tags=["accounts"])


@router.get("", summary="My API keys", responses=raises(NotSignedInError))
async def list_api_keys(ctx: ReadPublic) -> Listing[ApiKeyRead]:
    """Newest first, without their secrets."""
    return await queries.list_api_keys(ctx)


@router.delete(
    "/{key_id}",
    status_code=204,
    summary="Revoke one of my API keys",
    responses=raises(*MINE, NotFoundError),
)
async def revoke_api_key(key_id: UUID, ctx: WritePublic) -> None:
    """Its next request is answered with 401."""
    await keys.revoke_api_key(ctx, key_id)
