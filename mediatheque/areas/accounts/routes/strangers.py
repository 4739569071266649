"""Contexts for who comes with a link in a letter, whatever cookie their browser still has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from mediatheque.areas.accounts.rules import address_rule
from mediatheque.core.context import Actor, Context, ReadContext
from mediatheque.core.edge import write_context
from mediatheque.core.http import Client, address_of, limit
from mediatheque.core.http.contexts import check_site

_NOTHING: frozenset[str] = frozenset()


def stranger(request: Request) -> Actor:
    """Nobody yet, at an address."""
    return Actor(
        "anonymous",
        request_id=request.state.request_id,
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", "")[:400],
    )


async def arrival(request: Request) -> ReadContext:
    """Count one attempt of this address, which another site's page may have sent here."""
    client = Client.of(request)
    await limit(request, address_rule(client.settings.sign_in_per_minute), address_of(request))
    return ReadContext(
        db=client.database.across(),
        actor=stranger(request),
        space=None,
        grants=_NOTHING,
        now=datetime.now(UTC),
    )


async def attempt(request: Request) -> ReadContext:
    """Count one attempt of this address, and give what it may look something up with."""
    check_site(request)
    return await arrival(request)


Arrived = Annotated[ReadContext, Depends(arrival)]
Attempt = Annotated[ReadContext, Depends(attempt)]


async def visit(request: Request) -> AsyncIterator[Context]:
    """A transaction of somebody who is nobody yet."""
    async with write_context(
        Client.of(request).database, actor=stranger(request), grants=_NOTHING, across=True
    ) as context:
        yield context


Visit = Annotated[Context, Depends(visit, scope="function")]
