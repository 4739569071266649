"""The services that a space brings: set up, tried, removed; their secrets under another key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.spaces.events.integrations import (
    IntegrationChanged,
    IntegrationChecked,
    IntegrationRemoved,
    SecretsRewrapped,
)
from mediatheque.areas.spaces.models import Integration
from mediatheque.areas.spaces.queries.integrations import get_integration, service_named
from mediatheque.areas.spaces.rules.integrations import (
    IntegrationInvalidError,
    IntegrationOffError,
    about,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.keys import Rewrapped
from mediatheque.core.permissions import Permission
from mediatheque.kit.envelope import EnvelopeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.areas.spaces.adapters.checks import Outcome
    from mediatheque.areas.spaces.schemas.integrations import IntegrationRead, Scalar
    from mediatheque.areas.spaces.schemas.services import Service
    from mediatheque.kit.db import Row
    from mediatheque.kit.envelope import Keyring

_KEPT = "a secret that is kept"


@requires(Permission.INTEGRATIONS_MANAGE)
async def set_integration(
    ctx: Context, name: str, values: Mapping[str, Scalar], keys: Keyring
) -> IntegrationRead:
    """Change a service's settings; what is not named stays, None takes away.

    NoSuchIntegrationError, IntegrationInvalidError with the field. What the last check came to
    is forgotten.
    """
    service = service_named(name)
    row = await _locked(ctx, name)
    known = dict(row["values"]) if row else {}
    sealed: dict[str, str] = dict(row["secrets"]) if row else {}
    given = {one: value for one, value in values.items() if value not in {None, ""}}
    gone = values.keys() - given.keys()
    merged = {**known, **dict.fromkeys(sealed, _KEPT)}
    plain = _checked(service, {one: v for one, v in merged.items() if one not in gone} | given)
    for field in service.secrets & gone:
        sealed.pop(field, None)
    for field in service.secrets & given.keys():
        sealed[field] = keys.seal(str(given[field]), about(ctx.space_id, name, field))
    await _store(ctx, name, plain, sealed)
    before, after = changes(known, plain)
    after |= dict.fromkeys(service.secrets & given.keys(), "set")
    after |= dict.fromkeys(service.secrets & gone, "removed")
    ctx.emit(
        IntegrationChanged(ref=Ref("integration", None, service.label), before=before, after=after)
    )
    return await get_integration(ctx, name, keys)


def _checked(service: Service, values: dict[str, Any]) -> dict[str, Any]:
    """The settings that are no secrets, as JSON; IntegrationInvalidError."""
    try:
        made = service.shape.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        raise IntegrationInvalidError(
            f"{field}: {first['msg']}.", field=f"values.{field}"
        ) from error
    dumped: dict[str, Any] = made.model_dump(mode="json", exclude=set(service.secrets))
    return dumped


async def _locked(ctx: Context, name: str) -> Row | None:
    return await ctx.db.row(
        select(Integration.values, Integration.secrets)
        .where(Integration.space_id == ctx.space_id, Integration.name == name)
        .with_for_update()
    )


async def _store(ctx: Context, name: str, values: dict[str, Any], secrets: dict[str, str]) -> None:
    changed = {
        "values": values,
        "secrets": secrets,
        "changed_at": func.now(),
        "changed_by": ctx.actor.id,
        "checked_at": None,
        "check_state": "",
        "check_message": "",
    }
    await ctx.db.execute(
        insert(Integration)
        .values({"space_id": ctx.space_id, "name": name, **changed})
        .on_conflict_do_update(
            index_elements=[Integration.space_id, Integration.name], set_=changed
        )
    )


@requires(Permission.INTEGRATIONS_MANAGE)
async def remove_integration(ctx: Context, name: str) -> None:
    """Forget a service's settings and secrets. IntegrationOffError when there are none."""
    service = service_named(name)
    done = await ctx.db.execute(
        delete(Integration)
        .where(Integration.space_id == ctx.space_id, Integration.name == name)
        .returning(Integration.values)
    )
    row = done.first()
    if row is None:
        raise IntegrationOffError
    ctx.emit(IntegrationRemoved(ref=Ref("integration", None, service.label), before=dict(row[0])))


@requires(Permission.INTEGRATIONS_MANAGE)
async def note_check(ctx: Context, name: str, outcome: Outcome, keys: Keyring) -> IntegrationRead:
    """Keep what trying a service came to. IntegrationOffError when it was removed meanwhile."""
    service = service_named(name)
    noted = {"check_state": outcome.state, "check_message": outcome.message}
    done = await ctx.db.execute(
        update(Integration)
        .where(Integration.space_id == ctx.space_id, Integration.name == name)
        .values(checked_at=func.now(), **noted)
        .returning(Integration.name)
    )
    if done.first() is None:
        raise IntegrationOffError
    ctx.emit(
        IntegrationChecked(
            ref=Ref("integration", None, service.label),
            after={"state": outcome.state, "message": outcome.message},
        )
    )
    return await get_integration(ctx, name, keys)


@requires(Permission.INTEGRATIONS_MANAGE)
async def rewrap_secrets(ctx: Context, keys: Keyring) -> Rewrapped:
    """Put the secrets of all services of all spaces under the present key. Across."""
    rows = await ctx.db.rows(
        select(Integration.space_id, Integration.name, Integration.secrets)
        .order_by(Integration.space_id, Integration.name)
        .with_for_update()
    )
    count = 0
    unreadable: list[str] = []
    for row in rows:
        sealed: dict[str, str] = dict(row["secrets"])
        for field, secret in sealed.items():
            try:
                sealed[field] = keys.rewrap(secret, about(row["space_id"], row["name"], field))
                count += 1
            except EnvelopeError as error:
                unreadable.append(f"{row['name']}.{field} of space {row['space_id']}: {error}")
        if sealed != row["secrets"]:
            await ctx.db.execute(
                update(Integration)
                .where(Integration.space_id == row["space_id"], Integration.name == row["name"])
                .values(secrets=sealed)
            )
    ctx.emit(
        SecretsRewrapped(
            ref=Ref("key", None, keys.current),
            after={"key": keys.current, "secrets": count, "unreadable": len(unreadable)},
        )
    )
    return Rewrapped(count, tuple(unreadable))
