"""Authenticators, codes on paper and in letters, over HTTP."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, Any

import pyotp
import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.edge import write_context
from mediatheque.kit import crypto
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import sign_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.kit.db import Database
    from tests.house import House

V1 = "/api/v1"
LOGIN, SECOND = f"{V1}/auth/login", f"{V1}/auth/second-factor"
FACTOR = f"{V1}/account/second-factor"
COOKIE = "mediatheque_session"


@pytest.fixture
async def here(app: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    """A browser in which the user is signed in."""
    async with fresh(app) as client:
        await sign_in(client, user.email)
        yield client


def fresh(app: FastAPI) -> AsyncClient:
    return AsyncClient(
        transport=ASGITransport(app=app, raise_app_exceptions=False), base_url="http://test"
    )


async def enrol(here: AsyncClient) -> tuple[str, list[str]]:
    """Set an authenticator up with the code of the step before; this step's is still good."""
    offered = await here.post(f"{FACTOR}/totp")
    assert offered.status_code == 200, offered.text
    secret = offered.json()["secret"]
    code = pyotp.TOTP(secret).at(time.time() - 30)
    done = await here.post(f"{FACTOR}/totp/confirm", json={"code": code})
    assert done.status_code == 200, done.text
    return secret, done.json()["backup_codes"]


async def ask(client: AsyncClient, user: UserRead) -> dict[str, Any]:
    answer = await client.post(LOGIN, json={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    assert "set-cookie" not in answer.headers
    body: dict[str, Any] = answer.json()["second_factor"]
    return body


async def show(client: AsyncClient, challenge: str, code: str, method: str = "totp") -> Any:  # noqa: ANN401  (JSON)
    return await client.post(SECOND, json={"challenge": challenge, "method": method, "code": code})


async def run(database: Database, sql: str, **values: object) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(sql, values)


async def test_an_authenticator_is_set_up_and_asked_for(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database
) -> None:
    before = (await here.get(FACTOR)).json()
    assert before == {
        "totp": False,
        "totp_since": None,
        "backup_codes_left": 0,
        "passkeys": 0,
        "is_enough": False,
    }
    offered = (await here.post(f"{FACTOR}/totp")).json()
    assert offered["qr_svg"].startswith("<svg")
    assert "<script" not in offered["qr_svg"]
    assert offered["uri"].startswith("otpauth://totp/Mediatheque")
    async with fresh(app) as other:
        await sign_in(other, user.email)  # not confirmed: not asked for
    wrong = await here.post(f"{FACTOR}/totp/confirm", json={"code": "000000x"})
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (400, "code")
    secret, backup = await enrol(here)
    assert len(set(backup)) == 10
    assert (await here.post(f"{FACTOR}/totp")).json()["error"]["code"] == "totp_known"
    after = (await here.get(FACTOR)).json()
    assert (after["totp"], after["backup_codes_left"], after["is_enough"]) == (True, 10, True)
    kept = str(await database.across().rows(text("SELECT * FROM accounts_totps")))
    kept += str(await database.across().rows(text("SELECT * FROM accounts_backup_codes")))
    assert secret not in kept
    assert not any(part in kept for code in backup for part in (code, code.replace("-", "")))
    async with fresh(app) as other:
        asked = await ask(other, user)
        assert asked["methods"] == ["totp", "backup_code", "email"]
        assert (await other.get(f"{V1}/auth/session")).status_code == 401
        done = await show(other, asked["challenge"], pyotp.TOTP(secret).now())
        assert done.status_code == 200, done.text
        assert f"{COOKIE}=" in done.headers["set-cookie"]
        assert (await other.get(f"{V1}/auth/session")).json()["user"]["id"] == str(user.id)
        again = await show(other, asked["challenge"], pyotp.TOTP(secret).now())
        assert (again.status_code, again.json()["error"]["code"]) == (401, "challenge_closed")


async def test_a_code_counts_once_even_at_the_same_moment(
    app: FastAPI, here: AsyncClient, user: UserRead
) -> None:
    secret, _ = await enrol(here)
    async with fresh(app) as other:
        challenges = [(await ask(other, user))["challenge"] for _ in range(6)]
        code = pyotp.TOTP(secret).now()
        answers = await asyncio.gather(*(show(other, one, code) for one in challenges))
        assert sorted(one.status_code for one in answers) == [200] + [401] * 5
        assert {one.json()["error"]["code"] for one in answers if one.is_error} == {"wrong_code"}
        # The codes of this step and of those before are spent; the next step's is not.
        asked = await ask(other, user)
        spent = pyotp.TOTP(secret).at(time.time() - 30)
        assert (await show(other, asked["challenge"], spent)).status_code == 401


async def test_a_thousand_wrong_codes_open_nothing_and_no_step_opens_twice(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database
) -> None:
    secret, _ = await enrol(here)
    totp = pyotp.TOTP(secret)
    opened: list[int] = []
    async with fresh(app) as other:
        asked = await ask(other, user)
        for number in range(1_000):
            step = int(time.time()) // 30
            near = {totp.generate_otp(step + one) for one in range(-2, 3)}
            guess = f"{(number * 7919) % 1_000_000:06d}"
            if guess in near:
                continue
            answer = await show(other, asked["challenge"], guess)
            assert answer.status_code == 401
            if answer.json()["error"]["code"] == "challenge_closed":
                # Ten wrong codes ended it: also the right one opens nothing now.
                late = await show(other, asked["challenge"], totp.now())
                assert late.json()["error"]["code"] == "challenge_closed"
                await run(
                    database,
                    "UPDATE accounts_challenges SET attempts = 0 WHERE user_id = :id",
                    id=user.id,
                )
            if number % 250 == 0:
                for _ in range(2):
                    now = int(time.time()) // 30
                    right = await ask(other, user)
                    done = await show(other, right["challenge"], totp.generate_otp(now))
                    if done.status_code == 200:
                        opened.append(now)
    assert len(opened) == len(set(opened)) >= 1


async def test_ten_wrong_codes_end_the_challenge(
    app: FastAPI, here: AsyncClient, user: UserRead
) -> None:
    secret, _ = await enrol(here)
    async with fresh(app) as other:
        asked = await ask(other, user)
        codes = [
            (await show(other, asked["challenge"], "12345")).json()["error"]["code"]
            for _ in range(11)
        ]
        assert codes == ["wrong_code"] * 10 + ["challenge_closed"]
        late = await show(other, asked["challenge"], pyotp.TOTP(secret).now())
        assert late.json()["error"]["code"] == "challenge_closed"


async def test_a_code_on_paper_works_once(app: FastAPI, here: AsyncClient, user: UserRead) -> None:
    _, backup = await enrol(here)
    async with fresh(app) as other:
        for code, status in ((backup[0].upper(), 200), (backup[0], 401), (backup[1], 200)):
            asked = await ask(other, user)
            answer = await show(other, asked["challenge"], code, "backup_code")
            assert answer.status_code == status, answer.text
        asked = await ask(other, user)
        for made_up in ("", "abcd", "abcd-efgh-jkmn", f"{backup[2][:24]}-aaaa"):
            answer = await show(other, asked["challenge"], made_up or "-", "backup_code")
            assert answer.status_code == 401
    assert (await here.get(FACTOR)).json()["backup_codes_left"] == 8
    made = await here.post(f"{FACTOR}/backup-codes")
    assert made.status_code == 200
    async with fresh(app) as other:
        asked = await ask(other, user)
        old = await show(other, asked["challenge"], backup[3], "backup_code")
        assert old.status_code == 401
        new = made.json()["backup_codes"][0]
        assert (await show(other, asked["challenge"], new, "backup_code")).status_code == 200


async def test_codes_of_earlier_versions_still_work(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database
) -> None:
    """Twelve characters, of which four find the row and eight stand under Argon2id."""
    await enrol(here)
    await run(
        database,
        "INSERT INTO accounts_backup_codes (user_id, selector, code_hash) "
        "VALUES (:user, 'abcd', :hash)",
        user=user.id,
        hash=await crypto.hash_password("efghjkmn"),
    )
    async with fresh(app) as other:
        for code, status in (
            ("abcd-efgh-jkmp", 401),
            ("ABCD efgh-jkmn", 200),
            ("abcd-efgh-jkmn", 401),
        ):
            asked = await ask(other, user)
            answer = await show(other, asked["challenge"], code, "backup_code")
            assert answer.status_code == status, answer.text


async def test_confirming_takes_no_slow_hash(
    here: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten slow hashes took over a second: codes of 119 bits need none."""

    async def refuse(_: str) -> str:
        raise AssertionError("a slow hash of a random code")

    monkeypatch.setattr(crypto, "hash_password", refuse)
    _, backup = await enrol(here)
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){5}", code) for code in backup)


async def test_a_letter_brings_a_code(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database
) -> None:
    await enrol(here)
    async with fresh(app) as other:
        asked = await ask(other, user)
        early = await show(other, asked["challenge"], "00000000", "email")
        assert early.status_code == 401
        sent = await other.post(f"{SECOND}/email", json={"challenge": asked["challenge"]})
        assert sent.status_code == 202, sent.text
        letters = await database.across().rows(
            text(
                "SELECT data FROM accounts_letters "
                "WHERE user_id = :id AND template = 'recovery_code'"
            ).bindparams(id=user.id)
        )
        code = letters[0]["data"]["value"]
        kept = str(await database.across().rows(text("SELECT * FROM accounts_challenges")))
        assert code not in kept
        elsewhere = await ask(other, user)
        stolen = await show(other, elsewhere["challenge"], code, "email")
        assert stolen.status_code == 401  # good only for the sign-in that asked for it
        done = await show(other, asked["challenge"], code, "email")
        assert done.status_code == 200, done.text
        many = [
            (
                await other.post(f"{SECOND}/email", json={"challenge": elsewhere["challenge"]})
            ).status_code
            for _ in range(4)
        ]
        assert many == [202, 202, 429, 429]


async def test_an_authenticator_is_removed_with_proof(
    app: FastAPI, here: AsyncClient, user: UserRead
) -> None:
    secret, _ = await enrol(here)

    async def remove(**body: str) -> tuple[int, str]:
        answer = await here.request("DELETE", f"{FACTOR}/totp", json=body)
        return answer.status_code, "" if not answer.content else answer.json()["error"]["code"]

    assert await remove() == (400, "proof_needed")
    assert await remove(password="wrong password") == (400, "wrong_proof")
    assert await remove(code="123") == (400, "wrong_proof")
    assert await remove(code=pyotp.TOTP(secret).now()) == (204, "")
    assert await remove(password=PASSWORD) == (409, "no_totp")
    assert (await here.get(FACTOR)).json()["backup_codes_left"] == 0
    async with fresh(app) as other:
        await sign_in(other, user.email)


async def test_a_secret_of_another_key_is_broken_and_says_so(
    app: FastAPI, here: AsyncClient, user: UserRead, database: Database
) -> None:
    secret, backup = await enrol(here)
    await run(
        database,
        "UPDATE accounts_totps SET secret = 'e1.000000000000.AAAA.AAAA' WHERE user_id = :id",
        id=user.id,
    )
    async with fresh(app) as other:
        asked = await ask(other, user)
        broken = await show(other, asked["challenge"], pyotp.TOTP(secret).now())
        assert (broken.status_code, broken.json()["error"]["code"]) == (409, "totp_broken")
        paper = await show(other, asked["challenge"], backup[0], "backup_code")
        assert paper.status_code == 200


async def test_codes_are_limited(user: UserRead, strict: AsyncClient, app: FastAPI) -> None:
    async with fresh(app) as here:
        await sign_in(here, user.email)
        await enrol(here)
    asked = await ask(strict, user)
    found = [(await show(strict, asked["challenge"], "123")).status_code for _ in range(4)]
    assert found == [401, 401, 401, 429]


async def test_an_invitation_does_not_go_round_the_second_factor(
    app: FastAPI,
    here: AsyncClient,
    user: UserRead,
    house: House,
) -> None:
    await enrol(here)
    owner = await house.member()
    made = await owner.client.post(f"{V1}/invitations", json={"role": "member"})
    async with fresh(app) as other:
        answer = await other.post(
            f"{V1}/invitations/claim",
            json={"token": made.json()["token"], "email": user.email, "password": PASSWORD},
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "sign_in_first")
        assert "set-cookie" not in answer.headers


async def test_everything_of_it_needs_a_person(anonymous: AsyncClient) -> None:
    answers = [
        await anonymous.get(FACTOR),
        await anonymous.post(f"{FACTOR}/totp"),
        await anonymous.post(f"{FACTOR}/totp/confirm", json={"code": "1"}),
        await anonymous.request("DELETE", f"{FACTOR}/totp", json={}),
        await anonymous.post(f"{FACTOR}/backup-codes"),
        await anonymous.get(f"{V1}/account/passkeys"),
        await anonymous.post(f"{V1}/account/passkeys/options"),
        await anonymous.post(f"{V1}/account/passkeys", json={"name": "x", "credential": {}}),
    ]
    assert [one.status_code for one in answers] == [401] * 8
