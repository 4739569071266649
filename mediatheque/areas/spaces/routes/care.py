"""Paths of a space as a whole: settings, quotas, domains, archiving, support."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from mediatheque.areas.accounts.rules import SessionNeededError
from mediatheque.areas.spaces.actions import care as actions
from mediatheque.areas.spaces.actions import domains as domain_actions
from mediatheque.areas.spaces.actions import support as support_actions
from mediatheque.areas.spaces.adapters.proofs import is_proven
from mediatheque.areas.spaces.queries import care as queries
from mediatheque.areas.spaces.queries import domains as domain_queries
from mediatheque.areas.spaces.routes.spaces import CHANGING, HERE
from mediatheque.areas.spaces.rules import SlugTakenError
from mediatheque.areas.spaces.rules.care import (
    HostTakenError,
    InstanceOwnerOnlyError,
    MemberNeedsNoSupportError,
    NoSuchDomainError,
    NoSuchSpaceError,
    NoSuchSupportError,
    NoSuchUserError,
    NotVerifiedError,
    OwnersOfSpaceOnlyError,
    SecondFactorFirstError,
    SupportOpenError,
    SupportRoleError,
)
from mediatheque.areas.spaces.schemas import SpaceSummary
from mediatheque.areas.spaces.schemas.care import (
    ActiveSpaceSet,
    ArchivedSpaceRead,
    DomainCreate,
    DomainRead,
    HouseSpaceRead,
    ProvisionedSpace,
    QuotaRead,
    QuotaUpdate,
    SpaceSettings,
    SpaceSettingsUpdate,
    SupportCreate,
    SupportRead,
)
from mediatheque.core.http import Client, Read, ReadPublic, Write, WritePublic, raises
from mediatheque.core.http.contexts import BadOriginError
from mediatheque.core.http.hosts import bare
from mediatheque.core.http.uploads import Beforehand
from mediatheque.core.stores import fetcher
from mediatheque.kit.errors import NotSignedInError
from mediatheque.kit.paging import Listing

space = APIRouter(prefix="/space", tags=["spaces"])
care = APIRouter(prefix="/spaces", tags=["spaces"])
support = APIRouter(prefix="/support-sessions", tags=["spaces"])

ACROSS = (NotSignedInError, BadOriginError, SessionNeededError, NoSuchSpaceError)


def house_name(request: Request) -> str:
    """The host name of the house's public address; "" where none is set."""
    return bare(urlsplit(Client.of(request).settings.public_url).netloc)


HouseName = Annotated[str, Depends(house_name)]


@space.get("", summary="The space", responses=raises(*HERE))
async def get_space(ctx: Read) -> SpaceSettings:
    """The space of the request and how it is set."""
    return await queries.get_space(ctx)


@space.patch("", summary="Change the space", responses=raises(*CHANGING, SecondFactorFirstError))
async def update_space(body: SpaceSettingsUpdate, ctx: Write) -> SpaceSettings:
    """Name, language, who needs a second factor, how far support may go."""
    return await actions.update_space(ctx, body)


@space.get("/quotas", summary="What the space uses", responses=raises(*HERE))
async def list_quotas(ctx: Read) -> Listing[QuotaRead]:
    """Members, titles and bytes of files, beside what there may be."""
    return await queries.list_quotas(ctx)


@space.get("/domains", summary="Addresses of the space", responses=raises(*HERE))
async def list_domains(ctx: Read, house: HouseName) -> Listing[DomainRead]:
    """Its sub-domain of the house, and domains of its own."""
    return await domain_queries.list_domains(ctx, house)


@space.post(
    "/domains",
    status_code=201,
    summary="Claim an address",
    responses=raises(*CHANGING, HostTakenError),
)
async def add_domain(body: DomainCreate, ctx: Write, house: HouseName) -> DomainRead:
    """The answer says which file proves that the address is yours."""
    return await domain_actions.add_domain(ctx, body.host, house)


async def proven(domain_id: UUID, ctx: Beforehand, request: Request) -> bool:
    """Look for the proof, before the transaction."""
    row = await domain_queries.get_domain(ctx, domain_id)
    if row["verified_at"] is not None:
        return True
    return await is_proven(fetcher(Client.of(request).settings), row["host"], row["token"])


@space.post(
    "/domains/{domain_id}/verify",
    summary="Prove an address",
    responses=raises(*CHANGING, NoSuchDomainError, NotVerifiedError, HostTakenError),
)
async def verify_domain(
    domain_id: UUID, is_there: Annotated[bool, Depends(proven)], ctx: Write
) -> DomainRead:
    """Fetches the file that `proof_url` names."""
    return await domain_actions.verify_domain(ctx, domain_id, is_proven=is_there)


@space.delete(
    "/domains/{domain_id}",
    status_code=204,
    summary="Give an address up",
    responses=raises(*CHANGING, NoSuchDomainError),
)
async def remove_domain(domain_id: UUID, ctx: Write) -> None:
    """It leads to this space no more."""
    await domain_actions.remove_domain(ctx, domain_id)


@care.get(
    "/all",
    summary="All spaces of the house",
    responses=raises(NotSignedInError, InstanceOwnerOnlyError),
)
async def list_house_spaces(ctx: ReadPublic) -> Listing[HouseSpaceRead]:
    """From outside: for the owner of the house."""
    return await queries.list_house_spaces(ctx)


@care.get("/archived", summary="My archived spaces", responses=raises(NotSignedInError))
async def list_archived_spaces(ctx: ReadPublic) -> Listing[ArchivedSpaceRead]:
    """Those that one owns and can restore."""
    return await queries.list_archived_spaces(ctx)


@care.post(
    "/provision",
    status_code=201,
    summary="Make a space for somebody",
    responses=raises(*ACROSS, InstanceOwnerOnlyError, SlugTakenError, NoSuchUserError),
)
async def provision_space(body: ProvisionedSpace, ctx: WritePublic) -> SpaceSettings:
    """They own it; the owner of the house, who makes it, is no member."""
    return await actions.provision_space(ctx, body)


@care.post("/active", summary="Be in a space", responses=raises(*ACROSS))
async def choose_space(body: ActiveSpaceSet, ctx: WritePublic) -> SpaceSummary:
    """Where a request of this session names no space, it is this one."""
    return await actions.choose_space(ctx, body.slug)


@care.put(
    "/{slug}/quotas",
    summary="Say how much a space may hold",
    responses=raises(*ACROSS, InstanceOwnerOnlyError),
)
async def set_quotas(slug: str, body: QuotaUpdate, ctx: WritePublic) -> Listing[QuotaRead]:
    """The owner of the house does."""
    return await actions.set_quotas(ctx, slug, body)


@care.post(
    "/{slug}/archive",
    status_code=204,
    summary="Put a space away",
    responses=raises(*ACROSS, OwnersOfSpaceOnlyError),
)
async def archive_space(slug: str, ctx: WritePublic) -> None:
    """Nobody enters it until one of its owners restores it."""
    await actions.archive_space(ctx, slug)


@care.post(
    "/{slug}/restore",
    status_code=204,
    summary="Take a space into use again",
    responses=raises(*ACROSS, OwnersOfSpaceOnlyError),
)
async def restore_space(slug: str, ctx: WritePublic) -> None:
    """As it was."""
    await actions.restore_space(ctx, slug)


@support.get("", summary="Visits of the house's owner", responses=raises(NotSignedInError))
async def list_support_sessions(ctx: ReadPublic) -> Listing[SupportRead]:
    """To the spaces that one owns, and one's own."""
    return await queries.list_support_sessions(ctx)


@support.post(
    "",
    status_code=201,
    summary="Help in a space",
    responses=raises(
        *ACROSS,
        InstanceOwnerOnlyError,
        MemberNeedsNoSupportError,
        SupportRoleError,
        SupportOpenError,
    ),
)
async def start_support(body: SupportCreate, ctx: WritePublic) -> SupportRead:
    """For a reason and some hours; the space's owners see it, its journal tells it."""
    return await support_actions.start_support(ctx, body)


@support.post(
    "/{support_id}/end", summary="End a visit", responses=raises(*ACROSS, NoSuchSupportError)
)
async def end_support(support_id: UUID, ctx: WritePublic) -> SupportRead:
    """At once: by who visits, or by an owner of the space."""
    return await support_actions.end_support(ctx, support_id)
