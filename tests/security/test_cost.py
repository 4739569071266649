"""Knowing who asks, in which space and what they may takes one statement, and counting none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from httpx import ASGITransport, AsyncClient

from mediatheque.core.context import ReadContext, requires
from mediatheque.core.http import Read
from mediatheque.core.permissions import Permission
from mediatheque.main import create_app
from tests.counting import counted
from tests.security.small import as_member

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House


@requires(Permission.CATALOG_READ)
async def permitted(ctx: ReadContext) -> str:
    return ctx.space.slug if ctx.space else ""


async def test_a_signed_in_request_costs_one_statement(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member = await house.member()
    with counted(database) as seen:
        small = create_app(settings, database)
        router = APIRouter(prefix="/api/test")

        @router.get("/nothing")
        async def nothing(ctx: Read) -> str:
            return await permitted(ctx)

        small.include_router(router)
        small.router.routes.insert(0, small.router.routes.pop())
        transport = ASGITransport(app=small)
        async with AsyncClient(
            transport=transport, base_url="http://test", **as_member(member)
        ) as client:
            for asked in (1, 2, 3):
                answer = await client.get("/api/test/nothing")
                assert answer.json() == member.space.slug
                assert len(seen) == asked
            assert "x-ratelimit-remaining" in answer.headers
        async with AsyncClient(transport=transport, base_url="http://test") as nobody:
            answer = await nobody.get("/api/test/nothing")
        assert answer.status_code == 401
        assert len(seen) == 3, "somebody without a credential costs none"
