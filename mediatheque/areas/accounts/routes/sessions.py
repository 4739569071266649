"""Where one is signed in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.accounts import queries
from mediatheque.areas.accounts.actions import sessions
from mediatheque.areas.accounts.routes.account import MINE
from mediatheque.areas.accounts.schemas import (
    SessionFilter,
    SessionInfo,
)
from mediatheque.core.http import ReadPublic, WritePublic, raises
from mediatheque.core.http.limits import SESSION_LIST, SIGN_OUT, SIGN_OUT_EVERYWHERE, rated
from mediatheque.kit.errors import NotFoundError, NotSignedInError
from mediatheque.kit.paging import Listing

router = APIRouter(prefix="/auth/sessions", tags=["accounts"])


@router.get("", summary="Where am I signed in?", responses=raises(NotSignedInError))
@rated(SESSION_LIST)
async def list_sessions(ctx: ReadPublic) -> Listing[SessionInfo]:
    """The last seen first."""
    return await queries.list_sessions(ctx)


@router.delete("", status_code=204, summary="End my sessions", responses=raises(*MINE))
@rated(SIGN_OUT_EVERYWHERE)
async def end_sessions(which: Annotated[SessionFilter, Query()], ctx: WritePublic) -> None:
    """All but this one, or all with ``keep_current=false``."""
    await sessions.end_sessions(ctx, keep_current=which.keep_current)


@router.delete(
    "/{session_id}",
    status_code=204,
    summary="End one of my sessions",
    responses=raises(*MINE, NotFoundError),
)
@rated(SIGN_OUT)
async def end_session(session_id: UUID, ctx: WritePublic) -> None:
    """Its next request is answered with 401."""
    await sessions.end_session(ctx, session_id)
