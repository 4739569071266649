"""Televisions and programs that sign in without a browser, and the page where one lets them in."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Path, Request, Response
from fastapi.responses import JSONResponse

from mediatheque.areas.accounts.actions import devices as actions
from mediatheque.areas.accounts.queries import devices as queries
from mediatheque.areas.accounts.routes.account import MINE
from mediatheque.areas.accounts.rules.devices import (
    CODE_LASTS,
    DEVICE_GRANT,
    POLL_SECONDS,
    REFRESH_GRANT,
    DeviceCodeClosedError,
    DeviceDecidedError,
    asking_rule,
    token_rule,
    typing_rule,
)
from mediatheque.areas.accounts.rules.proofs import ReauthenticationNeededError
from mediatheque.areas.accounts.schemas.devices import (
    DeviceCodeRead,
    DeviceRead,
    DeviceRequest,
    RevocationRequest,
    TokenRead,
    TokenRefused,
    TokenRequest,
)
from mediatheque.core.context import Context
from mediatheque.core.http import Client, ReadPublic, WritePublic, address_of, limit, raises
from mediatheque.kit.errors import TooManyRequestsError

oauth = APIRouter(prefix="/oauth", tags=["accounts"])
account = APIRouter(prefix="/account/devices", tags=["accounts"])
REFUSED: dict[int | str, dict[str, object]] = {
    400: {"model": TokenRefused, "description": "Refused, in the form of RFC 6749, section 5.2."}
}


async def _asking(request: Request) -> None:
    await limit(request, asking_rule(), address_of(request))


async def _trading(request: Request) -> None:
    await limit(request, token_rule(), address_of(request))


async def _typing(request: Request, ctx: ReadPublic) -> None:
    """Codes are short: few may be tried, by one person and by all who sign in from an address."""
    per_minute = Client.of(request).settings.sign_in_per_minute
    await limit(request, typing_rule(per_minute * 2), address_of(request))
    if ctx.actor.id is not None:
        await limit(request, typing_rule(per_minute * 2), str(ctx.actor.id))


def _lasts(request: Request) -> timedelta:
    return timedelta(days=Client.of(request).settings.device_days)


def _answer(found: TokenRead | TokenRefused) -> Response:
    refused = isinstance(found, TokenRefused)
    return JSONResponse(
        found.model_dump(),
        status_code=400 if refused else 200,
        headers={"cache-control": "no-store", "pragma": "no-cache"},
    )


@oauth.post(
    "/device_authorization",
    summary="Let a device ask to come in (RFC 8628)",
    dependencies=[Depends(_asking)],
    responses=raises(TooManyRequestsError),
)
async def ask_for_device(
    body: Annotated[DeviceRequest, Form()], ctx: WritePublic, request: Request
) -> DeviceCodeRead:
    """The code to type is good for ten minutes."""
    asked = await actions.ask_for_device(ctx, body.client_id.strip())
    settings = Client.of(request).settings
    base = (settings.public_url or str(request.base_url)).rstrip("/")
    return DeviceCodeRead(
        device_code=asked.device_code,
        user_code=asked.user_code,
        verification_uri=f"{base}/device",
        verification_uri_complete=f"{base}/device?code={asked.user_code}",
        expires_in=int(CODE_LASTS.total_seconds()),
        interval=POLL_SECONDS,
    )


@oauth.post(
    "/token",
    summary="Get tokens for a device (RFC 6749, RFC 8628)",
    dependencies=[Depends(_trading)],
    response_model=TokenRead,
    responses={**raises(TooManyRequestsError), **REFUSED},
)
async def get_tokens(
    body: Annotated[TokenRequest, Form()], ctx: WritePublic, request: Request
) -> Response:
    """A refresh token works once; shown a second time, it signs the device out."""
    return _answer(await _trade(ctx, body, _lasts(request)))


async def _trade(ctx: Context, body: TokenRequest, lasts: timedelta) -> TokenRead | TokenRefused:
    if body.grant_type == DEVICE_GRANT and body.device_code:
        return await actions.redeem_device(ctx, body.device_code, lasts=lasts)
    if body.grant_type == REFRESH_GRANT and body.refresh_token:
        return await actions.refresh_device(ctx, body.refresh_token, lasts=lasts)
    if body.grant_type in {DEVICE_GRANT, REFRESH_GRANT}:
        return TokenRefused(error="invalid_request", error_description="The token is missing.")
    return TokenRefused(
        error="unsupported_grant_type" if body.grant_type else "invalid_request",
        error_description=f"Send grant_type={DEVICE_GRANT} or {REFRESH_GRANT}.",
    )


@oauth.post(
    "/revoke",
    summary="Give a device's token back (RFC 7009)",
    dependencies=[Depends(_trading)],
    responses=raises(TooManyRequestsError),
)
async def revoke_token(body: Annotated[RevocationRequest, Form()], ctx: WritePublic) -> None:
    """Ends all tokens of the device. A token that is unknown or has ended is no error."""
    await actions.revoke_token(ctx, body.token)


UserCode = Annotated[str, Path(max_length=40, description="As the device shows it.")]


@account.get(
    "/{user_code}",
    summary="Which device waits with this code?",
    dependencies=[Depends(_typing)],
    responses=raises(*MINE, DeviceCodeClosedError, TooManyRequestsError),
)
async def get_device(user_code: UserCode, ctx: ReadPublic) -> DeviceRead:
    """What one looks at before one lets it in."""
    return await queries.get_device(ctx, user_code)


@account.post(
    "/{user_code}/{decision}",
    summary="Let a device in, or don't",
    dependencies=[Depends(_typing)],
    responses=raises(
        *MINE,
        ReauthenticationNeededError,
        DeviceCodeClosedError,
        DeviceDecidedError,
        TooManyRequestsError,
    ),
)
async def decide_device(
    user_code: UserCode, decision: Literal["approve", "deny"], ctx: WritePublic
) -> DeviceRead:
    """The device learns of it within seconds; it then acts as who let it in."""
    chosen: Literal["approved", "denied"] = "approved" if decision == "approve" else "denied"
    return await actions.decide_device(ctx, user_code, chosen)
