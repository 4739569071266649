"""Coming in and going out, over HTTP."""

from __future__ import annotations

import json
import time
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from httpx import ASGITransport, AsyncClient
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import text

from mediatheque.areas.accounts.rules import is_password
from mediatheque.core.edge import write_context
from mediatheque.core.permissions import ROLES
from tests.accounts.conftest import PASSWORD

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx import Response

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.kit.db import Database
    from tests.house import House

LOGIN = "/api/v1/auth/login"
SESSION = "/api/v1/auth/session"
COOKIE = "mediatheque_session"


async def sign_in(client: AsyncClient, email: str, password: str = PASSWORD) -> dict[str, Any]:
    answer = await client.post(LOGIN, json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    client.headers["x-csrf-token"] = body["csrf_token"]
    return body


def without_id(answer: Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    body["error"].pop("request_id")
    return body


async def run(database: Database, sql: str, **values: object) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(sql, values)


async def test_sign_in_sets_a_cookie_that_scripts_cannot_read(
    anonymous: AsyncClient, user: UserRead
) -> None:
    answer = await anonymous.post(LOGIN, json={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json() == {
        "csrf_token": answer.json()["csrf_token"],
        "user": {
            "id": str(user.id),
            "email": user.email,
            "name": "Ada",
            "locale": "en",
            "time_zone": "UTC",
            "is_instance_owner": False,
            "instance_role": None,
            "is_verified": False,
            "has_password": True,
        },
        "spaces": [],
        "profile": None,
    }
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert "secure" not in flags
    assert answer.headers["cache-control"] == "no-store"
    session = await anonymous.get(SESSION)
    assert session.status_code == 200
    assert session.json() == answer.json()


async def test_address_is_known_in_any_case(anonymous: AsyncClient, user: UserRead) -> None:
    body = await sign_in(anonymous, f"  {user.email.upper()} ")
    assert body["user"]["id"] == str(user.id)


async def test_session_lists_spaces_with_role_and_permissions(house: House) -> None:
    member = await house.member(role="viewer")
    answer = await member.client.get(SESSION)
    assert answer.status_code == 200
    (space,) = answer.json()["spaces"]
    assert (space["slug"], space["role"]) == (member.space.slug, "viewer")
    assert space["permissions"] == sorted(str(one) for one in ROLES["viewer"])
    assert answer.json()["csrf_token"] == member.client.headers["x-csrf-token"]


async def test_space_one_is_no_member_of_keeps_nobody_from_their_account(house: House) -> None:
    member = await house.member()
    answer = await member.client.get(SESSION, headers={"x-space": "gone"})
    assert answer.status_code == 200
    assert (await member.client.get("/api/v1/members", headers={"x-space": "gone"})).is_error


async def test_every_failure_looks_the_same(
    anonymous: AsyncClient, user: UserRead, database: Database
) -> None:
    wrong = await anonymous.post(LOGIN, json={"email": user.email, "password": "wrong password"})
    nobody = await anonymous.post(
        LOGIN, json={"email": f"{uuid4().hex}@test.example", "password": "wrong password"}
    )
    no_address = await anonymous.post(LOGIN, json={"email": "nonsense", "password": PASSWORD})
    await run(database, "UPDATE accounts_users SET is_active = false WHERE id = :id", id=user.id)
    suspended = await anonymous.post(LOGIN, json={"email": user.email, "password": PASSWORD})
    await run(
        database,
        "UPDATE accounts_users SET is_active = true, password_hash = NULL WHERE id = :id",
        id=user.id,
    )
    without = await anonymous.post(LOGIN, json={"email": user.email, "password": PASSWORD})
    answers = [wrong, nobody, no_address, suspended, without]
    assert {answer.status_code for answer in answers} == {401}
    assert all(without_id(answer) == without_id(wrong) for answer in answers)
    assert without_id(wrong)["error"]["code"] == "wrong_credentials"
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_unknown_address_takes_as_long(anonymous: AsyncClient, user: UserRead) -> None:
    async def took(email: str) -> float:
        began = time.perf_counter()
        await anonymous.post(LOGIN, json={"email": email, "password": "wrong password"})
        return time.perf_counter() - began

    await took("warm@test.example")
    known, unknown = [], []
    for _ in range(5):
        known.append(await took(user.email))
        unknown.append(await took(f"{uuid4().hex}@test.example"))
    assert 0.5 < median(unknown) / median(known) < 2


@pytest.mark.parametrize(
    "body",
    [
        {"email": "a@b.c"},
        {"email": "a@b.c", "password": ""},
        {"email": "a@b.c", "password": "x" * 300},
        {"email": "a\x00@b.c", "password": "x"},
        {"email": "\ud800@b.c", "password": "x"},
        {"email": 3, "password": "x"},
        {"email": "a@b.c", "password": "x", "is_instance_owner": True},
        [],
    ],
)
async def test_malformed_sign_in_is_422(anonymous: AsyncClient, body: object) -> None:
    answer = await anonymous.post(
        LOGIN, content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "malformed"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_another_site_cannot_sign_in(
    anonymous: AsyncClient, user: UserRead, headers: dict[str, str]
) -> None:
    body = {"email": user.email, "password": PASSWORD}
    answer = await anonymous.post(LOGIN, json=body, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "bad_csrf_token"
    assert "set-cookie" not in answer.headers


async def test_signing_in_again_needs_no_csrf_token(anonymous: AsyncClient, user: UserRead) -> None:
    await sign_in(anonymous, user.email)
    del anonymous.headers["x-csrf-token"]
    again = await anonymous.post(
        LOGIN,
        json={"email": user.email, "password": PASSWORD},
        headers={"origin": "http://test", "sec-fetch-site": "same-origin"},
    )
    assert again.status_code == 200


async def test_signing_in_again_ends_the_session_before(
    anonymous: AsyncClient, app: FastAPI, user: UserRead
) -> None:
    """A cookie that is written over opens nothing; sessions of other browsers stay."""
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as other:
        await sign_in(other, user.email)
        await sign_in(anonymous, user.email)
        before = anonymous.cookies[COOKIE]
        await sign_in(anonymous, user.email)
        assert anonymous.cookies[COOKIE] != before
        assert len((await anonymous.get("/api/v1/auth/sessions")).json()["items"]) == 2
        assert (await other.get(SESSION)).status_code == 200
        other.cookies = {COOKIE: before}
        assert (await other.get(SESSION)).status_code == 401


async def test_signing_out_ends_the_session_at_once(anonymous: AsyncClient, user: UserRead) -> None:
    await sign_in(anonymous, user.email)
    kept = anonymous.cookies[COOKIE]
    answer = await anonymous.post("/api/v1/auth/logout")
    assert answer.status_code == 204
    assert COOKIE not in anonymous.cookies
    anonymous.cookies.set(COOKIE, kept)
    assert (await anonymous.get(SESSION)).status_code == 401
    assert (await anonymous.post("/api/v1/auth/logout")).status_code == 204


async def test_signing_out_needs_the_csrf_token(anonymous: AsyncClient, user: UserRead) -> None:
    await sign_in(anonymous, user.email)
    for headers in ({"x-csrf-token": ""}, {"x-csrf-token": "a" * 64}):
        answer = await anonymous.post("/api/v1/auth/logout", headers=headers)
        assert answer.status_code == 403
    assert (await anonymous.get(SESSION)).status_code == 200


async def test_old_hash_is_renewed_by_signing_in(
    anonymous: AsyncClient, user: UserRead, database: Database
) -> None:
    weak = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await run(
        database,
        "UPDATE accounts_users SET password_hash = :hash WHERE id = :id",
        hash=weak,
        id=user.id,
    )
    await sign_in(anonymous, user.email)
    stored = await database.across().scalar(
        text("SELECT password_hash FROM accounts_users WHERE id = :id").bindparams(id=user.id)
    )
    assert stored != weak
    assert "m=65536,t=3,p=4" in stored
    await sign_in(anonymous, user.email)


async def test_no_connection_is_held_while_a_password_is_checked(
    anonymous: AsyncClient, user: UserRead, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []

    async def watched(password: str, stored: str | None) -> bool:
        pool = database._pool.get_stats()  # noqa: SLF001  (what it is about)
        used = pool["pool_size"] - pool["pool_available"]
        seen.append((used, database.engine.pool.checkedout()))  # type: ignore[attr-defined]  # a queue pool
        return await is_password(password, stored)

    monkeypatch.setattr("mediatheque.areas.spaces.routes.doors.is_password", watched)
    await sign_in(anonymous, user.email)
    assert seen == [(0, 0)]


async def test_tries_are_counted_for_address_and_account(
    strict: AsyncClient, user: UserRead
) -> None:
    async def attempt(email: str, password: str) -> Response:
        return await strict.post(LOGIN, json={"email": email, "password": password})

    stranger = f"{uuid4().hex}@test.example"
    for email in (user.email, stranger):
        tries = [await attempt(email, "wrong password") for _ in range(3)]
        assert [one.status_code for one in tries] == [401, 401, 401]
        refused = await attempt(email.upper(), PASSWORD)
        assert refused.status_code == 429, "the right password comes too late, known or not"
        assert refused.json()["error"]["code"] == "too_many_requests"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert (await attempt(f"{uuid4().hex}@test.example", "x")).status_code == 401


async def test_success_begins_the_count_again(strict: AsyncClient, user: UserRead) -> None:
    for _ in range(3):
        wrong = await strict.post(LOGIN, json={"email": user.email, "password": "wrong"})
        right = await strict.post(LOGIN, json={"email": user.email, "password": PASSWORD})
        assert (wrong.status_code, right.status_code) == (401, 200)


async def test_address_trying_many_accounts_is_stopped(strict: AsyncClient) -> None:
    statuses = [
        (
            await strict.post(
                "/api/v1/invitations/claim", json={"token": uuid4().hex, "email": "a@b.example"}
            )
        ).status_code
        for _ in range(31)
    ]
    assert statuses == [404] * 30 + [429]
    lookup = await strict.get("/api/v1/invitations/lookup", params={"token": "x"})
    login = await strict.post(LOGIN, json={"email": "a@b.example", "password": "x"})
    assert (lookup.status_code, login.status_code) == (429, 429)


async def test_twenty_sessions_are_the_limit(
    anonymous: AsyncClient, user: UserRead, database: Database
) -> None:
    first = await sign_in(anonymous, user.email)
    cookie = anonymous.cookies[COOKIE]
    assert first["user"]["id"] == str(user.id)
    await run(
        database,
        "INSERT INTO accounts_credentials (user_id, kind, token_hash, expires_at, created_at) "
        "SELECT :id, 'session', gen_random_uuid()::text, now() + interval '1 day', "
        "now() + interval '1 minute' FROM generate_series(1, 19)",
        id=user.id,
    )
    await sign_in(anonymous, user.email)
    sessions = (await anonymous.get("/api/v1/auth/sessions")).json()["items"]
    assert len(sessions) == 20
    anonymous.cookies.clear()
    anonymous.cookies.set(COOKIE, cookie)
    assert (await anonymous.get(SESSION)).status_code == 401, "the oldest one ended"
