"""Small applications: the real one on the tests' database, with other settings."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from httpx import ASGITransport, AsyncClient

from mediatheque.main import create_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import Member

PEER = "203.0.113.9"


@asynccontextmanager
async def asking(
    settings: Settings,
    database: Database,
    *,
    peer: str = PEER,
    base_url: str = "http://test",
    client: dict[str, Any] | None = None,
    **chosen: object,
) -> AsyncIterator[AsyncClient]:
    """A client of an application with other settings; its database is already open."""
    app = create_app(settings.model_copy(update=chosen), database)
    transport = ASGITransport(app=app, raise_app_exceptions=False, client=(peer, 40_000))
    async with AsyncClient(transport=transport, base_url=base_url, **(client or {})) as made:
        yield made


def as_member(member: Member) -> dict[str, Any]:
    """What makes another client the same person."""
    return {"cookies": dict(member.client.cookies), "headers": dict(member.client.headers)}
