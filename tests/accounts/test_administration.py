"""The admin audience, and what administrators do to people, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import text

from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS
from mediatheque.core.edge import write_context
from mediatheque.kit import crypto
from mediatheque.kit.db import Database
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import PASSWORD, open_house
from tests.accounts.test_passkeys import added
from tests.accounts.test_second_factor import enrol, fresh
from tests.accounts.test_sign_in import run, sign_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from tests.house import House

V1 = "/api/v1"
ADMIN = f"{V1}/admin/auth"
PEOPLE = f"{V1}/admin/users"
COOKIE = "mediatheque_admin"


async def give_role(database: Database, user: UserRead, role: str | None) -> None:
    await run(
        database, "UPDATE accounts_users SET instance_role = :role WHERE id = :id",
        role=role, id=user.id,
    )  # fmt: skip


async def enter(client: AsyncClient, user: UserRead) -> dict[str, Any]:
    answer = await client.post(f"{ADMIN}/login", json={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    client.headers["x-csrf-token"] = body["csrf_token"]
    return body


@pytest.fixture
async def admin(app: FastAPI, user: UserRead, database: Database) -> AsyncIterator[AsyncClient]:
    """Signed in to the administration as an owner of the house, and nowhere else."""
    await give_role(database, user, "owner")
    async with fresh(app) as client:
        await enter(client, user)
        yield client


async def test_who_has_no_role_is_not_let_in(app: FastAPI, user: UserRead) -> None:
    async with fresh(app) as client:
        answer = await client.post(
            f"{ADMIN}/login", json={"email": user.email, "password": PASSWORD}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "no_administrator")
        assert "set-cookie" not in answer.headers
        wrong = await client.post(f"{ADMIN}/login", json={"email": user.email, "password": "nope"})
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "wrong_credentials")


@pytest.mark.parametrize("role", ["owner", "operator", "auditor"])
async def test_a_role_in_the_house_opens_the_administration(
    app: FastAPI, user: UserRead, database: Database, role: str
) -> None:
    await give_role(database, user, role)
    async with fresh(app) as client:
        body = await enter(client, user)
        assert body["role"] == role
        assert "accounts.user.read" in body["permissions"]
        assert ("accounts.user.manage" in body["permissions"]) == (role != "auditor")
        assert (await client.get(f"{ADMIN}/me")).json() == body
        assert (await client.get(PEOPLE)).status_code == 200
        stranger = uuid4()
        changed = await client.post(f"{PEOPLE}/{stranger}/suspend")
        assert changed.status_code == (403 if role == "auditor" else 404)


async def test_one_audience_opens_nothing_of_the_other(
    app: FastAPI, admin: AsyncClient, user: UserRead, house: House
) -> None:
    token = admin.cookies[COOKIE]
    for path in ("/auth/session", "/spaces", "/auth/sessions"):
        assert (await admin.get(V1 + path)).status_code == 401
        async with fresh(app) as other:
            other.cookies.set("mediatheque_session", token)
            assert (await other.get(V1 + path)).status_code == 401
        async with fresh(app) as other:
            other.headers["authorization"] = f"Bearer {token}"
            assert (await other.get(V1 + path)).status_code == 401
    async with fresh(app) as other:
        await sign_in(other, user.email)
        session = other.cookies["mediatheque_session"]
        made = await other.post(f"{V1}/api-keys", json={"name": "x"})
        assert (await other.get(PEOPLE)).status_code == 401
        for headers, cookies in (
            ({}, {COOKIE: session}),
            ({"authorization": f"Bearer {made.json()['key']}"}, {}),
            ({"authorization": f"Bearer {session}"}, {}),
        ):
            async with fresh(app) as thief:
                thief.headers.update(headers)
                thief.cookies.update(cookies)
                assert (await thief.get(PEOPLE)).status_code == 401
                assert (await thief.get(f"{ADMIN}/me")).status_code == 401


async def test_the_cookie_is_strict_and_changes_need_its_token(
    app: FastAPI, user: UserRead, database: Database
) -> None:
    await give_role(database, user, "owner")
    async with fresh(app) as client:
        answer = await client.post(
            f"{ADMIN}/login", json={"email": user.email, "password": PASSWORD}
        )
        flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
        assert {"httponly", "samesite=strict", "path=/"} <= flags
        forged = await client.post(f"{PEOPLE}/{user.id}/force-logout")
        assert (forged.status_code, forged.json()["error"]["code"]) == (403, "bad_csrf_token")


async def test_sessions_idle_out_and_end_after_a_day(
    admin: AsyncClient, user: UserRead, database: Database
) -> None:
    body = (await admin.get(f"{ADMIN}/me")).json()
    now = datetime.now(UTC)
    idle = datetime.fromisoformat(body["expires_at"]) - now
    assert timedelta(minutes=14) < idle <= timedelta(minutes=15)
    last = datetime.fromisoformat(body["ends_at"]) - now
    assert timedelta(hours=23) < last <= timedelta(hours=24)
    # Used some minutes later, it lives on; and never past its last moment.
    for ends, expected in (("5 minutes", 5), ("10 hours", 15)):
        await run(
            database,
            "UPDATE accounts_credentials SET last_seen_at = now() - interval '3 minutes', "
            "expires_at = now() + interval '12 minutes', "
            "ends_at = now() + cast(:ends AS interval) "
            "WHERE user_id = :id AND audience = 'admin'",
            id=user.id,
            ends=ends,
        )
        assert (await admin.get(f"{ADMIN}/me")).status_code == 200
        await SIGHTINGS.settle()
        body = (await admin.get(f"{ADMIN}/me")).json()
        left = datetime.fromisoformat(body["expires_at"]) - datetime.now(UTC)
        assert abs(left - timedelta(minutes=expected)) < timedelta(seconds=30)
    for idle_ends, day_ends in (("0 minutes", "9 minutes"), ("9 minutes", "0 minutes")):
        await run(
            database,
            "UPDATE accounts_credentials SET expires_at = now() + cast(:idle AS interval), "
            "ends_at = now() + cast(:day AS interval) "
            "WHERE user_id = :id AND audience = 'admin'",
            id=user.id,
            idle=idle_ends,
            day=day_ends,
        )
        assert (await admin.get(f"{ADMIN}/me")).status_code == 401


async def test_an_enrolled_factor_is_asked_for_and_letters_are_not_enough(
    app: FastAPI, user: UserRead, database: Database
) -> None:
    await give_role(database, user, "owner")
    async with fresh(app) as here:
        await sign_in(here, user.email)
        secret, backup = await enrol(here)
    async with fresh(app) as client:
        credentials = {"email": user.email, "password": PASSWORD}
        answer = await client.post(f"{ADMIN}/login", json=credentials)
        asked = answer.json()["second_factor"]
        assert asked["methods"] == ["totp", "backup_code"]
        body = {"challenge": asked["challenge"], "method": "totp"}
        code = pyotp.TOTP(secret).now()
        # A challenge of the administration is none of the application's.
        app_side = await client.post(f"{V1}/auth/second-factor", json={**body, "code": code})
        assert app_side.json()["error"]["code"] == "challenge_closed"
        sent = await client.post(
            f"{V1}/auth/second-factor/email", json={"challenge": asked["challenge"]}
        )
        assert sent.json()["error"]["code"] == "challenge_closed"
        wrong = await client.post(f"{ADMIN}/second-factor", json={**body, "code": "1"})
        assert wrong.json()["error"]["code"] == "wrong_code"
        done = await client.post(f"{ADMIN}/second-factor", json={**body, "code": code})
        assert done.status_code == 200, done.text
        assert done.json()["role"] == "owner"
        assert (await client.get(PEOPLE)).status_code == 200
        again = await client.post(f"{ADMIN}/login", json=credentials)
        paper = {
            "challenge": again.json()["second_factor"]["challenge"],
            "method": "backup_code",
            "code": backup[0],
        }
        assert (await client.post(f"{ADMIN}/second-factor", json=paper)).status_code == 200


async def test_a_passkey_opens_the_administration(
    app: FastAPI, user: UserRead, database: Database
) -> None:
    key = Authenticator()
    async with fresh(app) as here:
        await sign_in(here, user.email)
        await added(here, key)
    async with fresh(app) as client:
        for role, status in ((None, 403), ("operator", 200)):
            await give_role(database, user, role)
            asked = (await client.post(f"{ADMIN}/passkey/options", json={})).json()
            credential = key.sign(asked["options"])
            elsewhere = await client.post(f"{V1}/auth/passkey", json={"credential": credential})
            assert elsewhere.status_code == 401
            answer = await client.post(f"{ADMIN}/passkey", json={"credential": credential})
            assert answer.status_code == status, answer.text


async def test_the_network_is_looked_at_before_the_password(
    settings: Settings, database_url: str, user: UserRead, database: Database
) -> None:
    await give_role(database, user, "owner")
    credentials = {"email": user.email, "password": PASSWORD}
    for networks, status in (("10.0.0.0/8, ::1", 403), ("127.0.0.0/8", 200)):
        chosen = settings.model_copy(update={"admin_networks": networks})
        async with open_house(chosen, Database(database_url)) as client:
            answer = await client.post(f"{ADMIN}/login", json=credentials)
            assert answer.status_code == status, answer.text
            if status == 403:
                assert answer.json()["error"]["code"] == "network_not_allowed"
                wrong = await client.post(f"{ADMIN}/login", json={**credentials, "password": "x"})
                assert wrong.json()["error"]["code"] == "network_not_allowed"
                assert (await client.get(PEOPLE)).status_code == 403
                assert (await client.get(f"{V1}/auth/setup")).status_code == 200


async def test_a_house_may_insist_on_a_second_factor(
    settings: Settings, database_url: str, user: UserRead, database: Database
) -> None:
    await give_role(database, user, "owner")
    chosen = settings.model_copy(update={"admin_second_factor": True})
    async with open_house(chosen, Database(database_url)) as client:
        answer = await client.post(
            f"{ADMIN}/login", json={"email": user.email, "password": PASSWORD}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "second_factor_needed")


async def test_sessions_of_the_administration_end(
    app: FastAPI, admin: AsyncClient, user: UserRead, database: Database
) -> None:
    async with fresh(app) as second, fresh(app) as operator:
        await enter(second, user)
        assert (await second.post(f"{ADMIN}/logout")).status_code == 204
        assert (await second.get(f"{ADMIN}/me")).status_code == 401
        assert (await admin.get(f"{ADMIN}/me")).status_code == 200
        await enter(second, user)
        other = await make_user(database)
        await give_role(database, other, "operator")
        await enter(operator, other)
        refused = await operator.post(f"{ADMIN}/revoke-all", params={"everybody": "true"})
        assert refused.json()["error"]["code"] == "owners_only"
        assert (await second.post(f"{ADMIN}/revoke-all")).status_code == 204
        assert (await admin.get(f"{ADMIN}/me")).status_code == 401
        assert (await operator.get(f"{ADMIN}/me")).status_code == 200
        await enter(admin, user)
        await admin.post(f"{ADMIN}/revoke-all", params={"everybody": "true"})
        assert (await operator.get(f"{ADMIN}/me")).status_code == 401


@cache
def _hashed() -> str:
    """One hash for everybody: it takes its time."""
    return crypto._passwords.hash(PASSWORD)  # noqa: SLF001  (without an event loop)


async def make_user(database: Database, **values: object) -> Any:  # noqa: ANN401  (JSON)
    async with write_context(database, across=True) as context:
        return await create_user(
            context,
            email=str(values.get("email") or f"{uuid4().hex[:10]}@test.example"),
            name=str(values.get("name") or "Grace"),
            password_hash=_hashed(),
        )


async def test_a_suspended_users_tokens_are_dead_at_once_and_stay_so(
    app: FastAPI, admin: AsyncClient, database: Database
) -> None:
    target = await make_user(database)
    async with fresh(app) as browser, fresh(app) as program:
        await sign_in(browser, target.email)
        made = await browser.post(f"{V1}/api-keys", json={"name": "x"})
        program.headers["authorization"] = f"Bearer {made.json()['key']}"
        assert (await program.get(f"{V1}/spaces")).status_code == 200
        done = await admin.post(f"{PEOPLE}/{target.id}/suspend")
        assert done.status_code == 204, done.text
        assert (await browser.get(f"{V1}/spaces")).status_code == 401
        assert (await program.get(f"{V1}/spaces")).status_code == 401
        refused = await browser.post(
            f"{V1}/auth/login", json={"email": target.email, "password": PASSWORD}
        )
        assert refused.json()["error"]["code"] == "wrong_credentials"
        listed = await admin.get(PEOPLE, params={"status": "suspended", "email": target.email})
        assert [one["id"] for one in listed.json()["items"]] == [str(target.id)]
        assert (await admin.post(f"{PEOPLE}/{target.id}/activate")).status_code == 204
        assert (await browser.get(f"{V1}/spaces")).status_code == 401
        assert (await program.get(f"{V1}/spaces")).status_code == 401
        await sign_in(browser, target.email)


async def test_signing_somebody_out_and_resetting_their_factor(
    app: FastAPI, admin: AsyncClient, database: Database
) -> None:
    target = await make_user(database)
    async with fresh(app) as browser:
        await sign_in(browser, target.email)
        assert (await admin.post(f"{PEOPLE}/{target.id}/force-logout")).status_code == 204
        assert (await browser.get(f"{V1}/auth/session")).status_code == 401
        await sign_in(browser, target.email)
        await enrol(browser)
        await added(browser, Authenticator())
        done = await admin.post(f"{PEOPLE}/{target.id}/reset-second-factor")
        assert done.status_code == 204
        assert (await browser.get(f"{V1}/auth/session")).status_code == 401
        await sign_in(browser, target.email)
        left = (await browser.get(f"{V1}/account/second-factor")).json()
        assert (left["totp"], left["backup_codes_left"], left["passkeys"]) == (False, 0, 0)
    letters = await database.across().rows(
        text("SELECT template FROM accounts_letters WHERE user_id = :id").bindparams(id=target.id)
    )
    assert "second_factor_changed" in {row["template"] for row in letters}


async def test_nobody_locks_the_house(
    app: FastAPI, admin: AsyncClient, user: UserRead, database: Database
) -> None:
    for path in ("suspend", "reset-second-factor"):
        answer = await admin.post(f"{PEOPLE}/{user.id}/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "yourself")
    mine = await admin.put(f"{PEOPLE}/{user.id}/role", json={"role": None})
    assert mine.json()["error"]["code"] == "yourself"
    other = await make_user(database)
    made = await admin.put(f"{PEOPLE}/{other.id}/role", json={"role": "operator"})
    assert made.status_code == 204
    async with fresh(app) as operator:
        await enter(operator, other)
        answer = await operator.post(f"{PEOPLE}/{user.id}/suspend")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "owners_only")
        own = await operator.put(f"{PEOPLE}/{other.id}/role", json={"role": "owner"})
        assert own.json()["error"]["code"] == "owners_only"
        await admin.put(f"{PEOPLE}/{other.id}/role", json={"role": None})
        assert (await operator.get(f"{ADMIN}/me")).status_code == 401


async def test_people_are_found(admin: AsyncClient, database: Database, house: House) -> None:
    tag = uuid4().hex[:8]
    before = datetime.now(UTC)
    first = await make_user(database, email=f"Anna.{tag}@test.example")
    between = datetime.now(UTC)
    second = await make_user(database, email=f"bob.{tag}@test.example")

    async def found(**wanted: str) -> list[str]:
        answer = await admin.get(PEOPLE, params={"email": tag.upper(), **wanted})
        assert answer.status_code == 200, answer.text
        return [one["email"] for one in answer.json()["items"]]

    assert await found() == [second.email, first.email]
    assert await found(signed_up_from=between.isoformat()) == [second.email]
    assert await found(signed_up_from=before.isoformat(), signed_up_until=between.isoformat()) == [
        first.email
    ]
    assert await found(role="owner") == []
    assert await found(role="none", status="active") == [second.email, first.email]
    page = await admin.get(PEOPLE, params={"email": tag, "limit": 1})
    rest = await admin.get(
        PEOPLE, params={"email": tag, "limit": 1, "cursor": page.json()["next_cursor"]}
    )
    assert [one["email"] for one in rest.json()["items"]] == [first.email]
    assert (await admin.get(PEOPLE, params={"email": "%"})).json()["items"] == []
    assert (await admin.get(PEOPLE, params={"cursor": "x"})).status_code == 400
    unknown = await admin.get(PEOPLE, params={"sort": "name"})
    assert unknown.json()["error"]["code"] == "unknown_parameter"
