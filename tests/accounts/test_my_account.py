"""Password, profile, sessions and keys, over HTTP."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.areas.accounts.jobs import clean_ended_credentials
from mediatheque.core.edge import write_context
from mediatheque.core.work import Work
from tests.accounts.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

AUTH = "/api/v1/auth"
KEYS = "/api/v1/api-keys"


def visitor(app: FastAPI, **headers: str) -> AsyncClient:
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://test", headers=headers)


@asynccontextmanager
async def signed_in(
    app: FastAPI, user: UserRead, password: str = PASSWORD
) -> AsyncIterator[AsyncClient]:
    async with visitor(app, **{"user-agent": "Lynx/2.9"}) as client:
        answer = await client.post(
            f"{AUTH}/login", json={"email": user.email, "password": password}
        )
        assert answer.status_code == 200, answer.text
        client.headers["x-csrf-token"] = answer.json()["csrf_token"]
        yield client


@pytest.fixture
async def here(app: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    async with signed_in(app, user) as client:
        yield client


@pytest.fixture
async def there(app: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    async with signed_in(app, user) as client:
        yield client


async def kinds(database: Database, user: UserRead) -> list[str]:
    rows = await database.across().rows(
        text(
            "SELECT kind FROM core_journal WHERE actor_id = :id AND kind LIKE 'accounts.%' "
            "ORDER BY position"
        ).bindparams(id=user.id)
    )
    return [row["kind"] for row in rows]


async def test_new_password_ends_the_other_sessions(
    app: FastAPI, user: UserRead, here: AsyncClient, there: AsyncClient, database: Database
) -> None:
    new = "  another horse  "
    answer = await here.post(
        f"{AUTH}/password", json={"current_password": PASSWORD, "new_password": new}
    )
    assert answer.status_code == 204, answer.text
    assert (await here.get(f"{AUTH}/session")).status_code == 200
    assert (await there.get(f"{AUTH}/session")).status_code == 401
    old = await here.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD})
    assert old.status_code == 401
    trimmed = await here.post(f"{AUTH}/login", json={"email": user.email, "password": new.strip()})
    assert trimmed.status_code == 401, "its spaces count"
    async with signed_in(app, user, new) as again:
        assert (await again.get(f"{AUTH}/session")).status_code == 200
    assert "accounts.password_changed" in await kinds(database, user)


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("wrong", "another horse", "wrong_password"),
        (PASSWORD, "short", "weak_password"),
        (PASSWORD, None, "weak_password"),
    ],
)
async def test_password_that_is_refused_changes_nothing(  # noqa: PLR0917  (fixtures)
    user: UserRead, here: AsyncClient, there: AsyncClient, current: str, new: str | None, code: str
) -> None:
    body = {"current_password": current, "new_password": new or user.email.upper()}
    answer = await here.post(f"{AUTH}/password", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert (await there.get(f"{AUTH}/session")).status_code == 200
    again = await here.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD})
    assert again.status_code == 200


async def test_present_password_cannot_be_tried_out(strict: AsyncClient, user: UserRead) -> None:
    login = await strict.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD})
    strict.headers["x-csrf-token"] = login.json()["csrf_token"]
    body = {"current_password": "wrong", "new_password": "another horse"}
    tries = [(await strict.post(f"{AUTH}/password", json=body)).status_code for _ in range(4)]
    assert tries == [400, 400, 400, 429]


async def test_everything_that_changes_an_account_needs_the_csrf_token(
    here: AsyncClient, user: UserRead, database: Database
) -> None:
    before = await kinds(database, user)
    del here.headers["x-csrf-token"]
    session_id = (await here.get(f"{AUTH}/sessions")).json()["items"][0]["id"]
    passwords = {"current_password": PASSWORD, "new_password": "another horse"}
    answers = [
        await here.post(f"{AUTH}/password", json=passwords),
        await here.patch(f"{AUTH}/me", json={"name": "Eve"}),
        await here.delete(f"{AUTH}/sessions"),
        await here.delete(f"{AUTH}/sessions/{session_id}"),
        await here.post(KEYS, json={"name": "x"}),
        await here.delete(f"{KEYS}/{uuid4()}"),
        await here.post("/api/v1/spaces", json={"name": "x"}),
    ]
    assert [one.json()["error"]["code"] for one in answers] == ["bad_csrf_token"] * 7
    assert await kinds(database, user) == before
    assert (await here.get(f"{AUTH}/session")).json()["user"]["name"] == "Ada"


async def test_everything_of_an_account_needs_a_user(anonymous: AsyncClient) -> None:
    passwords = {"current_password": PASSWORD, "new_password": "another horse"}
    answers = [
        await anonymous.get(f"{AUTH}/session"),
        await anonymous.post(f"{AUTH}/password", json=passwords),
        await anonymous.patch(f"{AUTH}/me", json={"name": "Eve"}),
        await anonymous.get(f"{AUTH}/sessions"),
        await anonymous.delete(f"{AUTH}/sessions"),
        await anonymous.delete(f"{AUTH}/sessions/{uuid4()}"),
        await anonymous.get(KEYS),
        await anonymous.post(KEYS, json={"name": "x"}),
        await anonymous.delete(f"{KEYS}/{uuid4()}"),
        await anonymous.get("/api/v1/spaces"),
        await anonymous.post("/api/v1/spaces", json={"name": "x"}),
    ]
    assert {one.status_code for one in answers} == {401}


async def test_profile_changes_what_was_sent(
    here: AsyncClient, user: UserRead, database: Database
) -> None:
    answer = await here.patch(
        f"{AUTH}/me", json={"name": " Ada \n L. ", "time_zone": "Europe/Vienna"}
    )
    assert answer.status_code == 200
    assert answer.json()["name"] == "Ada L."
    assert answer.json()["locale"] == "en"
    assert (await here.get(f"{AUTH}/session")).json()["user"] == answer.json()
    row = await database.across().row(
        text(
            "SELECT space_id, before, after FROM core_journal "
            "WHERE actor_id = :id AND kind = 'accounts.user_updated'"
        ).bindparams(id=user.id)
    )
    assert row == {
        "space_id": None,
        "before": {"name": "Ada", "time_zone": "UTC"},
        "after": {"name": "Ada L.", "time_zone": "Europe/Vienna"},
    }
    nothing = await here.patch(f"{AUTH}/me", json={})
    assert nothing.json() == answer.json()


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": " "},
        {"name": "a\x1bb"},
        {"name": "a\x00b"},
        {"name": "x" * 201},
        {"locale": "english"},
        {"locale": "../de"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"is_instance_owner": True},
        {"email": "eve@test.example"},
    ],
)
async def test_profile_that_makes_no_sense_is_refused(
    here: AsyncClient, body: dict[str, Any]
) -> None:
    answer = await here.patch(f"{AUTH}/me", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == next(iter(body))


async def test_sessions_are_listed_and_ended_one_by_one(
    here: AsyncClient, there: AsyncClient
) -> None:
    listed = (await here.get(f"{AUTH}/sessions")).json()["items"]
    assert len(listed) == 2
    (other,) = [one for one in listed if not one["is_current"]]
    assert other["user_agent"] == "Lynx/2.9"
    assert other["ip"] == "127.0.0.1"
    assert datetime.fromisoformat(other["expires_at"]) > datetime.now(UTC) + timedelta(days=29)
    ended = await here.delete(f"{AUTH}/sessions/{other['id']}")
    assert ended.status_code == 204
    assert (await there.get(f"{AUTH}/session")).status_code == 401
    assert (await here.delete(f"{AUTH}/sessions/{other['id']}")).status_code == 404
    assert len((await here.get(f"{AUTH}/sessions")).json()["items"]) == 1


async def test_all_sessions_end_with_or_without_this_one(
    app: FastAPI, user: UserRead, here: AsyncClient, there: AsyncClient
) -> None:
    assert (await here.delete(f"{AUTH}/sessions")).status_code == 204
    assert (await there.get(f"{AUTH}/session")).status_code == 401
    assert (await here.get(f"{AUTH}/session")).status_code == 200
    bad = await here.delete(f"{AUTH}/sessions", params={"user": "x"})
    assert bad.json()["error"]["code"] == "unknown_parameter"
    async with signed_in(app, user) as third:
        everywhere = await here.delete(f"{AUTH}/sessions", params={"keep_current": "false"})
        assert everywhere.status_code == 204
        assert (await third.get(f"{AUTH}/session")).status_code == 401
    assert (await here.get(f"{AUTH}/session")).status_code == 401


async def test_sessions_of_others_cannot_be_ended(here: AsyncClient, house: House) -> None:
    stranger = await house.member()
    listed = (await stranger.client.get(f"{AUTH}/sessions")).json()["items"]
    answer = await here.delete(f"{AUTH}/sessions/{listed[0]['id']}")
    assert answer.status_code == 404
    assert (await stranger.client.get(f"{AUTH}/session")).status_code == 200


async def test_key_is_shown_once_and_acts_within_its_scopes(
    app: FastAPI, house: House, database: Database
) -> None:
    member = await house.member(role="owner")
    wanted = {"name": "Backup", "scopes": ["spaces.member.read", "catalog.title.read"]}
    made = await member.client.post(KEYS, json=wanted)
    assert made.status_code == 201, made.text
    key = made.json()["key"]
    assert key.startswith(made.json()["prefix"])
    assert len(made.json()["prefix"]) == 11
    listed = (await member.client.get(KEYS)).json()["items"]
    assert listed == [{name: value for name, value in made.json().items() if name != "key"}]
    assert key not in (await member.client.get(KEYS)).text
    stored = await database.across().rows(
        text("SELECT * FROM accounts_credentials WHERE user_id = :id").bindparams(id=member.user_id)
    )
    assert key not in str(stored)
    headers = {"authorization": f"Bearer {key}", "x-space": member.space.slug}
    async with visitor(app, **headers) as program:
        assert (await program.get("/api/v1/members")).status_code == 200
        assert (await program.get("/api/v1/invitations")).status_code == 403
        renamed = await program.patch("/api/v1/spaces/current", json={"name": "Mine"})
        assert renamed.status_code == 403
        refused = [
            await program.post(KEYS, json={"name": "More"}),
            await program.delete(f"{KEYS}/{made.json()['id']}"),
            await program.delete(f"{AUTH}/sessions"),
            await program.patch(f"{AUTH}/me", json={"name": "Eve"}),
            await program.post("/api/v1/spaces", json={"name": "More"}),
            await program.post("/api/v1/spaces/current/leave"),
            await program.post(
                f"{AUTH}/password",
                json={"current_password": PASSWORD, "new_password": "another horse"},
            ),
            await program.post(f"{AUTH}/logout"),
        ]
        assert [one.json()["error"]["code"] for one in refused] == ["session_needed"] * 8
        assert (await member.client.delete(f"{KEYS}/{made.json()['id']}")).status_code == 204
        gone = await program.get("/api/v1/members")
        assert (gone.status_code, gone.json()["error"]["code"]) == (401, "not_signed_in")
    assert (await member.client.get(KEYS)).json()["items"] == []
    assert (await member.client.delete(f"{KEYS}/{made.json()['id']}")).status_code == 404


async def test_key_has_no_more_than_its_owner(house: House) -> None:
    member = await house.member(role="viewer")
    answer = await member.client.post(
        KEYS, json={"name": "x", "scopes": ["catalog.title.read", "catalog.title.delete"]}
    )
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "scope_not_held"
    assert answer.json()["error"]["details"] == {"scopes": ["catalog.title.delete"]}
    assert (await member.client.get(KEYS)).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x", "scopes": ["no.such.permission"]}, 422),
        ({"name": "x", "scopes": []}, 422),
        ({"name": ""}, 422),
        ({"name": "x", "expires_at": "2030-01-01T00:00:00"}, 422),
        ({"name": "x", "expires_at": "2020-01-01T00:00:00Z"}, 400),
        ({"name": "x", "user_id": str(uuid4())}, 422),
    ],
)
async def test_key_that_makes_no_sense_is_refused(
    here: AsyncClient, body: dict[str, Any], status: int
) -> None:
    assert (await here.post(KEYS, json=body)).status_code == status


async def test_key_ends_by_itself_and_not_before(app: FastAPI, house: House) -> None:
    member = await house.member()
    ends = datetime.now(UTC) + timedelta(days=1)
    made = await member.client.post(KEYS, json={"name": "x", "expires_at": ends.isoformat()})
    async with visitor(app, authorization=f"Bearer {made.json()['key']}") as program:
        assert (await program.get("/api/v1/spaces")).status_code == 200
        async with write_context(house.database, across=True) as context:
            await context.db.execute(
                "UPDATE accounts_credentials SET expires_at = now() WHERE id = :id",
                {"id": made.json()["id"]},
            )
        assert (await program.get("/api/v1/spaces")).status_code == 401


async def test_ended_credentials_are_cleaned_up_later(
    user: UserRead, database: Database, settings: Settings
) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(
            "INSERT INTO accounts_credentials (user_id, kind, name, token_hash, revoked_at, "
            "expires_at) SELECT :id, 'session', name, gen_random_uuid()::text, revoked, expires "
            "FROM (VALUES ('revoked', now() - interval '31 days', NULL), "
            "('expired', NULL, now() - interval '31 days'), "
            "('fresh', now() - interval '29 days', now() - interval '29 days'), "
            "('good', NULL, now() + interval '1 day'), ('forever', NULL, NULL)) "
            "AS t (name, revoked, expires)",
            {"id": user.id},
        )
    await clean_ended_credentials.run(Work(database, settings))
    rows = await database.across().rows(
        text("SELECT name FROM accounts_credentials WHERE user_id = :id").bindparams(id=user.id)
    )
    assert {row["name"] for row in rows} == {"fresh", "good", "forever"}
