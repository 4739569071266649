"""Giving a library to another space."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from mediatheque.areas.library.actions import transfer as actions
from mediatheque.areas.library.rules.refusals import (
    LibraryNameTakenError,
    NoSuchLibraryError,
    SameSpaceError,
)
from mediatheque.areas.library.schemas.libraries import TransferRequest, TransferSummary
from mediatheque.core.context import Context, NoSpaceError, Space, require
from mediatheque.core.edge import read_context, write_context
from mediatheque.core.http import Client, raises
from mediatheque.core.http.contexts import BadOriginError, check_origin, identify, identify_in
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import QuotaReachedError
from mediatheque.kit.errors import NotAllowedError, NotFoundError, NotSignedInError

router = APIRouter(prefix="/libraries", tags=["library"])


async def both(request: Request) -> AsyncIterator[Context]:
    """A transaction across spaces, for one who acts in theirs."""
    found = await identify(request)
    check_origin(request, found)
    async with write_context(
        Client.of(request).database,
        actor=found.actor,
        space=found.space,
        grants=found.grants,
        across=True,
    ) as context:
        yield context


async def target(body: TransferRequest, request: Request) -> Space | None:
    """The other space, where who asks manages libraries too; None where it is not theirs."""
    try:
        there = await identify_in(request, body.space)
    except NotFoundError:
        return None
    if there.space is not None:
        context = read_context(
            Client.of(request).database,
            actor=there.actor,
            space=there.space,
            grants=there.grants,
        )
        require(context, Permission.LIBRARY_MANAGE)
        require(context, Permission.LIBRARY_COPY_CREATE)
    return there.space


@router.post(
    "/{library_id}/transfer",
    summary="Give a library to another space",
    responses=raises(
        NotSignedInError,
        NotAllowedError,
        NoSpaceError,
        BadOriginError,
        NoSuchLibraryError,
        LibraryNameTakenError,
        SameSpaceError,
        QuotaReachedError,
    ),
)
async def transfer_library(
    library_id: UUID,
    body: TransferRequest,
    ctx: Annotated[Context, Depends(both, scope="function")],
    to: Annotated[Space | None, Depends(target)],
    response: Response,
) -> TransferSummary:
    """A rehearsal says what would go and what is found there; then, 202, it is done.

    You manage libraries in both spaces. Copies and their loans move; works and editions are found
    or made there, with posters and covers; the works stay here too.
    """
    if to is None:
        raise NotFoundError("There is no such space.", field="space")
    summary = await actions.rehearse_transfer(ctx, library_id, to)
    if not body.rehearse:
        await actions.request_transfer(ctx, library_id, to)
        response.status_code = 202
    return summary
