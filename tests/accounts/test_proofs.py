"""What a session alone does not do: whoever is in it shows again who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import text

from mediatheque.kit.db import Database
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import PASSWORD, open_house
from tests.accounts.test_passkeys import added
from tests.accounts.test_second_factor import FACTOR, enrol, fresh
from tests.accounts.test_sign_in import COOKIE, run, sign_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI
    from httpx import AsyncClient, Response

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from tests.house import House

V1 = "/api/v1"
PROOF, KEYS = f"{V1}/auth/proof", f"{V1}/api-keys"

GUARDED = (
    ("POST", f"{FACTOR}/totp", None),
    ("POST", f"{FACTOR}/backup-codes", None),
    ("POST", f"{V1}/account/passkeys/options", None),
    ("DELETE", f"{V1}/account/passkeys/{{id}}", None),
    ("DELETE", f"{V1}/account/links/{{id}}", None),
    ("POST", KEYS, {"name": "A program"}),
    ("POST", f"{V1}/account/export", None),
    ("GET", f"{V1}/account/export/{{id}}/file", None),
    ("POST", f"{V1}/account/devices/{{code}}/approve", None),
)


@pytest.fixture
async def here(app: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    async with fresh(app) as client:
        await sign_in(client, user.email)
        yield client


async def grow_old(database: Database, user: UserRead, minutes: int = 16) -> None:
    await run(
        database,
        "UPDATE accounts_credentials SET created_at = created_at - make_interval(mins => :past), "
        "proven_at = proven_at - make_interval(mins => :past) "
        "WHERE user_id = :id AND kind = 'session'",
        past=minutes,
        id=user.id,
    )


def code(answer: Response) -> str:
    return "" if answer.is_success else str(answer.json()["error"]["code"])


async def count(database: Database, user: UserRead) -> list[Any]:
    """How many ways in a user has, and what else an old session must not make."""
    tables = ("totps", "backup_codes", "passkeys", "credentials", "exports", "challenges")
    found = [
        await database.across().scalar(
            text(f"SELECT count(*) FROM accounts_{one} WHERE user_id = :id").bindparams(id=user.id)  # noqa: S608  (constants)
        )
        for one in tables
    ]
    decided = text("SELECT count(*) FROM accounts_device_codes WHERE user_id = :id")
    return [*found, await database.across().scalar(decided.bindparams(id=user.id))]


async def prove(client: AsyncClient, **shown: object) -> Response:
    answer = await client.post(PROOF, json=shown)
    if answer.is_success:
        client.headers["x-csrf-token"] = answer.json()["csrf_token"]
    return answer


@pytest.mark.parametrize("guarded", GUARDED, ids=lambda one: f"{one[0]} {one[1]}")
async def test_an_old_session_makes_and_takes_no_way_in(
    app: FastAPI,
    here: AsyncClient,
    user: UserRead,
    database: Database,
    guarded: tuple[str, str, dict[str, Any] | None],
) -> None:
    method, path, body = guarded
    key = await added(here, Authenticator())
    if "{code}" in path:  # only then: how often devices ask is limited by address
        async with fresh(app) as tv:
            asked = await tv.post(f"{V1}/oauth/device_authorization", data={"client_id": "TV"})
        path = path.format(code=asked.json()["user_code"])
    path = path.format(id=key["id"])
    await grow_old(database, user, 14)
    assert (await here.get(f"{V1}/account/passkeys")).status_code == 200
    await grow_old(database, user, 2)
    before = await count(database, user)
    refused = await here.request(method, path, json=body)
    assert (refused.status_code, code(refused)) == (403, "reauthentication_needed"), refused.text
    assert await count(database, user) == before
    assert (await prove(here, password=PASSWORD)).status_code == 200
    assert code(await here.request(method, path, json=body)) != "reauthentication_needed"


async def test_whoever_signed_in_just_now_is_not_asked(
    here: AsyncClient, user: UserRead, database: Database
) -> None:
    await grow_old(database, user, 14)
    assert (await here.post(KEYS, json={"name": "A program"})).status_code == 201


async def test_a_proof_renews_the_session_and_lasts_a_quarter_of_an_hour(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database
) -> None:
    """ASVS 5.0, 7.2.4: what somebody had copied of the session is worth nothing afterwards."""
    await grow_old(database, user)
    stolen = here.cookies[COOKIE]
    done = await prove(here, password=PASSWORD)
    assert (done.status_code, done.json()["user"]["id"]) == (200, str(user.id))
    assert here.cookies[COOKIE] != stolen
    async with fresh(app) as thief:
        thief.cookies[COOKIE] = stolen
        assert (await thief.get(f"{V1}/auth/session")).status_code == 401
    assert (await here.post(KEYS, json={"name": "x"})).status_code == 201
    (one,) = (await here.get(f"{V1}/auth/sessions")).json()["items"]
    assert one["is_current"], "it is the same session"
    await grow_old(database, user)
    assert code(await here.post(KEYS, json={"name": "x"})) == "reauthentication_needed"
    told = await database.across().rows(
        text(
            "SELECT after FROM core_journal WHERE actor_id = :id AND kind = 'accounts.proven_again'"
        ).bindparams(id=user.id)
    )
    assert [row["after"] for row in told] == [{"method": "password"}]


async def test_a_code_proves_once(here: AsyncClient, user: UserRead, database: Database) -> None:
    secret, backup = await enrol(here)
    await grow_old(database, user)
    for wrong in ({"code": "000000"}, {"code": backup[0]}, {"password": "wrong password"}):
        assert code(await prove(here, **wrong)) == "wrong_proof"
    assert code(await prove(here)) == "proof_needed"
    assert code(await here.post(KEYS, json={"name": "x"})) == "reauthentication_needed"
    now = pyotp.TOTP(secret).now()
    assert code(await prove(here, code=now)) == ""
    assert code(await prove(here, code=now)) == "wrong_proof"
    assert (await here.post(KEYS, json={"name": "x"})).status_code == 201


async def test_a_passkey_proves_whom_it_belongs_to(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database, password_hash: str
) -> None:
    mine, foreign, other = Authenticator(), Authenticator(), f"{uuid4().hex[:10]}@test.example"
    await run(
        database,
        "INSERT INTO accounts_users (email, name, password_hash) VALUES (:email, 'Eve', :hash)",
        email=other,
        hash=password_hash,
    )
    await added(here, mine)
    async with fresh(app) as eve:
        await sign_in(eve, other)
        await added(eve, foreign)
    await grow_old(database, user)
    found = {}
    for name, key in (("foreign", foreign), ("mine", mine)):
        asked = (await here.post(f"{V1}/auth/passkey/options", json={})).json()
        found[name] = code(await prove(here, credential=key.sign(asked["options"])))
    assert found == {"foreign": "wrong_proof", "mine": ""}
    assert code(await prove(here, credential={})) == "wrong_proof"
    assert (await here.post(KEYS, json={"name": "x"})).status_code == 201


async def test_proofs_cannot_be_tried_out(
    settings: Settings, database_url: str, user: UserRead
) -> None:
    chosen = settings.model_copy(update={"sign_in_per_minute": 3})
    async with open_house(chosen, Database(database_url)) as client:
        await sign_in(client, user.email)
        tried = [(await prove(client, password=f"wrong {one}")).status_code for one in range(5)]
        assert tried == [400] * 3 + [429] * 2
        assert (await prove(client, password=PASSWORD)).status_code == 429


async def test_a_key_and_a_stranger_prove_nothing(
    app: FastAPI, house: House, anonymous: AsyncClient
) -> None:
    member = await house.member()
    made = (await member.client.post(KEYS, json={"name": "x"})).json()
    async with fresh(app) as program:
        program.headers["authorization"] = f"Bearer {made['key']}"
        assert code(await program.post(PROOF, json={"password": "x"})) == "session_needed"
    assert (await anonymous.post(PROOF, json={"password": "x"})).status_code == 401
    assert code(await member.client.post(PROOF, json={"password": "x"})) == "wrong_proof"
    del member.client.headers["x-csrf-token"]
    assert code(await member.client.post(PROOF, json={"password": "x"})) == "bad_csrf_token"
