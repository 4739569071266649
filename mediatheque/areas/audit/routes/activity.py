"""The path of the activity feed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from mediatheque.areas.audit.queries import activity as queries
from mediatheque.areas.audit.schemas.activity import ActivityFilter, ActivityRead
from mediatheque.core.context import NoSpaceError
from mediatheque.core.http import Read, house_of, raises
from mediatheque.kit.errors import NotAllowedError, NotFoundError, NotSignedInError
from mediatheque.kit.paging import BadCursorError, Feed

activity = APIRouter(prefix="/activity", tags=["audit"])


@activity.get(
    "",
    summary="What happened",
    responses=raises(
        BadCursorError, NoSpaceError, NotSignedInError, NotAllowedError, NotFoundError
    ),
)
async def list_activity(
    ctx: Read, wanted: Annotated[ActivityFilter, Query()], request: Request
) -> Feed[ActivityRead]:
    """Everything that was written in the space, newest first, in words."""
    return await queries.list_activity(ctx, wanted, house_of(request).labels)
