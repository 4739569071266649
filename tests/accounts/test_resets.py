"""Links in letters: a forgotten password, a confirmed address, another address, a new device."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.areas.accounts.rules.resets import LETTERS_AN_HOUR
from mediatheque.core.edge import write_context
from mediatheque.kit.db import Database
from tests.accounts.conftest import PASSWORD, open_house
from tests.accounts.post import run_jobs
from tests.postbox import open_postbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from fastapi import FastAPI
    from httpx import Response

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from tests.postbox import Delivered, Postbox

AUTH = "/api/v1/auth"
ACCOUNT = "/api/v1/account"
NEW = "another horse entirely"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@asynccontextmanager
async def visitor(
    app: FastAPI, agent: str = AGENT, ip: str = "192.0.2.9"
) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=app, raise_app_exceptions=False, client=(ip, 1234))
    async with AsyncClient(
        transport=transport, base_url="http://test", headers={"user-agent": agent}
    ) as client:
        yield client


async def sign_in(client: AsyncClient, email: str, password: str = PASSWORD) -> Response:
    answer = await client.post(f"{AUTH}/login", json={"email": email, "password": password})
    if answer.is_success:
        client.headers["x-csrf-token"] = answer.json()["csrf_token"]
    return answer


@pytest.fixture
async def here(app: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    async with visitor(app) as client:
        assert (await sign_in(client, user.email)).status_code == 200
        yield client


@pytest.fixture
def box() -> Iterator[Postbox]:
    with open_postbox() as opened:
        yield opened


class Carrier:
    """Runs the jobs with the postbox as the mail server."""

    def __init__(self, database: Database, settings: Settings, box: Postbox) -> None:
        self.database, self.settings, self.box = database, settings, box

    async def carry(self) -> list[Delivered]:
        """What arrives by running what waits."""
        before = len(self.box.letters)
        await run_jobs(self.database, self.settings, smtp_url=self.box.url)
        return self.box.letters[before:]

    async def one(self) -> Delivered:
        (letter,) = await self.carry()
        return letter

    async def run(self, sql: str, **values: object) -> None:
        async with write_context(self.database, across=True) as context:
            await context.db.execute(sql, values)

    async def scalar(self, sql: str, **values: object) -> Any:  # noqa: ANN401  (JSON)
        return await self.database.across().scalar(text(sql).bindparams(**values))


@pytest.fixture
async def mail(app: FastAPI, database: Database, settings: Settings, box: Postbox) -> Carrier:
    made = Carrier(database, settings, box)
    await made.run("DELETE FROM procrastinate_jobs WHERE task_name LIKE 'accounts.%'")
    return made


async def ask(client: AsyncClient, email: str) -> Response:
    return await client.post(f"{AUTH}/password-reset", json={"email": email})


async def choose(client: AsyncClient, token: str, password: str = NEW) -> Response:
    return await client.post(
        f"{AUTH}/password-reset/confirm", json={"token": token, "password": password}
    )


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_forgotten_password(
    anonymous: AsyncClient, here: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await mail.carry()
    assert (await ask(anonymous, user.email.upper())).status_code == 204
    letter = await mail.one()
    assert letter.receivers == [user.email]
    assert letter.message["subject"] == "Choose a new password"
    assert letter.link.startswith(f"{mail.settings.base_url}/password-reset?token=")
    stored = await mail.scalar(
        "SELECT string_agg(to_jsonb(t)::text, '') FROM accounts_tickets t WHERE user_id = :id",
        id=user.id,
    )
    assert letter.token not in stored

    answer = await choose(anonymous, letter.token)
    assert answer.status_code == 204, answer.text
    assert (await here.get(f"{AUTH}/session")).status_code == 401, "every session ends"
    assert (await sign_in(anonymous, user.email)).status_code == 401
    signed = await sign_in(anonymous, user.email, NEW)
    assert signed.status_code == 200
    assert signed.json()["user"]["is_verified"] is True
    told = [one.message["subject"] for one in await mail.carry()]
    assert "Your password was changed" in told
    assert code(await choose(anonymous, letter.token)) == (404, "link_ended")


async def test_link_works_for_one_of_two_at_once(
    anonymous: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await ask(anonymous, user.email)
    token = (await mail.one()).token
    answers = await asyncio.gather(*(choose(anonymous, token, f"{NEW} {n}") for n in range(4)))
    assert sorted(one.status_code for one in answers) == [204, 404, 404, 404]


async def test_link_works_for_an_hour(
    anonymous: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await ask(anonymous, user.email)
    token = (await mail.one()).token
    lasts = await mail.scalar(
        "SELECT extract(epoch FROM expires_at - created_at)::int FROM accounts_tickets "
        "WHERE user_id = :id",
        id=user.id,
    )
    assert 3590 <= lasts <= 3610
    await mail.run("UPDATE accounts_tickets SET expires_at = now() WHERE user_id = :id", id=user.id)
    assert code(await choose(anonymous, token)) == (404, "link_ended")


async def test_newer_link_ends_the_older(
    anonymous: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await ask(anonymous, user.email)
    older = (await mail.one()).token
    await ask(anonymous, user.email)
    newer = (await mail.one()).token
    assert code(await choose(anonymous, older)) == (404, "link_ended")
    assert (await choose(anonymous, newer)).status_code == 204


async def test_weak_password_does_not_use_the_link_up(
    anonymous: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await ask(anonymous, user.email)
    token = (await mail.one()).token
    assert code(await choose(anonymous, token, "short")) == (400, "weak_password")
    assert code(await choose(anonymous, token, user.email.upper())) == (400, "weak_password")
    assert (await choose(anonymous, token)).status_code == 204


async def test_tokens_of_another_purpose_and_made_up_ones_open_nothing(
    anonymous: AsyncClient, here: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await mail.carry()
    assert (await here.post(f"{ACCOUNT}/verify-email")).status_code == 204
    token = (await mail.one()).token
    for wrong in (token, "x" * 43, "\x00", token.upper()):
        assert code(await choose(anonymous, wrong)) == (404, "link_ended")


@pytest.mark.parametrize("email", ["nobody@test.example", "nonsense", "a@b, c@d", "ü" * 300])
async def test_answer_says_nothing_about_who_is_here(
    anonymous: AsyncClient, user: UserRead, mail: Carrier, email: str
) -> None:
    known, unknown = await ask(anonymous, user.email), await ask(anonymous, email)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    same = {"content-length", "content-type", "cache-control", "set-cookie"}
    assert {k: v for k, v in known.headers.items() if k in same} == {
        k: v for k, v in unknown.headers.items() if k in same
    }
    assert len(await mail.carry()) == 1


async def test_suspended_users_get_no_letter(
    anonymous: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await ask(anonymous, user.email)
    token = (await mail.one()).token
    await mail.run("UPDATE accounts_users SET is_active = false WHERE id = :id", id=user.id)
    assert code(await choose(anonymous, token)) == (404, "link_ended")
    assert (await ask(anonymous, user.email)).status_code == 204
    assert await mail.carry() == []


async def test_answer_takes_as_long_whether_or_not_the_address_exists(
    settings: Settings, database_url: str, user: UserRead, mail: Carrier
) -> None:
    chosen = settings.model_copy(update={"password_resets_per_hour": 10_000})
    known: list[float] = []
    unknown: list[float] = []
    async with open_house(chosen, Database(database_url)) as client:
        for number in range(60):
            email = f"{uuid4().hex[:10]}@Test.example" if number % 2 else user.email
            began = time.perf_counter()
            answer = await ask(client, email)
            (unknown if number % 2 else known).append(time.perf_counter() - began)
            assert answer.status_code == 204
    assert 0.67 < median(known) / median(unknown) < 1.5
    assert min(known) < max(unknown) > min(unknown) < max(known)


async def test_three_letters_an_hour_for_an_address(anonymous: AsyncClient, mail: Carrier) -> None:
    email = f"{uuid4().hex}@test.example"
    answers = [await ask(anonymous, email if n % 2 else email.upper()) for n in range(4)]
    assert [one.status_code for one in answers] == [204, 204, 204, 429]
    assert int(answers[3].headers["retry-after"]) > 3000
    assert (await ask(anonymous, f"{uuid4().hex}@test.example")).status_code == 204


async def test_links_cannot_be_tried_out(strict: AsyncClient) -> None:
    answers = [await choose(strict, f"{n}" * 43) for n in range(40)]
    assert {one.status_code for one in answers} == {404, 429}


async def test_forged_host_leads_no_secret_astray(
    anonymous: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await anonymous.post(
        f"{AUTH}/password-reset",
        json={"email": user.email},
        headers={"x-forwarded-host": "evil.example", "host": "test"},
    )
    assert (await mail.one()).link.startswith(mail.settings.base_url)


async def test_another_sites_page_asks_for_nothing(anonymous: AsyncClient, user: UserRead) -> None:
    answer = await anonymous.post(
        f"{AUTH}/password-reset",
        json={"email": user.email},
        headers={"origin": "https://evil.example"},
    )
    assert answer.status_code == 403


async def test_address_is_confirmed(
    anonymous: AsyncClient, here: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await mail.carry()
    assert (await here.post(f"{ACCOUNT}/verify-email")).status_code == 204
    letter = await mail.one()
    assert letter.link.startswith(f"{mail.settings.base_url}/verify-email?token=")
    body = {"token": letter.token}
    assert (await anonymous.post(f"{AUTH}/verify-email", json=body)).status_code == 204
    assert (await here.get(f"{AUTH}/session")).json()["user"]["is_verified"] is True
    assert code(await anonymous.post(f"{AUTH}/verify-email", json=body)) == (404, "link_ended")
    assert code(await here.post(f"{ACCOUNT}/verify-email")) == (409, "already_verified")


async def test_confirmation_is_sent_again_three_times_an_hour(
    here: AsyncClient, anonymous: AsyncClient, mail: Carrier
) -> None:
    for _ in range(LETTERS_AN_HOUR):
        assert (await here.post(f"{ACCOUNT}/verify-email")).status_code == 204
    assert (await here.post(f"{ACCOUNT}/verify-email")).status_code == 429
    assert (await anonymous.post(f"{ACCOUNT}/verify-email")).status_code == 401


async def change(client: AsyncClient, email: str, password: str = PASSWORD) -> Response:
    return await client.post(f"{ACCOUNT}/email", json={"email": email, "password": password})


async def test_other_address_counts_when_it_is_confirmed(
    anonymous: AsyncClient, here: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await mail.carry()
    new = f"{uuid4().hex[:8]}@new.example"
    assert (await change(here, new)).status_code == 204
    letters = {one.receivers[0]: one for one in await mail.carry()}
    assert set(letters) == {new, user.email}
    assert letters[user.email].message["subject"] == "Your e-mail address is to be changed"
    assert new in letters[user.email].text
    assert (await sign_in(anonymous, user.email)).status_code == 200, "nothing has changed yet"

    body = {"token": letters[new].token}
    answer = await anonymous.post(f"{ACCOUNT}/email/confirm", json=body)
    assert answer.status_code == 204, answer.text
    assert (await sign_in(anonymous, user.email)).status_code == 401
    signed = await sign_in(anonymous, new)
    assert signed.json()["user"]["is_verified"] is True
    (last,) = [one for one in await mail.carry() if one.receivers == [user.email]]
    assert last.message["subject"] == "Your e-mail address was changed"
    again = await anonymous.post(f"{ACCOUNT}/email/confirm", json=body)
    assert code(again) == (404, "link_ended")
    told = await mail.scalar(
        "SELECT count(*) FROM core_journal WHERE ref_id = :id AND (to_jsonb(core_journal)::text "
        "LIKE '%' || :new || '%' OR to_jsonb(core_journal)::text LIKE '%' || :old || '%')",
        id=user.id,
        new=new,
        old=user.email,
    )
    assert told == 0, "the journal keeps no addresses"


async def test_password_is_asked_for_before_the_address_changes(
    here: AsyncClient, anonymous: AsyncClient, mail: Carrier
) -> None:
    await mail.carry()
    assert code(await change(here, "x@new.example", "wrong")) == (400, "wrong_password")
    assert code(await change(anonymous, "x@new.example")) == (401, "not_signed_in")
    assert (await change(here, "nonsense")).status_code == 422
    assert await mail.carry() == []


async def test_taken_address_is_not_told(here: AsyncClient, user: UserRead, mail: Carrier) -> None:
    await mail.carry()
    other = f"{uuid4().hex[:8]}@other.example"
    await mail.run("INSERT INTO accounts_users (email, name) VALUES (:email, 'B')", email=other)
    free = await change(here, f"{uuid4().hex[:8]}@new.example")
    taken = await change(here, other.upper())
    assert (free.status_code, free.content) == (taken.status_code, taken.content)
    letters = [one for one in await mail.carry() if one.receivers == [other]]
    assert [one.message["subject"] for one in letters] == ["You have an account already"]


async def test_address_that_was_taken_meanwhile(
    anonymous: AsyncClient, here: AsyncClient, mail: Carrier
) -> None:
    await mail.carry()
    new = f"{uuid4().hex[:8]}@new.example"
    await change(here, new)
    (letter,) = [one for one in await mail.carry() if one.receivers == [new]]
    await mail.run("INSERT INTO accounts_users (email, name) VALUES (:email, 'B')", email=new)
    answer = await anonymous.post(f"{ACCOUNT}/email/confirm", json={"token": letter.token})
    assert code(answer) == (409, "email_taken")


async def test_new_password_calls_the_change_off_and_is_told(
    anonymous: AsyncClient, here: AsyncClient, user: UserRead, mail: Carrier
) -> None:
    await mail.carry()
    new = f"{uuid4().hex[:8]}@new.example"
    await change(here, new)
    (letter,) = [one for one in await mail.carry() if one.receivers == [new]]
    answer = await here.post(
        f"{AUTH}/password", json={"current_password": PASSWORD, "new_password": NEW}
    )
    assert answer.status_code == 204, answer.text
    told = await mail.one()
    assert (told.receivers, told.message["subject"]) == ([user.email], "Your password was changed")
    assert "Firefox · Linux" in told.text
    answer = await anonymous.post(f"{ACCOUNT}/email/confirm", json={"token": letter.token})
    assert code(answer) == (404, "link_ended")


async def test_unknown_device_is_told_and_a_known_one_is_not(
    app: FastAPI, user: UserRead, mail: Carrier
) -> None:
    async with visitor(app) as client:
        await sign_in(client, user.email)
    assert await mail.carry() == [], "the first session is no surprise"
    async with visitor(app, AGENT.replace("140.0", "141.0"), "192.0.77.1") as client:
        await sign_in(client, user.email)
    assert await mail.carry() == [], "the same browser, a version later, nearby"
    async with visitor(app, "curl/8.5.0", "198.51.100.4") as client:
        await sign_in(client, user.email)
    letter = await mail.one()
    assert letter.receivers == [user.email]
    assert letter.message["subject"] == "New sign-in to your account"
    assert "Device: curl" in letter.text
    assert "Address: 198.51.100.4" in letter.text
    async with visitor(app, "curl/8.6.0", "198.51.100.4") as client:
        await sign_in(client, user.email)
    assert await mail.carry() == []
