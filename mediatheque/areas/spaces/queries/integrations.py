"""Selects about the services that a space brings. Secrets leave here only for their service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from pydantic_core import PydanticUndefined
from sqlalchemy import select

from mediatheque.areas.spaces.adapters.checks import CHECKS
from mediatheque.areas.spaces.models import Integration
from mediatheque.areas.spaces.rules.integrations import (
    REMEDY,
    IntegrationBrokenError,
    NoSuchIntegrationError,
    about,
    last_four,
)
from mediatheque.areas.spaces.schemas.integrations import (
    IntegrationCheck,
    IntegrationField,
    IntegrationRead,
)
from mediatheque.areas.spaces.schemas.services import SERVICES, kind_of
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.envelope import EnvelopeError, used_key
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.spaces.schemas.services import Service
    from mediatheque.kit.db import Row
    from mediatheque.kit.envelope import Keyring

log = structlog.get_logger()

_COLUMNS = (
    Integration.space_id,
    Integration.name,
    Integration.values,
    Integration.secrets,
    Integration.changed_at,
    Integration.checked_at,
    Integration.check_state,
    Integration.check_message,
)


def service_named(name: str) -> Service:
    """A service by its name; NoSuchIntegrationError."""
    if name not in SERVICES:
        raise NoSuchIntegrationError(details={"integrations": sorted(SERVICES)})
    return SERVICES[name]


@requires(Permission.INTEGRATIONS_MANAGE)
async def list_integrations(ctx: ReadContext, keys: Keyring) -> Listing[IntegrationRead]:
    """Every service, set up or not."""
    rows = await ctx.db.rows(select(*_COLUMNS).where(Integration.space_id == ctx.space_id))
    found = {row["name"]: row for row in rows}
    return Listing(
        items=[integration_read(one, found.get(one.name), keys) for one in SERVICES.values()]
    )


@requires(Permission.INTEGRATIONS_MANAGE)
async def get_integration(ctx: ReadContext, name: str, keys: Keyring) -> IntegrationRead:
    """One service; NoSuchIntegrationError."""
    service = service_named(name)
    return integration_read(service, await _row(ctx, name), keys)


@public
async def find_settings(ctx: ReadContext, name: str, keys: Keyring) -> dict[str, Any] | None:
    """A service's settings with its secrets in plain, for whoever calls it; None: not set up.

    Never part of an answer. IntegrationBrokenError when a secret cannot be read: what stands in
    the environment is no substitute for what a space chose.
    """
    service = service_named(name)
    row = await _row(ctx, name)
    if row is None:
        return None
    settings = dict(row["values"])
    for field, sealed in row["secrets"].items():
        plain, problem = opened(row["space_id"], name, field, sealed, keys)
        if problem is not None:
            raise IntegrationBrokenError(
                f"{service.label}: {problem}", details={"integration": name, "field": field}
            )
        settings[field] = plain
    return settings


async def _row(ctx: ReadContext, name: str) -> Row | None:
    return await ctx.db.row(
        select(*_COLUMNS).where(Integration.space_id == ctx.space_id, Integration.name == name)
    )


def opened(
    space_id: UUID, service: str, field: str, sealed: str, keys: Keyring
) -> tuple[str, str | None]:
    """A secret in plain, or why it cannot be read, which is logged."""
    try:
        return keys.open(sealed, about(space_id, service, field)), None
    except EnvelopeError as error:
        log.error(  # noqa: TRY400  (expected: a trace would tell nothing)
            "a secret cannot be read",
            space_id=str(space_id),
            integration=service,
            field=field,
            reason=str(error),
        )
        return "", f"The {field} cannot be read. {error} {REMEDY}"


def integration_read(service: Service, row: Row | None, keys: Keyring) -> IntegrationRead:
    """A service as its owner sees it."""
    fields = [_field(service, name, row, keys) for name in service.shape.model_fields]
    check = None
    if row is not None and row["check_state"]:
        check = IntegrationCheck(
            state=row["check_state"], message=row["check_message"], checked_at=row["checked_at"]
        )
    is_broken = any(one.problem for one in fields)
    return IntegrationRead(
        name=service.name,
        label=service.label,
        description=service.description,
        state="off" if row is None else "broken" if is_broken else "set",
        can_check=service.name in CHECKS,
        fields=fields,
        check=check,
        key_ids=sorted(_key_ids(row)) if row is not None else [],
        changed_at=row["changed_at"] if row is not None else None,
    )


def _key_ids(row: Row) -> set[str]:
    found = set()
    for sealed in row["secrets"].values():
        try:
            found.add(used_key(sealed))
        except EnvelopeError:
            continue
    return found


def _field(service: Service, name: str, row: Row | None, keys: Keyring) -> IntegrationField:
    field = service.shape.model_fields[name]
    kind, choices = kind_of(field)
    default = None if field.default is PydanticUndefined else field.default
    made = IntegrationField.model_validate(
        {
            "name": name,
            "description": field.description or "",
            "kind": kind,
            "choices": choices,
            "is_required": field.is_required(),
            "is_set": False,
            "value": default if kind != "secret" else None,
        }
    )
    if row is None:
        return made
    if kind != "secret":
        made.value = row["values"].get(name)
        made.is_set = made.value is not None
    elif name in row["secrets"]:
        made.is_set = True
        plain, made.problem = opened(
            row["space_id"], service.name, name, row["secrets"][name], keys
        )
        made.last_four = last_four(plain)
    return made
