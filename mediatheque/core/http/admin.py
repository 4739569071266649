"""The admin audience: a cookie of its own, from networks of its own, for the house's own roles.

Its sessions open nothing else, and nothing else opens what asks for one of these contexts.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Protocol, cast

from fastapi import Depends, Request

from mediatheque.core.context import Context, ReadContext
from mediatheque.core.edge import write_context
from mediatheque.core.http.client import Client
from mediatheque.core.http.contexts import check_origin
from mediatheque.core.http.limits import count
from mediatheque.core.http.networks import is_within, networks
from mediatheque.core.module import Identity
from mediatheque.kit.errors import NotAllowedError, NotSignedInError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

ADMIN_COOKIE = "mediatheque_admin"
EXTENSION = "http.admin"
"""Under this name an area's manifest brings who resolves admin sessions."""


class IdentifyAdmin(Protocol):
    """Resolves an admin session in one statement."""

    def __call__(self, database: Database, *, token: str) -> Awaitable[Identity]:
        """Answer who it is; an unknown or ended session is anonymous."""
        ...


class NetworkNotAllowedError(NotAllowedError):
    """The administration is open to some networks only."""

    code = "network_not_allowed"
    message = "The administration cannot be reached from this network."


class AdminSignInError(NotSignedInError):
    """No session of the admin audience; a session of the application is none."""

    message = "Sign in to the administration first."


def admin_cookie_name(settings: Settings) -> str:
    """``__Host-`` binds the cookie to TLS and to this host."""
    return f"__Host-{ADMIN_COOKIE}" if settings.secure_cookies else ADMIN_COOKIE


def check_network(request: Request) -> None:
    """Refuse an address outside the setting ``admin_networks``, before anything else."""
    allowed = networks(Client.of(request).settings.admin_networks)
    host = request.client.host if request.client else ""
    if allowed and not is_within(host, allowed):
        raise NetworkNotAllowedError


async def identify_admin(request: Request) -> Identity:
    """Who asks, by the admin cookie alone; AdminSignInError for everybody else."""
    check_network(request)
    client = Client.of(request)
    token = request.cookies.get(admin_cookie_name(client.settings), "")
    resolve = cast("IdentifyAdmin", client.house.extension(EXTENSION)[0])
    found = await resolve(client.database, token=token)
    await count(request, found)
    if found.actor.id is None:
        raise AdminSignInError
    actor = replace(
        found.actor,
        request_id=request.state.request_id,
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", "")[:400],
    )
    found = replace(found, actor=actor)
    request.state.identity = found
    return found


async def _read(request: Request) -> ReadContext:
    found = await identify_admin(request)
    return ReadContext(
        db=Client.of(request).database.across(),
        actor=found.actor,
        space=None,
        grants=found.grants,
        now=datetime.now(UTC),
    )


async def _write(request: Request) -> AsyncIterator[Context]:
    found = await identify_admin(request)
    check_origin(request, found)
    async with write_context(
        Client.of(request).database, actor=found.actor, grants=found.grants, across=True
    ) as context:
        yield context


ReadAdmin = Annotated[ReadContext, Depends(_read)]
"""Reading the house as one of its administrators; grants are those of their instance role."""
WriteAdmin = Annotated[Context, Depends(_write, scope="function")]
"""Writing the house as one of its administrators; the news stands in no space's journal."""
