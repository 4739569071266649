"""Paths of the outbox: what letters wait, and what they say where nobody carries them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from mediatheque.areas.accounts.actions import letters as actions
from mediatheque.areas.accounts.queries import letters as queries
from mediatheque.areas.accounts.rules.letters import LetterGoneError, NotTheOwnerError
from mediatheque.areas.accounts.schemas.letters import (
    LetterFilter,
    LetterRead,
    LetterSummary,
    PostRead,
)
from mediatheque.core.http import (
    Client,
    ReadAdmin,
    ReadPublic,
    WriteAdmin,
    WritePublic,
    raises,
)
from mediatheque.core.http.admin import AdminSignInError, NetworkNotAllowedError
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.kit.errors import NotFoundError, NotSignedInError
from mediatheque.kit.paging import BadCursorError, Feed

router = APIRouter(prefix="/letters", tags=["accounts"])
admin = APIRouter(prefix="/admin/letters", tags=["accounts"])
"""The same for the administration; what a letter says is not shown there."""

OWNERS = (NotSignedInError, NotTheOwnerError)
ADMINS = (AdminSignInError, NotTheOwnerError, NetworkNotAllowedError)


@router.get("", summary="The outbox", responses=raises(*OWNERS, BadCursorError))
async def list_letters(
    ctx: ReadPublic, wanted: Annotated[LetterFilter, Query()]
) -> Feed[LetterSummary]:
    """Letters of this house and what became of them, newest first; for its owner."""
    return await queries.list_letters(ctx, wanted)


@router.get("/post", summary="Do letters leave the house?", responses=raises(*OWNERS))
async def get_post(ctx: ReadPublic, request: Request) -> PostRead:
    """Whether there is a mail server, and how many letters are not sent."""
    return await queries.get_post(ctx, Client.of(request).settings)


@router.post(
    "/test", status_code=204, summary="Try it out", responses=raises(*OWNERS, BadOriginError)
)
async def write_test_letter(ctx: WritePublic) -> None:
    """A letter to oneself; the outbox shows what became of it."""
    await actions.write_test_letter(ctx)


@router.get("/{letter_id}", summary="A letter", responses=raises(*OWNERS, NotFoundError))
async def get_letter(letter_id: UUID, ctx: ReadPublic, request: Request) -> LetterRead:
    """What it says, where there is no mail server and the owner has to pass it on."""
    return await queries.get_letter(ctx, letter_id, Client.of(request).settings)


@router.post(
    "/{letter_id}/retry",
    status_code=204,
    summary="Send a letter again",
    responses=raises(*OWNERS, BadOriginError, NotFoundError, LetterGoneError),
)
async def retry_letter(letter_id: UUID, ctx: WritePublic) -> None:
    """Try it from the beginning."""
    await actions.retry_letter(ctx, letter_id)


@admin.get("", summary="The outbox, for the administration", responses=raises(*ADMINS))
async def list_admin_letters(
    ctx: ReadAdmin, wanted: Annotated[LetterFilter, Query()]
) -> Feed[LetterSummary]:
    """Letters of this house and what became of them, newest first."""
    return await queries.list_letters(ctx, wanted)


@admin.post(
    "/{letter_id}/retry",
    status_code=204,
    summary="Send a letter again, for the administration",
    responses=raises(*ADMINS, BadOriginError, NotFoundError, LetterGoneError),
)
async def retry_admin_letter(letter_id: UUID, ctx: WriteAdmin) -> None:
    """Try it from the beginning."""
    await actions.retry_letter(ctx, letter_id)
