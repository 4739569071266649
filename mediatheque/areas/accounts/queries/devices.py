"""Selects about devices that wait to be let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mediatheque.areas.accounts.models import DeviceCode
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.devices import DeviceCodeClosedError, plain_user_code
from mediatheque.areas.accounts.rules.letters import device_name
from mediatheque.areas.accounts.schemas.devices import DeviceRead
from mediatheque.core.context import ReadContext, signed_in
from mediatheque.kit.crypto import hash_token

if TYPE_CHECKING:
    from sqlalchemy import Select

    from mediatheque.kit.db import Row


def waiting(typed: str) -> Select[*tuple[object, ...]]:
    """The open request behind a typed code."""
    return select(
        DeviceCode.id,
        DeviceCode.name,
        DeviceCode.user_agent,
        DeviceCode.ip,
        DeviceCode.created_at,
        DeviceCode.expires_at,
        DeviceCode.decision,
    ).where(
        DeviceCode.user_hash == hash_token(plain_user_code(typed)),
        DeviceCode.expires_at > func.now(),
    )


@signed_in
async def get_device(ctx: ReadContext, typed: str) -> DeviceRead:
    """The device that waits with a code, for the person who is about to let it in."""
    needs_person(ctx.actor)
    return device_read(await ctx.db.row(waiting(typed).where(DeviceCode.decision.is_(None))))


def device_read(row: Row | None) -> DeviceRead:
    """The shape of a row of :func:`waiting`; DeviceCodeClosedError without one."""
    if row is None:
        raise DeviceCodeClosedError
    return DeviceRead.model_validate({**row, "device": device_name(row["user_agent"])})
