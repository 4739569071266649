"""Paths of invitations."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from mediatheque.areas.accounts.rules import (
    EmailTakenError,
    SessionNeededError,
    WeakPasswordError,
    WrongCredentialsError,
)
from mediatheque.areas.accounts.rules.factors import SignInFirstError
from mediatheque.areas.spaces.actions import invitations as actions
from mediatheque.areas.spaces.queries import invitations as queries
from mediatheque.areas.spaces.queries.spaces import get_session
from mediatheque.areas.spaces.routes.doors import Claimant, count_attempt, link, terms, welcome
from mediatheque.areas.spaces.routes.spaces import CHANGING, HERE
from mediatheque.areas.spaces.rules import (
    AccountNeededError,
    AlreadyMemberError,
    InvitationClosedError,
    OtherAddressError,
    RoleAboveOwnError,
    invitation_rule,
)
from mediatheque.areas.spaces.schemas import (
    InvitationClaim,
    InvitationCreate,
    InvitationCreated,
    InvitationFilter,
    InvitationLookup,
    InvitationRead,
    LookupFilter,
    SessionRead,
)
from mediatheque.core.http import Read, ReadPublic, Write, WritePublic, limit, raises
from mediatheque.core.http.contexts import BadOriginError, identify
from mediatheque.kit.errors import TooManyRequestsError
from mediatheque.kit.paging import Listing

invitations = APIRouter(prefix="/invitations", tags=["spaces"])


@invitations.get("", summary="Invitations", responses=raises(*HERE))
async def list_invitations(
    ctx: Read, wanted: Annotated[InvitationFilter, Query()]
) -> Listing[InvitationRead]:
    """Those that are open; with ``include_closed`` also used, revoked and expired ones."""
    return await queries.list_invitations(ctx, wanted)


async def counted_invitation(request: Request, ctx: Read) -> None:
    """Count an invitation of one person in a space: each may be a letter to a stranger."""
    await limit(request, invitation_rule(), f"{ctx.user_id} {ctx.space_id}")


@invitations.post(
    "",
    status_code=201,
    summary="Invite somebody",
    responses=raises(*CHANGING, RoleAboveOwnError, TooManyRequestsError),
    dependencies=[Depends(counted_invitation)],
)
async def create_invitation(
    body: InvitationCreate, ctx: Write, request: Request
) -> InvitationCreated:
    """The only answer that shows the link."""
    made, token = await actions.create_invitation(ctx, body)
    url = link(request, f"/invite?token={token}")
    return InvitationCreated(**made.model_dump(), token=token, url=url)


@invitations.delete(
    "/{invitation_id}",
    status_code=204,
    summary="Take an invitation back",
    responses=raises(*CHANGING, RoleAboveOwnError),
)
async def revoke_invitation(invitation_id: UUID, ctx: Write) -> None:
    """Its link stops working."""
    await actions.revoke_invitation(ctx, invitation_id)


@invitations.get(
    "/lookup",
    summary="What does an invitation offer?",
    responses=raises(InvitationClosedError, TooManyRequestsError),
)
async def find_invitation(
    ctx: ReadPublic, wanted: Annotated[LookupFilter, Query()], request: Request
) -> InvitationLookup:
    """For whoever holds its token."""
    await count_attempt(request)
    return await queries.get_invitation_lookup(ctx, wanted.token)


@invitations.post(
    "/claim",
    summary="Join a space",
    responses=raises(
        InvitationClosedError,
        AlreadyMemberError,
        OtherAddressError,
        AccountNeededError,
        WrongCredentialsError,
        WeakPasswordError,
        EmailTakenError,
        SessionNeededError,
        SignInFirstError,
        BadOriginError,
        TooManyRequestsError,
    ),
)
async def claim_invitation(
    body: InvitationClaim,
    newcomer: Claimant,
    ctx: WritePublic,
    request: Request,
    response: Response,
) -> SessionRead:
    """Works once. Who is not signed in signs in or registers by it."""
    opened = await actions.claim_invitation(ctx, body.token, newcomer, terms=terms(request))
    if opened is not None:
        return await welcome(ctx, opened, request, response)
    csrf = (await identify(request, in_space=False)).csrf
    return await get_session(ctx, csrf or "")
