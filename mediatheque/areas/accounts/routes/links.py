"""Paths of signing in by others.

The way there and back is two GETs of the browser. The network is asked in dependencies that stand
before the transaction; what the answer leads to is decided by :func:`finish`, and always ends in a
redirect to a page: people stand in front of it, not programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from mediatheque.areas.accounts.actions import links as actions
from mediatheque.areas.accounts.actions.challenges import Terms
from mediatheque.areas.accounts.actions.sessions import OpenedSession, end_replaced
from mediatheque.areas.accounts.adapters.issuers import Flow, Issuer, issuer_of
from mediatheque.areas.accounts.adapters.issuers.asking import fields
from mediatheque.areas.accounts.queries import links as queries
from mediatheque.areas.accounts.queries.resets import get_ticket
from mediatheque.areas.accounts.routes.strangers import Arrived, Attempt, Visit
from mediatheque.areas.accounts.rules import (
    SessionNeededError,
    is_password,
    sign_in_rule,
)
from mediatheque.areas.accounts.rules.links import (
    FLOW_SECONDS,
    Identity,
    IssuerError,
    LastWayInError,
    LinkedElsewhereError,
    LinkPasswordError,
    NoSuchIssuerError,
    is_domain_allowed,
)
from mediatheque.areas.accounts.rules.profiles import needs_no_limit
from mediatheque.areas.accounts.rules.proofs import ReauthenticationNeededError, needs_proof
from mediatheque.areas.accounts.rules.resets import LinkEndedError
from mediatheque.areas.accounts.schemas.factors import Challenge
from mediatheque.areas.accounts.schemas.links import (
    FlowStart,
    LinkConfirm,
    LinkOffer,
    LinkRead,
    OfferFilter,
    ProviderRead,
)
from mediatheque.core.context import Context, LimitedProfileError
from mediatheque.core.http import Client, ReadPublic, WritePublic, limit, raises
from mediatheque.core.http.contexts import BadOriginError, cookie_name, identify
from mediatheque.core.settings import Settings
from mediatheque.kit.errors import NotFoundError, NotSignedInError, TooManyRequestsError
from mediatheque.kit.paging import Listing

log = structlog.get_logger()

auth = APIRouter(prefix="/auth", tags=["accounts"])
account = APIRouter(prefix="/account/links", tags=["accounts"])

FLOW_COOKIE = "mediatheque_flow"
COOKIE_SECONDS = 400 * 24 * 3600
"""The longest that browsers keep a cookie; when a session ends is the server's to say."""
SIGN_IN_PAGE, LINK_PAGE = "/sign-in", "/account/security"
MOVED: dict[int | str, dict[str, Any]] = {
    302: {"description": "To the issuer, or to a page of the application"}
}


def _flow_cookie(settings: Settings) -> str:
    return f"__Host-{FLOW_COOKIE}" if settings.secure_cookies else FLOW_COOKIE


def _callback(settings: Settings, name: str) -> str:
    return f"{settings.base_url}/api/v1/auth/oidc/{name}/callback"


def _go(path: str, **values: str) -> Response:
    """To a page, with values that do not stay in the browser's history or a server's log."""
    answer = RedirectResponse(f"{path}#{urlencode(values)}" if values else path, status_code=302)
    answer.headers["referrer-policy"] = "no-referrer"
    return answer


@auth.get("/providers", summary="Who vouches for people here?")
async def list_providers(ctx: ReadPublic, request: Request) -> Listing[ProviderRead]:
    """For the page where one signs in."""
    return await queries.list_providers(ctx, Client.of(request).settings)


@auth.get(
    "/oidc/{provider}/start",
    summary="Sign in by somebody else",
    status_code=302,
    response_class=RedirectResponse,
    responses={**MOVED, **raises(NoSuchIssuerError, TooManyRequestsError)},
)
async def start_flow(
    provider: str, wanted: Annotated[FlowStart, Query()], _: Arrived, request: Request
) -> Response:
    """Leads to the issuer. A cookie binds the answer to this browser."""
    settings = Client.of(request).settings
    issuer = issuer_of(settings, provider)
    flow = Flow.begin(provider, next_path=wanted.next, is_link=wanted.link)
    try:
        there = await issuer.address(flow, _callback(settings, provider))
    except IssuerError as error:
        log.warning("an issuer cannot be asked", provider=provider, reason=error.reason)
        return _go(_page(flow), problem=error.code)
    answer = RedirectResponse(there, status_code=302)
    answer.set_cookie(
        _flow_cookie(settings),
        flow.write(),
        max_age=FLOW_SECONDS,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return answer


def _onwards(flow: Flow | None) -> dict[str, str]:
    """Where somebody at the door wanted to go: the page asks again, and must not forget it."""
    return {} if flow is None or flow.is_link or flow.next == "/" else {"next": flow.next}


def _page(flow: Flow | None) -> str:
    return LINK_PAGE if flow is not None and flow.is_link else SIGN_IN_PAGE


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody back from an issuer: whom it vouches for, or what went wrong."""

    issuer: Issuer
    flow: Flow | None
    identity: Identity | None
    problem: str = ""
    user_id: UUID | None = None
    """Who is signed in in this browser."""


async def arrive(provider: str, request: Request, _: Arrived) -> Arrival:
    """Check the answer and ask the issuer about it, before any transaction."""
    settings = Client.of(request).settings
    issuer = issuer_of(settings, provider)
    flow = Flow.read(request.cookies.get(_flow_cookie(settings)))
    if flow is None or flow.provider != provider:
        return Arrival(issuer, None, None, "expired")
    try:
        answer = fields(request.url.query)
        identity = await issuer.identity(flow, _callback(settings, provider), answer)
    except IssuerError as error:
        log.warning("an issuer vouches for nobody", provider=provider, reason=error.reason)
        return Arrival(issuer, flow, None, error.code)
    if not is_domain_allowed(identity.known_email, issuer.declared.domains):
        return Arrival(issuer, flow, None, "not_allowed")
    actor = (await identify(request, in_space=False)).actor
    is_limited = actor.profile is not None and actor.profile.is_limited
    mine = actor.id if actor.kind == "user" and not is_limited else None
    return Arrival(issuer, flow, identity, user_id=mine)


@auth.get(
    "/oidc/{provider}/callback",
    summary="Back from somebody else",
    status_code=302,
    response_class=RedirectResponse,
    responses={**MOVED, **raises(NoSuchIssuerError, TooManyRequestsError)},
)
async def finish_flow(
    arrival: Annotated[Arrival, Depends(arrive)], ctx: Visit, request: Request
) -> Response:
    """Where the issuer sends the browser. Leads to a page, signed in or with what is missing.

    Its fragment says: ``problem`` (``cancelled``, ``expired``, ``unreachable``, ``not_trusted``,
    ``not_allowed``, ``no_account``, ``no_email``, ``suspended``, ``linked_elsewhere``),
    ``challenge`` and ``methods`` (a second factor is asked for), or ``link`` (the secret of an
    offer to be confirmed with the account's password); and ``next``, where they wanted to go.
    """
    settings = Client.of(request).settings
    answer = await _finish(ctx, arrival, settings, request.cookies.get(cookie_name(settings)))
    answer.delete_cookie(
        _flow_cookie(settings), secure=settings.secure_cookies, httponly=True, samesite="lax"
    )
    return answer


async def _finish(
    ctx: Context, arrival: Arrival, settings: Settings, before: str | None
) -> Response:
    identity, flow = arrival.identity, arrival.flow
    page = _page(flow)
    if identity is None or flow is None:
        return _go(page, problem=arrival.problem, **_onwards(flow))
    try:
        if flow.is_link:
            offer = await actions.offer_link(ctx, arrival.user_id, identity)
            return _go(page, link=offer.token) if offer else _go(page)
        opened = await actions.come_in(
            ctx,
            identity,
            Terms.of_application(settings),
            creates_accounts=arrival.issuer.declared.creates_accounts,
        )
    except IssuerError as error:
        return _go(page, problem=error.code, **_onwards(flow))
    if isinstance(opened, actions.Offer):
        return _go(page, link=opened.token, **_onwards(flow))
    if isinstance(opened, OpenedSession):
        await end_replaced(ctx, before)
    return _enter(opened, flow, settings)


def _enter(opened: OpenedSession | Challenge, flow: Flow, settings: Settings) -> Response:
    if isinstance(opened, Challenge):
        methods = ",".join(opened.methods)
        values = {"challenge": opened.challenge, "methods": methods, "next": flow.next}
        return _go(SIGN_IN_PAGE, **values)
    answer = _go(flow.next)
    answer.set_cookie(
        cookie_name(settings),
        opened.token,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return answer


@account.get("", summary="Who vouches for me?", responses=raises(NotSignedInError))
async def list_links(ctx: ReadPublic, request: Request) -> Listing[LinkRead]:
    """Identities elsewhere that open my account."""
    return await queries.list_links(ctx, Client.of(request).settings)


@account.get(
    "/offer",
    summary="What is to be linked?",
    responses=raises(LinkEndedError, TooManyRequestsError, BadOriginError),
)
async def get_offer(
    wanted: Annotated[OfferFilter, Query()], ctx: Attempt, request: Request
) -> LinkOffer:
    """For whoever holds the secret that the issuer's answer led to."""
    return await queries.get_offer(ctx, wanted.token, Client.of(request).settings)


async def confirmed(body: LinkConfirm, ctx: Attempt, request: Request) -> str:
    """Ask for the password of the account, before the transaction; answers the issuer's name.

    An account without a password is its owner's who is signed in in this browser.
    """
    offer = await queries.get_offer(ctx, body.token, Client.of(request).settings)
    found = await get_ticket(ctx, body.token, "link")
    if found["password_hash"] is None:
        actor = (await identify(request, in_space=False)).actor
        if actor.kind != "user" or actor.id != found["user_id"]:
            raise SessionNeededError
        needs_no_limit(actor)
        needs_proof(actor, ctx.now)
        return offer.label
    per_minute = Client.of(request).settings.sign_in_per_minute
    await limit(request, sign_in_rule(per_minute), f"link {found['user_id']}")
    given = body.password.get_secret_value() if body.password else ""
    if not await is_password(given, found["password_hash"]):
        raise LinkPasswordError(field="password")
    return offer.label


@account.post(
    "/confirm",
    status_code=204,
    summary="Link an identity to an account",
    responses=raises(
        LinkEndedError,
        LinkPasswordError,
        LinkedElsewhereError,
        SessionNeededError,
        ReauthenticationNeededError,
        LimitedProfileError,
        BadOriginError,
        TooManyRequestsError,
    ),
)
async def confirm_link(
    body: LinkConfirm, label: Annotated[str, Depends(confirmed)], ctx: Visit
) -> None:
    """With the password of the account here. From then on the identity opens it."""
    await actions.confirm_link(ctx, body.token, label)


@account.delete(
    "/{link_id}",
    status_code=204,
    summary="Unlink an identity",
    responses=raises(
        NotSignedInError,
        BadOriginError,
        SessionNeededError,
        ReauthenticationNeededError,
        NotFoundError,
        LastWayInError,
    ),
)
async def remove_link(link_id: UUID, ctx: WritePublic) -> None:
    """It opens my account no more; the last way in stays."""
    await actions.remove_link(ctx, link_id)
