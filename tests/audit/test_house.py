"""The audit trail and the switches of the house: for its own roles, through the admin audience."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from httpx import ASGITransport, AsyncClient
from pydantic import ValidationError
from sqlalchemy import text

from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.areas.audit.jobs import seal_journals, shorten_journals
from mediatheque.areas.spaces.actions.flags import set_house_flag
from mediatheque.core.edge import read_context, write_context
from mediatheque.core.flags import FLAGS, SUGGESTIONS
from mediatheque.core.seals import verify
from mediatheque.core.settings import Settings
from mediatheque.core.work import Work
from mediatheque.kit import crypto
from mediatheque.kit.db import Database
from tests.accounts.conftest import empty_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from tests.house import House

__all__ = ["empty_url"]
AUDIT = "/api/v1/admin/audit"
FLAGS_PATH = "/api/v1/admin/flags"


@pytest.fixture
async def unswitched(database: Database) -> AsyncIterator[None]:
    yield
    async with write_context(database, across=True) as ctx:
        for name in FLAGS:
            await set_house_flag(ctx, name, None)


async def administrator(app: FastAPI, database: Database, role: str) -> AsyncClient:
    """Somebody with a role of the house, signed in to the administration."""
    token = crypto.new_token("s")
    async with write_context(database, across=True) as ctx:
        made = await ctx.db.execute(
            "INSERT INTO accounts_users (email, name, instance_role) "
            "VALUES (:email, 'Admin', :role) RETURNING id",
            {"email": f"{uuid4().hex}@test.example", "role": role},
        )
        await ctx.db.execute(
            "INSERT INTO accounts_credentials "
            "(user_id, kind, audience, token_hash, expires_at, ends_at) "
            "VALUES (:user, 'session', 'admin', :hash, now() + interval '10 minutes', "
            "now() + interval '1 hour')",
            {"user": made.scalar_one(), "hash": crypto.hash_token(token)},
        )
    return AsyncClient(
        transport=ASGITransport(app=app, raise_app_exceptions=False),
        base_url="http://test",
        cookies={"mediatheque_admin": token},
        headers={"x-csrf-token": crypto.csrf_token(token)},
    )


async def test_an_auditor_reads_what_belongs_to_no_space(
    app: FastAPI, database: Database, house: House, anonymous: AsyncClient, settings: Settings
) -> None:
    member = await house.member()
    await member.client.patch("/api/v1/spaces/current", json={"name": "Of a space"})
    agent = f"agent {uuid4()}"
    body = {"email": "nobody@test.example", "password": "a wrong password"}
    failed = await anonymous.post("/api/v1/auth/login", json=body, headers={"user-agent": agent})
    async with await administrator(app, database, "auditor") as auditor:
        answer = await auditor.get(AUDIT, params={"q": failed.headers["x-request-id"]})
        assert answer.status_code == 200, answer.text
        (entry,) = answer.json()["items"]
        assert (entry["outcome"], entry["user_agent"]) == ("refused", agent)
        everything = (await auditor.get(AUDIT, params={"limit": 200})).json()["items"]
        assert "Of a space" not in str(everything)
        await seal_journals.run(Work(database, settings))
        seal = (await auditor.get(f"{AUDIT}/seal")).json()
        assert seal["sealed"] > 0
        assert (await auditor.get(AUDIT, params={"limit": 1})).json()["items"][0]["hash"]
        assert (await auditor.get(FLAGS_PATH)).status_code == 403
        switch = await auditor.put(f"{FLAGS_PATH}/{SUGGESTIONS.name}", json={"enabled": False})
        assert switch.status_code == 403


@pytest.mark.usefixtures("unswitched")
async def test_the_owner_of_the_house_switches_for_all(
    app: FastAPI, database: Database, house: House
) -> None:
    member = await house.member()
    async with await administrator(app, database, "owner") as owner:
        put = await owner.put(f"{FLAGS_PATH}/{SUGGESTIONS.name}", json={"enabled": False})
        assert put.status_code == 200, put.text
        assert (put.json()["is_on"], put.json()["house"]) == (False, False)
        found = (await owner.get(FLAGS_PATH)).json()["items"]
        assert {one["name"]: one["is_on"] for one in found}[SUGGESTIONS.name] is False
    theirs = (await member.client.get("/api/v1/flags")).json()["items"]
    assert {one["name"]: one["is_on"] for one in theirs}[SUGGESTIONS.name] is False


async def test_a_session_of_the_application_is_none_of_the_administration(house: House) -> None:
    member = await house.member()
    for path in (AUDIT, f"{AUDIT}/seal", FLAGS_PATH):
        assert (await member.client.get(path)).status_code == 401


async def test_the_house_keeps_its_own_journal_for_a_time(
    settings: Settings, empty_url: str
) -> None:
    """Sign-ins and accounts belong to no space; their chain is shortened and stays whole."""
    chosen = settings.model_copy(update={"database_url": empty_url, "audit_keep_days": 90})
    database = Database(empty_url)
    await database.open()
    try:
        for number in range(5):
            async with write_context(database, across=True) as ctx:
                await create_user(
                    ctx, email=f"u{number}@test.example", name="Ada", password_hash=None
                )
        with psycopg.connect(empty_url, autocommit=True) as thief:
            thief.execute(
                "UPDATE core_journal SET at = at - interval '100 days' WHERE position IN "
                "(SELECT position FROM core_journal ORDER BY position LIMIT 3)"
            )
        work = Work(database, chosen)
        await seal_journals.run(work)
        always = Work(database, settings)
        await shorten_journals.run(always)
        reader = read_context(database, across=True).db
        assert (await verify(reader, None)).removed == 0, "by default all is kept"
        await shorten_journals.run(work)
        found = await verify(reader, None)
        assert (found.is_whole, found.removed, found.count, found.waiting) == (True, 3, 5, 1)
        told = await reader.rows(
            text("SELECT kind, space_id FROM core_journal ORDER BY position DESC LIMIT 1")
        )
        assert told == [{"kind": "audit.journal_shortened", "space_id": None}]
    finally:
        await database.close()


@pytest.mark.parametrize("days", [1, 29, -1])
def test_a_month_is_the_shortest(days: int) -> None:
    with pytest.raises(ValidationError, match="30 days"):
        Settings(audit_keep_days=days)
