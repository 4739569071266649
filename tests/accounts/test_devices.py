"""Televisions: let in by a code, kept in by tokens that rotate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.edge import write_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mediatheque.kit.db import Database
    from tests.house import House, Member

V1 = "/api/v1"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
async def television(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(
        transport=ASGITransport(app=app, raise_app_exceptions=False),
        base_url="http://test",
        headers={"user-agent": "TvApp/1.0"},
    ) as client:
        yield client


async def ask(television: AsyncClient) -> dict[str, Any]:
    answer = await television.post(
        f"{V1}/oauth/device_authorization", data={"client_id": "Living room"}
    )
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def poll(television: AsyncClient, device_code: str) -> tuple[int, dict[str, Any]]:
    answer = await television.post(
        f"{V1}/oauth/token",
        data={"grant_type": GRANT, "device_code": device_code, "client_id": "Living room"},
    )
    return answer.status_code, answer.json()


async def refresh(television: AsyncClient, token: str) -> tuple[int, dict[str, Any]]:
    answer = await television.post(
        f"{V1}/oauth/token", data={"grant_type": "refresh_token", "refresh_token": token}
    )
    return answer.status_code, answer.json()


async def let_in(television: AsyncClient, member: Member) -> dict[str, Any]:
    asked = await ask(television)
    answer = await member.client.post(f"{V1}/account/devices/{asked['user_code']}/approve")
    assert answer.status_code == 200, answer.text
    status, tokens = await poll(television, asked["device_code"])
    assert status == 200, tokens
    return tokens


async def whoami(television: AsyncClient, token: str) -> int:
    answer = await television.get(f"{V1}/spaces", headers={"authorization": f"Bearer {token}"})
    return answer.status_code


async def run(database: Database, sql: str, **values: object) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(sql, values)


async def test_a_device_is_let_in_by_its_code(
    television: AsyncClient, house: House, database: Database
) -> None:
    member = await house.member(role="member")
    asked = await ask(television)
    assert asked["expires_in"] == 600
    assert asked["interval"] == 5
    assert asked["verification_uri_complete"].endswith(f"/device?code={asked['user_code']}")
    assert await poll(television, asked["device_code"]) == (
        400,
        {"error": "authorization_pending", "error_description": ""},
    )
    typed = asked["user_code"].lower().replace("-", " ")
    seen = await member.client.get(f"{V1}/account/devices/{typed}")
    assert seen.status_code == 200, seen.text
    assert (seen.json()["name"], seen.json()["device"]) == ("Living room", "TvApp")
    done = await member.client.post(f"{V1}/account/devices/{typed}/approve")
    assert done.status_code == 200
    again = await member.client.post(f"{V1}/account/devices/{typed}/deny")
    assert again.json()["error"]["code"] == "device_decided"
    status, tokens = await poll(television, asked["device_code"])
    assert status == 200
    assert tokens["token_type"] == "Bearer"
    bearer = {"authorization": f"Bearer {tokens['access_token']}"}
    answer = await television.get(f"{V1}/auth/session", headers=bearer)
    assert answer.json()["user"]["id"] == str(member.user_id)
    assert await poll(television, asked["device_code"]) == (
        400,
        {"error": "invalid_grant", "error_description": "This token is not valid."},
    )
    stored = await database.across().rows(text("SELECT * FROM accounts_credentials"))
    assert not any(tokens[one] in str(stored) for one in ("access_token", "refresh_token"))


async def test_a_device_does_nothing_that_needs_a_person(
    television: AsyncClient, house: House
) -> None:
    tokens = await let_in(television, await house.member())
    bearer = {"authorization": f"Bearer {tokens['access_token']}"}
    for path in ("/api-keys", "/account/devices/BCDF-GHJK/approve"):
        answer = await television.post(V1 + path, json={"name": "x"}, headers=bearer)
        assert answer.json()["error"]["code"] == "session_needed"


async def test_who_asks_too_often_is_slowed_down(television: AsyncClient) -> None:
    asked = await ask(television)
    found = [(await poll(television, asked["device_code"]))[1]["error"] for _ in range(3)]
    assert found == ["authorization_pending", "slow_down", "slow_down"]


async def test_a_device_that_is_not_let_in(
    television: AsyncClient, house: House, database: Database
) -> None:
    member = await house.member()
    asked = await ask(television)
    answer = await member.client.post(f"{V1}/account/devices/{asked['user_code']}/deny")
    assert answer.status_code == 200
    assert (await poll(television, asked["device_code"]))[1]["error"] == "access_denied"
    late = await ask(television)
    await run(database, "UPDATE accounts_device_codes SET expires_at = now()")
    assert (await poll(television, late["device_code"]))[1]["error"] == "expired_token"
    gone = await member.client.get(f"{V1}/account/devices/{late['user_code']}")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "device_code_closed")
    assert (await poll(television, "made up"))[1]["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password", "username": "x"}, "unsupported_grant_type"),
        ({"grant_type": GRANT}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant"),
    ],
)
async def test_refusals_have_the_form_of_the_rfc(
    television: AsyncClient, form: dict[str, str], error: str
) -> None:
    answer = await television.post(f"{V1}/oauth/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.headers["cache-control"] == "no-store"


async def test_tokens_rotate_and_reuse_ends_the_family(
    television: AsyncClient, house: House, database: Database
) -> None:
    member = await house.member()
    first = await let_in(television, member)
    status, second = await refresh(television, first["refresh_token"])
    assert status == 200
    assert await whoami(television, first["access_token"]) == 401
    assert await whoami(television, second["access_token"]) == 200
    status, third = await refresh(television, second["refresh_token"])
    assert status == 200
    # Somebody has a copy of the first: nobody can say who is who, so all of it ends.
    assert (await refresh(television, first["refresh_token"]))[1]["error"] == "invalid_grant"
    assert await whoami(television, third["access_token"]) == 401
    assert (await refresh(television, third["refresh_token"]))[1]["error"] == "invalid_grant"
    kinds = await database.across().rows(
        text(
            "SELECT kind FROM core_journal WHERE actor_id = :id OR ref_kind = 'device'"
        ).bindparams(id=member.user_id)
    )
    assert "accounts.device_reuse_found" in {row["kind"] for row in kinds}


async def test_an_access_token_is_no_refresh_token(television: AsyncClient, house: House) -> None:
    tokens = await let_in(television, await house.member())
    assert (await refresh(television, tokens["access_token"]))[0] == 400
    assert await whoami(television, tokens["refresh_token"]) == 401


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_a_token_is_given_back(television: AsyncClient, house: House, which: str) -> None:
    tokens = await let_in(television, await house.member())
    answer = await television.post(f"{V1}/oauth/revoke", data={"token": tokens[which]})
    assert answer.status_code == 200
    assert await whoami(television, tokens["access_token"]) == 401
    assert (await refresh(television, tokens["refresh_token"]))[0] == 400
    unknown = await television.post(f"{V1}/oauth/revoke", data={"token": uuid4().hex})
    assert unknown.status_code == 200


async def test_devices_stand_among_the_sessions_and_end_there(
    television: AsyncClient, house: House
) -> None:
    member = await house.member()
    tokens = await let_in(television, member)
    _, tokens = await refresh(television, tokens["refresh_token"])
    listed = (await member.client.get(f"{V1}/auth/sessions")).json()["items"]
    assert [one["kind"] for one in listed].count("device") == 1
    (device,) = [one for one in listed if one["kind"] == "device"]
    assert device["device"] == "Living room"
    assert device["user_agent"] == "TvApp/1.0"
    ended = await member.client.delete(f"{V1}/auth/sessions/{device['id']}")
    assert ended.status_code == 204
    assert await whoami(television, tokens["access_token"]) == 401
    assert (await refresh(television, tokens["refresh_token"]))[0] == 400


async def test_a_suspended_users_devices_are_dead_at_once(
    television: AsyncClient, house: House, database: Database
) -> None:
    member = await house.member()
    tokens = await let_in(television, member)
    await run(
        database, "UPDATE accounts_users SET is_active = false WHERE id = :id", id=member.user_id
    )
    assert await whoami(television, tokens["access_token"]) == 401
    assert (await refresh(television, tokens["refresh_token"]))[1]["error"] == "invalid_grant"


async def test_a_name_that_is_none_is_refused(television: AsyncClient) -> None:
    for name in ("a\x00b", "x" * 101):
        answer = await television.post(f"{V1}/oauth/device_authorization", data={"client_id": name})
        assert answer.status_code == 422


async def test_a_new_device_is_told_by_letter(
    television: AsyncClient, house: House, database: Database
) -> None:
    member = await house.member()
    await let_in(television, member)
    letters = await database.across().rows(
        text("SELECT template, data FROM accounts_letters WHERE user_id = :id").bindparams(
            id=member.user_id
        )
    )
    assert [row["template"] for row in letters] == ["new_device"]
    assert letters[0]["data"]["device"] == "Living room"
