"""Who asks by a player's secret address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from mediatheque.areas.watch.queries.players import Holder, find_holder
from mediatheque.core.context import ReadContext
from mediatheque.core.http.client import Client
from mediatheque.core.http.limits import STREAM, address_of, limit
from mediatheque.kit.errors import NotFoundError, RefusalError

if TYPE_CHECKING:
    from mediatheque.core.module import Identify, Identity


@dataclass(frozen=True, slots=True)
class Asking:
    """A player, its identity, and a context to read with, as the player's profile."""

    holder: Holder
    identity: Identity
    ctx: ReadContext
    base: str
    """The path of the player's addresses."""


async def _asking(request: Request, space: str, token: str) -> Asking:
    """Find the player; whatever is wrong with its address, there is nothing there."""
    client = Client.of(request)
    await limit(request, STREAM.rule(client.settings), address_of(request))
    resolve = cast("Identify", request.app.state.identify)
    try:
        found = await resolve(client.database, token=token, is_cookie=False, slug=space)
    except RefusalError as error:
        raise NotFoundError from error
    if found.actor.id is None or found.space is None:
        raise NotFoundError
    actor = replace(
        found.actor,
        request_id=request.state.request_id,
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", "")[:400],
    )
    ctx = ReadContext(
        db=client.database.reader(found.space.id),
        actor=actor,
        space=found.space,
        grants=found.grants,
        now=datetime.now(UTC),
    )
    holder = await find_holder(ctx)
    if holder is None:
        raise NotFoundError
    actor = replace(actor, profile=holder.profile)
    ctx.actor = actor
    return Asking(holder, replace(found, actor=actor), ctx, f"/tv/{space}/{token}")


Holding = Annotated[Asking, Depends(_asking)]
