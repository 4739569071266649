"""The product's own API, called in this process in the name of a member.

Commands that do what a browser does go the same way as the browser: the same checks, the same
limits, one description of what is possible.
"""

from __future__ import annotations

import asyncio
from typing import IO, TYPE_CHECKING, Any

import click
import httpx

from mediatheque.areas.spaces.queries.spaces import list_members
from mediatheque.areas.spaces.rules.roles import BUILT_IN
from mediatheque.cli.house import space_named, user_named
from mediatheque.core.context import Actor, Space
from mediatheque.core.module import Identity
from mediatheque.main import create_app

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from fastapi import FastAPI

    from mediatheque.core.module import Called
    from mediatheque.core.work import Work
    from mediatheque.kit.db import Database

HOST = "mediatheque.internal"


async def member(work: Work, slug: str, email: str | None) -> Identity:
    """Who acts in a space: the member with an address, else its first owner."""
    space = await space_named(work, slug)
    everybody = (await list_members(work.read(space))).items
    if email is not None:
        await user_named(work, email)
        found = [one for one in everybody if one.email.casefold() == email.casefold()]
    else:
        found = [one for one in everybody if one.role == "owner"]
    if not found:
        raise click.ClickException(f"{email or 'An owner'} is no member of {slug!r}.")
    one = found[0]
    return Identity(
        actor=Actor("user", id=one.user_id, name=one.name),
        space=Space(space.id, space.slug, space.name, one.role),
        grants=BUILT_IN.get(one.role, frozenset()),
    )


def api(work: Work, identity: Identity) -> FastAPI:
    """Build the application over the command's database, where everybody is ``identity``."""

    async def identify(
        _: Database,
        *,
        token: str | None,
        is_cookie: bool,
        slug: str | None,
        host: Called | None = None,
    ) -> Identity:
        del token, is_cookie, slug, host
        return identity

    app = create_app(work.settings, work.database)
    app.state.identify = identify
    return app


def client(app: FastAPI) -> httpx.AsyncClient:
    """Give an HTTP client for small answers."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    return httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}/api/v1")


def checked(response: httpx.Response) -> Any:  # noqa: ANN401 - JSON
    """Read an answer, or end with the refusal's message."""
    if response.is_success:
        return response.json()
    raise click.ClickException(_refusal(response.content, response.status_code))


async def download(app: FastAPI, path: str, target: IO[bytes]) -> None:
    """Write a streamed answer chunk by chunk (the client above would hold all of it)."""
    status, refused, hung_up = 0, bytearray(), asyncio.Event()

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif status == httpx.codes.OK:
            try:
                target.write(message.get("body", b""))
            except BrokenPipeError:  # `… | head`
                hung_up.set()
        else:
            refused.extend(message.get("body", b""))

    requests = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not requests:
            await hung_up.wait()
            return {"type": "http.disconnect"}
        return requests.pop()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": f"/api/v1{path}",
        "raw_path": f"/api/v1{path}".encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", HOST.encode())],
        "client": ("127.0.0.1", 0),
        "server": (HOST, 80),
    }
    await app(scope, receive, send)
    if status != httpx.codes.OK:
        raise click.ClickException(_refusal(bytes(refused), status))


def _refusal(body: bytes, status: int) -> str:
    try:
        return str(httpx.Response(status, content=body).json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"The product answered with status {status}."
