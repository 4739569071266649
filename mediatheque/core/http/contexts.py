"""Dependencies that give a route its context: the only way to the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request

from mediatheque.core.context import Context, ReadContext
from mediatheque.core.edge import write_context
from mediatheque.core.http.client import Client
from mediatheque.core.http.hosts import bare
from mediatheque.core.http.limits import count
from mediatheque.core.module import Called, House, Identify, Identity
from mediatheque.core.settings import Settings
from mediatheque.kit.crypto import same
from mediatheque.kit.errors import NotAllowedError, NotSignedInError

COOKIE = "mediatheque_session"


class BadOriginError(NotAllowedError):
    """A cookie request from another site, or without its CSRF token."""

    code = "bad_csrf_token"
    message = "This request does not come from this application. Reload the page and try again."


def house_of(request: Request) -> House:
    """The manifests of the running application."""
    return Client.of(request).house


def cookie_name(settings: Settings) -> str:
    """``__Host-`` binds the cookie to TLS and to this host."""
    return f"__Host-{COOKIE}" if settings.secure_cookies else COOKIE


def _wished_space(request: Request) -> str | None:
    return request.headers.get("x-space") or request.query_params.get("x-space")


def _called(request: Request, settings: Settings) -> Called:
    """By which name the house is called, and by which it should be."""
    return Called(bare(request.headers.get("host", "")), bare(urlsplit(settings.public_url).netloc))


async def identify(request: Request, *, in_space: bool = True) -> Identity:
    """Find out who asks: one statement, kept for the length of the request.

    ``in_space=False`` is for what belongs to no space: the wished space is not looked at, so
    that a space one is no longer a member of keeps nobody from their account.
    """
    known = getattr(request.state, "identity", None)
    if known is not None:
        return cast("Identity", known)
    client = Client.of(request)
    bearer = request.headers.get("authorization", "")
    is_cookie = bearer[:7].lower() != "bearer "
    token = request.cookies.get(cookie_name(client.settings)) if is_cookie else bearer[7:].strip()
    slug = _wished_space(request) if in_space else None
    host = _called(request, client.settings) if in_space else None
    resolve = cast("Identify", request.app.state.identify)
    found = await resolve(client.database, token=token, is_cookie=is_cookie, slug=slug, host=host)
    await count(request, found)
    if token and not is_cookie and found.actor.id is None:
        raise NotSignedInError("This key or token is not valid (any more).")
    actor = replace(
        found.actor,
        request_id=request.state.request_id,
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", "")[:400],
    )
    found = replace(found, actor=actor)
    request.state.identity = found
    return found


async def identify_in(request: Request, slug: str) -> Identity:
    """The one who asks as somebody in another space; NotFoundError for a space not theirs."""
    client = Client.of(request)
    bearer = request.headers.get("authorization", "")
    is_cookie = bearer[:7].lower() != "bearer "
    token = request.cookies.get(cookie_name(client.settings)) if is_cookie else bearer[7:].strip()
    resolve = cast("Identify", request.app.state.identify)
    found = await resolve(client.database, token=token, is_cookie=is_cookie, slug=slug)
    if found.actor.id is None:
        raise NotSignedInError
    return found


def check_origin(request: Request, identity: Identity) -> None:
    """Refuse cross-site use of a cookie (ASVS 5.0 V3.5): token, origin, fetch metadata."""
    if identity.csrf is None:
        return
    if not same(request.headers.get("x-csrf-token", ""), identity.csrf):
        raise BadOriginError
    check_site(request)


def check_site(request: Request) -> None:
    """Refuse what another site's page sends: by fetch metadata and origin, where given."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise BadOriginError
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise BadOriginError


async def _read(request: Request) -> ReadContext:
    found = await identify(request)
    client = Client.of(request)
    reader = client.database.reader(found.space.id if found.space else None)
    return ReadContext(
        db=reader,
        actor=found.actor,
        space=found.space,
        grants=found.grants,
        now=datetime.now(UTC),
        narrow=found.narrow,
    )


async def _write(request: Request) -> AsyncIterator[Context]:
    found = await identify(request)
    check_origin(request, found)
    async with write_context(
        Client.of(request).database,
        actor=found.actor,
        space=found.space,
        grants=found.grants,
        narrow=found.narrow,
    ) as context:
        yield context


async def _read_across(request: Request) -> ReadContext:
    found = await identify(request, in_space=False)
    return ReadContext(
        db=Client.of(request).database.across(),
        actor=found.actor,
        space=None,
        grants=frozenset(),
        now=datetime.now(UTC),
    )


async def _write_across(request: Request) -> AsyncIterator[Context]:
    found = await identify(request, in_space=False)
    check_origin(request, found)
    async with write_context(
        Client.of(request).database, actor=found.actor, grants=frozenset(), across=True
    ) as context:
        yield context


Read = Annotated[ReadContext, Depends(_read)]
"""A reading context in the request's space."""
Write = Annotated[Context, Depends(_write, scope="function")]
"""A writing context: its transaction commits before the response is sent."""
ReadPublic = Annotated[ReadContext, Depends(_read_across)]
"""Reading what belongs to no space: accounts, sign-in, one's own memberships."""
WritePublic = Annotated[Context, Depends(_write_across, scope="function")]
"""Writing what belongs to no space; its news stands in no space's journal."""
