"""Paths of features that can be switched."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from mediatheque.areas.spaces.actions import flags as actions
from mediatheque.areas.spaces.queries import flags as queries
from mediatheque.areas.spaces.routes.spaces import CHANGING, HERE
from mediatheque.areas.spaces.rules.flags import NoSuchFlagError
from mediatheque.areas.spaces.schemas.flags import FlagRead, FlagUpdate
from mediatheque.core.http import Read, Write, raises
from mediatheque.core.http.admin import ReadAdmin, WriteAdmin
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.kit.errors import NotAllowedError, NotSignedInError
from mediatheque.kit.paging import Listing

flags = APIRouter(tags=["spaces"])

FlagName = Annotated[str, Path(max_length=100)]
ADMIN = (NotSignedInError, NotAllowedError)


@flags.get("/flags", summary="Features", responses=raises(*HERE))
async def list_flags(ctx: Read) -> Listing[FlagRead]:
    """What can be switched, and how it is in this space."""
    return await queries.list_flags(ctx)


@flags.put(
    "/flags/{flag}", summary="Switch a feature", responses=raises(*CHANGING, NoSuchFlagError)
)
async def set_flag(flag: FlagName, body: FlagUpdate, ctx: Write) -> FlagRead:
    """For this space; it counts from the next request on."""
    return await actions.set_flag(ctx, flag, body.enabled)


@flags.get("/admin/flags", summary="Features of the house", responses=raises(*ADMIN))
async def list_house_flags(ctx: ReadAdmin) -> Listing[FlagRead]:
    """What can be switched, and how it is where a space chose nothing."""
    return await queries.list_house_flags(ctx)


@flags.put(
    "/admin/flags/{flag}",
    summary="Switch a feature for the house",
    responses=raises(*ADMIN, BadOriginError, NoSuchFlagError),
)
async def set_house_flag(flag: FlagName, body: FlagUpdate, ctx: WriteAdmin) -> FlagRead:
    """For all spaces that did not choose themselves."""
    return await actions.set_house_flag(ctx, flag, body.enabled)
