"""Passkeys: made, used alone and as the second factor, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.accounts.authenticator import Authenticator, pack
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import ask, fresh, show
from tests.accounts.test_sign_in import run, sign_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI
    from httpx import AsyncClient, Response

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.kit.db import Database
    from tests.house import House

V1 = "/api/v1"
KEYS = f"{V1}/account/passkeys"
PASSKEY = f"{V1}/auth/passkey"


@pytest.fixture
async def here(app: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    async with fresh(app) as client:
        await sign_in(client, user.email)
        yield client


async def add(here: AsyncClient, key: Authenticator, name: str = "Phone") -> Response:
    asked = await here.post(f"{KEYS}/options")
    assert asked.status_code == 200, asked.text
    credential = key.create(asked.json()["options"])
    return await here.post(
        KEYS,
        json={"name": name, "credential": credential, "challenge": asked.json()["challenge"]},
    )


async def added(here: AsyncClient, key: Authenticator) -> dict[str, Any]:
    answer = await add(here, key)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def use(client: AsyncClient, key: Authenticator, challenge: str | None = None) -> Response:
    asked = await client.post(f"{PASSKEY}/options", json={"challenge": challenge})
    assert asked.status_code == 200, asked.text
    credential = key.sign(asked.json()["options"])
    return await client.post(PASSKEY, json={"challenge": challenge, "credential": credential})


def code(answer: Response) -> str:
    found: str = answer.json()["error"]["code"]
    return found


async def test_a_passkey_signs_in_alone(app: FastAPI, here: AsyncClient, user: UserRead) -> None:
    key = Authenticator()
    made = await added(here, key)
    assert (made["name"], made["last_used_at"]) == ("Phone", None)
    async with fresh(app) as other:
        asked = (await other.post(f"{PASSKEY}/options", json={})).json()
        assert asked["options"]["allowCredentials"] == []
        assert asked["options"]["userVerification"] == "required"
        done = await use(other, key)
        assert done.status_code == 200, done.text
        assert done.json()["user"]["id"] == str(user.id)
        assert (await other.get(f"{V1}/auth/session")).status_code == 200
    (listed,) = (await here.get(KEYS)).json()["items"]
    assert listed["last_used_at"] is not None
    assert (await here.get(f"{V1}/account/second-factor")).json()["passkeys"] == 1


async def test_a_passkey_is_the_second_factor(
    app: FastAPI, here: AsyncClient, user: UserRead
) -> None:
    key = Authenticator(verifies=False)
    await added(here, key)
    async with fresh(app) as other:
        asked = await ask(other, user)
        assert asked["methods"] == ["passkey", "email"]
        stranger = await use(other, Authenticator(), asked["challenge"])
        assert (stranger.status_code, code(stranger)) == (401, "wrong_passkey")
        done = await use(other, key, asked["challenge"])
        assert done.status_code == 200, done.text
        # One that does not verify its user is no factor of its own.
        alone = await use(other, key)
        assert (alone.status_code, code(alone)) == (401, "wrong_passkey")


async def test_an_answer_counts_once_and_for_its_own_question(
    app: FastAPI, here: AsyncClient
) -> None:
    key = Authenticator()
    await added(here, key)
    async with fresh(app) as other:
        asked = (await other.post(f"{PASSKEY}/options", json={})).json()
        credential = key.sign(asked["options"])
        first = await other.post(PASSKEY, json={"credential": credential})
        assert first.status_code == 200, first.text
        second = await other.post(PASSKEY, json={"credential": credential})
        assert code(second) == "challenge_closed"
        made_up = key.sign({**asked["options"], "challenge": "bWFkZSB1cA"})
        assert code(await other.post(PASSKEY, json={"credential": made_up})) == "challenge_closed"


async def test_what_does_not_fit_is_refused(app: FastAPI, here: AsyncClient) -> None:
    key = Authenticator()
    await added(here, key)
    async with fresh(app) as other:
        key.origin = "https://evil.example"
        assert code(await use(other, key)) == "wrong_passkey"
        key.origin, key.counter = "http://test", 0
        assert code(await use(other, key)) == "wrong_passkey"  # the counter went back: a copy
        key.counter = 10
        asked = (await other.post(f"{PASSKEY}/options", json={})).json()["options"]
        forged = key.sign({**asked, "rpId": "evil.example"})
        assert code(await other.post(PASSKEY, json={"credential": forged})) == "wrong_passkey"
        nameless = key.sign(asked) | {"id": "\x00"}
        assert code(await other.post(PASSKEY, json={"credential": nameless})) == "wrong_passkey"
        broken = key.sign(asked)
        broken["response"]["signature"] = "AAAA"
        assert code(await other.post(PASSKEY, json={"credential": broken})) == "wrong_passkey"
    lone = pack(b'{"challenge": "\\ud800"}')
    for odd in (
        {"id": "\x00", "response": {"clientDataJSON": lone}},
        {},
        {"id": 3},
        {"response": "x"},
        {"response": {"clientDataJSON": "e30"}},
    ):
        async with fresh(app) as other:
            answer = await other.post(PASSKEY, json={"credential": odd})
            assert (answer.status_code, code(answer)) == (401, "challenge_closed")


async def test_a_passkey_of_another_question_or_person_is_not_added(
    app: FastAPI,
    here: AsyncClient,
    user: UserRead,
    database: Database,
    house: House,
) -> None:
    key = Authenticator()
    asked = (await here.post(f"{KEYS}/options")).json()
    credential = key.create(asked["options"])
    stranger = await house.member()
    body = {"name": "x", "credential": credential}
    stolen = await stranger.client.post(KEYS, json=body)
    assert (stolen.status_code, code(stolen)) == (401, "challenge_closed")
    broken = {**credential, "response": {**credential["response"], "attestationObject": "oA"}}
    refused = await here.post(KEYS, json={"name": "x", "credential": broken})
    assert (refused.status_code, code(refused)) == (400, "passkey_refused")
    assert (await here.post(KEYS, json=body)).status_code == 201
    assert code(await here.post(KEYS, json=body)) == "challenge_closed"
    assert code(await add(stranger.client, key)) == "passkey_known"
    excluded = (await here.post(f"{KEYS}/options")).json()["options"]["excludeCredentials"]
    assert [one["id"] for one in excluded] == [credential["id"]]
    await run(database, "UPDATE accounts_users SET is_active = false WHERE id = :id", id=user.id)
    async with fresh(app) as other:
        assert code(await use(other, key)) == "wrong_passkey"


async def test_passkeys_are_renamed_and_removed_by_their_owner(
    app: FastAPI,
    here: AsyncClient,
    user: UserRead,
    house: House,
) -> None:
    key = Authenticator()
    made = await added(here, key)
    stranger = await house.member()
    address = f"{KEYS}/{made['id']}"
    assert (await stranger.client.patch(address, json={"name": "x"})).status_code == 404
    assert (await stranger.client.delete(address)).status_code == 404
    renamed = await here.patch(address, json={"name": "Tablet"})
    assert renamed.json()["name"] == "Tablet"
    assert (await here.delete(address)).status_code == 204
    assert (await here.delete(f"{KEYS}/{uuid4()}")).status_code == 404
    async with fresh(app) as other:
        assert code(await use(other, key)) == "wrong_passkey"
        assert (await sign_in(other, user.email, PASSWORD))["user"]["id"] == str(user.id)


async def test_backup_codes_stand_in_for_a_passkey_too(
    app: FastAPI, here: AsyncClient, user: UserRead
) -> None:
    early = await here.post(f"{V1}/account/second-factor/backup-codes")
    assert (early.status_code, code(early)) == (409, "no_totp")
    made = await added(here, Authenticator())
    codes = (await here.post(f"{V1}/account/second-factor/backup-codes")).json()["backup_codes"]
    async with fresh(app) as other:
        asked = await ask(other, user)
        assert asked["methods"] == ["passkey", "backup_code", "email"]
        done = await show(other, asked["challenge"], codes[0], "backup_code")
        assert done.status_code == 200, done.text
    await here.delete(f"{KEYS}/{made['id']}")
    left = (await here.get(f"{V1}/account/second-factor")).json()
    assert left["backup_codes_left"] == 0
