"""Paths of the services that a space brings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from mediatheque.areas.spaces.actions import integrations as actions
from mediatheque.areas.spaces.adapters.checks import CHECKS, Outcome
from mediatheque.areas.spaces.queries import integrations as queries
from mediatheque.areas.spaces.routes.spaces import CHANGING, HERE
from mediatheque.areas.spaces.rules.integrations import (
    IntegrationBrokenError,
    IntegrationInvalidError,
    IntegrationOffError,
    NoSuchIntegrationError,
    NotCheckableError,
)
from mediatheque.areas.spaces.schemas.integrations import IntegrationRead, IntegrationUpdate
from mediatheque.core.http import Client, Read, Write, raises
from mediatheque.core.http.uploads import Beforehand
from mediatheque.core.keys import keyring
from mediatheque.kit.envelope import Keyring
from mediatheque.kit.paging import Listing

integrations = APIRouter(prefix="/integrations", tags=["spaces"])

ServiceName = Annotated[str, Path(max_length=100)]


def _keys(request: Request) -> Keyring:
    return keyring(Client.of(request).settings)


Keys = Annotated[Keyring, Depends(_keys)]


@integrations.get("", summary="Services", responses=raises(*HERE))
async def list_integrations(ctx: Read, keys: Keys) -> Listing[IntegrationRead]:
    """Every service that the space could bring, and how it is set up. Secrets are never told."""
    return await queries.list_integrations(ctx, keys)


@integrations.get(
    "/{integration}", summary="A service", responses=raises(*HERE, NoSuchIntegrationError)
)
async def read_integration(integration: ServiceName, ctx: Read, keys: Keys) -> IntegrationRead:
    """How one service is set up."""
    return await queries.get_integration(ctx, integration, keys)


@integrations.put(
    "/{integration}",
    summary="Set up a service",
    responses=raises(*CHANGING, NoSuchIntegrationError, IntegrationInvalidError),
)
async def set_integration(
    integration: ServiceName, body: IntegrationUpdate, ctx: Write, keys: Keys
) -> IntegrationRead:
    """What is not named stays as it is, null takes it away. Secrets are encrypted at once."""
    return await actions.set_integration(ctx, integration, body.values, keys)


@integrations.delete(
    "/{integration}",
    status_code=204,
    summary="Remove a service",
    responses=raises(*CHANGING, NoSuchIntegrationError, IntegrationOffError),
)
async def remove_integration(integration: ServiceName, ctx: Write) -> None:
    """Its settings and secrets are deleted; the house's own, if it has some, count again."""
    await actions.remove_integration(ctx, integration)


async def _tried(integration: str, request: Request, ctx: Beforehand, keys: Keys) -> Outcome:
    """Call the service before the transaction begins."""
    settings = Client.of(request).settings
    found = await queries.get_integration(ctx, integration, keys)
    if not found.can_check:
        raise NotCheckableError
    try:
        values = await queries.find_settings(ctx, integration, keys)
    except IntegrationBrokenError as error:
        return Outcome("fails", error.text)
    if values is None:
        raise IntegrationOffError
    return await CHECKS[integration](values, settings)


@integrations.post(
    "/{integration}/check",
    summary="Try a service",
    responses=raises(*CHANGING, NoSuchIntegrationError, IntegrationOffError, NotCheckableError),
)
async def check_integration(
    integration: ServiceName,
    outcome: Annotated[Outcome, Depends(_tried)],
    ctx: Write,
    keys: Keys,
) -> IntegrationRead:
    """One real call with its settings; what it came to is kept until they change."""
    return await actions.note_check(ctx, integration, outcome, keys)
