"""There and back: what a browser does when somebody signs in elsewhere."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
from httpx import ASGITransport, AsyncClient

from tests.accounts.conftest import PASSWORD
from tests.accounts.outside.issuer import way_back

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI
    from httpx import Response

    from tests.accounts.outside.issuer import Liar

AUTH = "/api/v1/auth"
LINKS = "/api/v1/account/links"
COOKIE = "mediatheque_session"


@asynccontextmanager
async def browser(app: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def start(client: AsyncClient, name: str, **query: str | bool) -> str:
    answer = await client.get(f"{AUTH}/oidc/{name}/start", params=query)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


async def back(client: AsyncClient, name: str, query: str) -> Response:
    answer = await client.get(
        f"{AUTH}/oidc/{name}/callback?{query}", headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 302, answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    return answer


async def through_real(
    client: AsyncClient, name: str, claims: dict[str, Any], **query: str | bool
) -> Response:
    """There and back, as a browser goes."""
    address = await start(client, name, **query)
    origin = address.partition("/oauth2")[0]
    async with httpx.AsyncClient() as outside:
        put = await outside.put(f"{origin}/users/{claims['sub']}", json=claims)
        assert put.status_code == 204
        answer = await outside.post(address, data={"sub": claims["sub"]})
    assert answer.status_code == 302, answer.text
    came = urlsplit(answer.headers["location"])
    assert came.path == f"{AUTH}/oidc/{name}/callback"
    return await back(client, name, came.query)


async def through_liar(
    client: AsyncClient, liar: Liar, name: str = "liar", **query: str | bool
) -> Response:
    return await back(client, name, way_back(liar.authorize(await start(client, name, **query))))


def told(answer: Response) -> tuple[str, dict[str, str]]:
    """The page that an answer leads to, and what its fragment says."""
    path, _, fragment = answer.headers["location"].partition("#")
    return path, {name: one[0] for name, one in parse_qs(fragment).items()}


def person(email: str | None = None, *, verified: bool = True) -> dict[str, Any]:
    sub = uuid4().hex
    email = email or f"{sub[:10]}@test.example"
    return {"sub": sub, "email": email, "email_verified": verified, "name": "Ada Outside"}


async def confirm(client: AsyncClient, token: str, password: str | None = PASSWORD) -> Response:
    body = {"token": token} if password is None else {"token": token, "password": password}
    return await client.post(f"{LINKS}/confirm", json=body)
