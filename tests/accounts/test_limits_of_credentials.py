"""How many sessions, how many requests, how much a second way in may open, over HTTP."""

from __future__ import annotations

import time
from statistics import quantiles
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text

from mediatheque.areas.accounts.jobs import clean_ended_challenges
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS
from mediatheque.core.work import Work
from mediatheque.kit.db import Database
from tests.accounts.conftest import PASSWORD, open_house
from tests.accounts.test_second_factor import fresh
from tests.accounts.test_sign_in import run, sign_in

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from tests.house import House

V1 = "/api/v1"


async def test_one_session_too_many_ends_the_one_unused_for_longest(
    settings: Settings, database_url: str, user: UserRead, app: FastAPI
) -> None:
    chosen = settings.model_copy(update={"sessions_per_user": 2})
    async with (
        open_house(chosen, Database(database_url)) as third,
        fresh(app) as first,
        fresh(app) as second,
    ):
        await sign_in(first, user.email)
        await sign_in(second, user.email)
        await sign_in(third, user.email)
        assert (await first.get(f"{V1}/auth/session")).status_code == 401
        assert (await second.get(f"{V1}/auth/session")).status_code == 200
        listed = (await third.get(f"{V1}/auth/sessions")).json()["items"]
        assert len(listed) == 2


async def test_sessions_say_what_and_where_they_are(app: FastAPI, user: UserRead) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    async with fresh(app) as here:
        here.headers["user-agent"] = agent
        await sign_in(here, user.email)
        (one,) = (await here.get(f"{V1}/auth/sessions")).json()["items"]
    assert (one["kind"], one["audience"], one["device"]) == ("browser", "app", "Firefox · Linux")
    assert (one["ip"], one["user_agent"], one["is_current"]) == ("127.0.0.1", agent, True)


async def test_a_key_has_a_rate_of_its_own(app: FastAPI, house: House) -> None:
    member = await house.member()
    made = await member.client.post(f"{V1}/api-keys", json={"name": "x", "requests_per_minute": 3})
    assert made.json()["requests_per_minute"] == 3
    async with fresh(app) as program:
        program.headers["authorization"] = f"Bearer {made.json()['key']}"
        answers = [await program.get(f"{V1}/spaces") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["retry-after"]) > 0
    assert (await member.client.get(f"{V1}/spaces")).status_code == 200


@pytest.mark.parametrize("limit", [0, -1, 100_001, "many"])
async def test_a_rate_that_makes_no_sense_is_refused(house: House, limit: object) -> None:
    member = await house.member()
    answer = await member.client.post(
        f"{V1}/api-keys", json={"name": "x", "requests_per_minute": limit}
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "requests_per_minute"


async def test_a_key_tells_when_it_was_used(app: FastAPI, house: House) -> None:
    member = await house.member()
    made = (await member.client.post(f"{V1}/api-keys", json={"name": "x"})).json()
    await run(
        house.database,
        "UPDATE accounts_credentials SET created_at = now() - interval '1 hour' WHERE id = :id",
        id=made["id"],
    )
    async with fresh(app) as program:
        program.headers["authorization"] = f"Bearer {made['key']}"
        assert (await program.get(f"{V1}/spaces")).status_code == 200
    await SIGHTINGS.settle()
    (listed,) = (await member.client.get(f"{V1}/api-keys")).json()["items"]
    assert listed["last_used_at"] is not None


async def test_a_childs_profile_makes_no_second_way_in(house: House, app: FastAPI) -> None:
    member = await house.member()
    made = await member.client.post(
        f"{V1}/profiles",
        json={"name": "Kim", "avatar": "fox", "is_kids": True, "maturity_limit": 6},
    )
    assert made.status_code == 201, made.text
    async with fresh(app) as television:
        asked = await television.post(f"{V1}/oauth/device_authorization", data={"client_id": "TV"})
    code = asked.json()["user_code"]
    chosen = await member.client.post(f"{V1}/profiles/{made.json()['id']}/select", json={})
    assert chosen.is_success, chosen.text
    refused = [
        await member.client.post(f"{V1}/api-keys", json={"name": "x"}),
        await member.client.post(f"{V1}/account/devices/{code}/approve"),
        await member.client.post(f"{V1}/account/second-factor/totp"),
        await member.client.post(f"{V1}/account/passkeys/options"),
        await member.client.delete(f"{V1}/auth/sessions"),
    ]
    assert [one.json()["error"]["code"] for one in refused] == ["limited_profile"] * 5
    assert (await member.client.post(f"{V1}/auth/logout")).status_code == 204


async def test_how_long_it_takes_does_not_tell_who_is_here(
    anonymous: AsyncClient, user: UserRead
) -> None:
    """The middle halves of both distributions overlap, measured by turns."""
    taken: dict[str, list[float]] = {"known": [], "unknown": []}

    async def take(kind: str, email: str) -> None:
        began = time.perf_counter()
        answer = await anonymous.post(
            f"{V1}/auth/login", json={"email": email, "password": "wrong password"}
        )
        taken[kind].append(time.perf_counter() - began)
        assert answer.json()["error"]["code"] == "wrong_credentials"

    await take("known", user.email)
    await take("unknown", "nobody@test.example")
    for times in taken.values():
        times.clear()
    for _ in range(20):
        await take("known", user.email)
        await take("unknown", f"{uuid4().hex[:10]}@test.example")
    known, unknown = (quantiles(taken[kind], n=4) for kind in ("known", "unknown"))
    assert known[0] < unknown[2], (known, unknown)
    assert unknown[0] < known[2], (known, unknown)
    # Whoever bets on the slower of two being known is right about as often as with a coin: with
    # twenty of each, chance alone stays within this (Mann and Whitney) but once in two thousand.
    pairs = [(one, two) for one in taken["known"] for two in taken["unknown"]]
    bets = sum((one > two) + (one == two) / 2 for one, two in pairs) / len(pairs)
    assert 0.18 < bets < 0.82, bets


async def test_every_door_is_counted(strict: AsyncClient, database: Database) -> None:
    """One address tries so often, whatever it tries; the count is for all doors together."""
    tried = []
    for number in range(12):
        tried += [
            (await strict.post(f"{V1}/auth/passkey", json={"credential": {}})).status_code,
            (
                await strict.post(
                    f"{V1}/auth/second-factor",
                    json={"challenge": "x", "method": "totp", "code": str(number)},
                )
            ).status_code,
            (
                await strict.post(
                    f"{V1}/admin/auth/second-factor",
                    json={"challenge": "x", "method": "totp", "code": str(number)},
                )
            ).status_code,
        ]
    assert tried[:30] == [401] * 30
    assert tried[30:] == [429] * 6
    login = await strict.post(
        f"{V1}/auth/login", json={"email": "a@test.example", "password": PASSWORD}
    )
    assert login.status_code == 429
    assert await database.across().scalar(text("SELECT 1")) == 1


async def test_codes_of_devices_cannot_be_tried_out(
    settings: Settings, database_url: str, user: UserRead
) -> None:
    chosen = settings.model_copy(update={"sign_in_per_minute": 3})
    async with open_house(chosen, Database(database_url)) as client:
        await sign_in(client, user.email)
        tried = [
            (await client.get(f"{V1}/account/devices/BCDF-GHJ{letter}")).status_code
            for letter in "KLMNPQRS"
        ]
    assert tried == [404] * 6 + [429] * 2


async def test_what_nobody_answered_is_cleaned_up(
    anonymous: AsyncClient, user: UserRead, database: Database, settings: Settings
) -> None:
    journal = text(
        "SELECT count(*) FROM core_journal "
        "WHERE actor_kind = 'anonymous' AND kind LIKE 'accounts.%'"
    )
    before = await database.across().scalar(journal)
    await anonymous.post(f"{V1}/auth/passkey/options", json={})
    await anonymous.post(f"{V1}/oauth/device_authorization", data={"client_id": "TV"})
    assert await database.across().scalar(journal) == before, "strangers write no journal"
    tables = ("accounts_challenges", "accounts_device_codes")
    for age, is_left in (("59 minutes", True), ("61 minutes", False)):
        await run(
            database,
            "WITH a AS (UPDATE accounts_challenges SET expires_at = now() - cast(:age AS interval)"
            ") UPDATE accounts_device_codes SET expires_at = now() - cast(:age AS interval)",
            age=age,
        )
        await clean_ended_challenges.run(Work(database, settings))
        for table in tables:
            found = await database.across().scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  (our own names)
            assert (found > 0) == is_left
