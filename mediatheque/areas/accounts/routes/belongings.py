"""Paths of one's own data: an archive of it, and its end."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from mediatheque.areas.accounts import queries
from mediatheque.areas.accounts.actions import belongings as actions
from mediatheque.areas.accounts.queries import belongings as data
from mediatheque.areas.accounts.rules import (
    SessionNeededError,
    WrongPasswordError,
    is_password,
    needs_person,
    password_rule,
)
from mediatheque.areas.accounts.rules.belongings import (
    EXTENSION,
    ExportRunningError,
    LastHouseOwnerError,
    NoSuchExportError,
    export_rule,
)
from mediatheque.areas.accounts.rules.proofs import ReauthenticationNeededError, needs_proof
from mediatheque.areas.accounts.rules.resets import NoPasswordError
from mediatheque.areas.accounts.schemas.belongings import DataExportRead, ErasureRequest
from mediatheque.core.http import Client, ReadPublic, WritePublic, house_of, limit, raises
from mediatheque.core.http.contexts import BadOriginError, check_origin, identify
from mediatheque.core.stores import storage
from mediatheque.kit.errors import ConflictError, NotSignedInError, TooManyRequestsError
from mediatheque.kit.paging import Listing
from mediatheque.kit.storage import ObjectNotFoundError

router = APIRouter(prefix="/account", tags=["accounts"])

MINE = (NotSignedInError, BadOriginError, SessionNeededError, TooManyRequestsError)


async def counted_export(request: Request, ctx: ReadPublic) -> None:
    """Count an archive that somebody asks for: it costs the house something."""
    check_origin(request, await identify(request, in_space=False))
    needs_person(ctx.actor)
    await limit(request, export_rule(), str(ctx.user_id))


@router.post(
    "/export",
    status_code=202,
    summary="Give me my data",
    responses=raises(*MINE, ExportRunningError, ReauthenticationNeededError),
)
async def request_export(
    _: Annotated[None, Depends(counted_export)], ctx: WritePublic
) -> DataExportRead:
    """Everything the house knows about me, as a ZIP of JSON and files; a letter tells when."""
    return await actions.request_export(ctx)


@router.get("/export", summary="My archives", responses=raises(NotSignedInError))
async def list_exports(ctx: ReadPublic) -> Listing[DataExportRead]:
    """Newest first, with how far they are."""
    return await data.list_exports(ctx)


@router.get(
    "/export/{data_export_id}/file",
    summary="Fetch my archive",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"application/zip": {}}},
        **raises(
            NotSignedInError, SessionNeededError, NoSuchExportError, ReauthenticationNeededError
        ),
    },
)
async def read_export(data_export_id: UUID, ctx: ReadPublic, request: Request) -> StreamingResponse:
    """The ZIP file, for a week."""
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    key = await data.get_export_key(ctx, data_export_id)
    try:
        opened = await storage(Client.of(request).settings).get(key)
    except ObjectNotFoundError as error:
        raise NoSuchExportError from error
    headers = {
        "content-disposition": 'attachment; filename="mediatheque-my-data.zip"',
        "content-length": str(opened.info.size),
        "cache-control": "no-store",
    }
    return StreamingResponse(opened.chunks, headers=headers, media_type="application/zip")


async def proven_erasure(body: ErasureRequest, request: Request, ctx: ReadPublic) -> None:
    """Check the password, and that nothing is left without an owner, before the transaction."""
    check_origin(request, await identify(request, in_space=False))
    needs_person(ctx.actor)
    per_minute = Client.of(request).settings.sign_in_per_minute
    await limit(request, password_rule(per_minute), str(ctx.user_id))
    found = await queries.find_my_password(ctx)
    if found is None or found["password_hash"] is None:
        raise NoPasswordError(field="password")
    if not await is_password(body.password.get_secret_value(), found["password_hash"]):
        raise WrongPasswordError(field="password")
    for belongings in house_of(request).extension(EXTENSION):
        if belongings.hinder is not None:
            await belongings.hinder(ctx)


@router.post(
    "/erasure",
    status_code=202,
    summary="Forget me",
    responses=raises(
        *MINE, WrongPasswordError, NoPasswordError, LastHouseOwnerError, ConflictError
    ),
)
async def request_erasure(_: Annotated[None, Depends(proven_erasure)], ctx: WritePublic) -> None:
    """My account is shut at once and then deleted, with everything that is mine alone.

    What I contributed to a space stays there without my name. Nobody can undo this. Who alone
    owns a space, or the house, hands it over first.
    """
    await actions.request_erasure(ctx)
