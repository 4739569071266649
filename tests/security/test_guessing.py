"""Whatever can be guessed is counted: by the address that guesses, and by the account it is about.

Each guess is wrong in another way. By address all come from one place; by account each comes from
another, as those of somebody with many machines do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from mediatheque.core.edge import write_context
from mediatheque.kit import crypto
from mediatheque.main import create_app
from tests.accounts.test_second_factor import enrol
from tests.accounts.test_sign_in import sign_in
from tests.security.routes import asked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from fastapi import FastAPI

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

V1 = "/api/v1"
PROXY = "10.0.0.1"
PASSWORD = "correct horse battery"
ENOUGH = 12
"""Guesses, with limits of one a minute and ten for an address or an account."""

Body = dict[str, Any]
DOCUMENT: Body = orjson.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "openapi.json").read_bytes()
)


@dataclass(frozen=True)
class Guess:
    """A request with something in it that is wrong: ``body`` of the number of the guess."""

    path: str
    body: Callable[[Scene, int], Body] = lambda _, number: {"token": f"{number}" * 43}
    method: str = "POST"
    is_inside: bool = False
    form: bool = False
    at_most: int = ENOUGH


@dataclass
class Scene:
    """Who is guessed about, and what the guesses go on from."""

    door: AsyncClient
    inside: AsyncClient
    email: str
    challenge: str = ""
    profile: str = ""
    addresses: Any = field(default_factory=lambda: count(1))

    async def ask(self, guess: Guess, number: int, address: str) -> int:
        client = self.inside if guess.is_inside else self.door
        body = guess.body(self, number)
        sent: Body = ({"data": body} if guess.form else {"json": body}) if body else {}
        answer = await client.request(
            guess.method,
            V1 + guess.path.format(number=number, profile=self.profile),
            headers={"x-forwarded-for": address},
            **sent,
        )
        assert answer.status_code < 500, answer.text
        assert not answer.is_success or guess.at_most > ENOUGH or not body, answer.text
        return answer.status_code

    def address(self) -> str:
        number = next(self.addresses)
        return f"203.0.{number // 250}.{number % 250 + 1}"


def by_password(scene: Scene, number: int) -> Body:
    return {"email": scene.email, "password": f"wrong password {number}"}


def by_code(method: str) -> Callable[[Scene, int], Body]:
    return lambda scene, number: {
        "challenge": scene.challenge,
        "method": method,
        "code": f"x{number}",
    }


def by_pin(_: Scene, number: int) -> Body:
    return {"pin": f"{number:04}"}


BY_ACCOUNT: dict[str, Guess] = {
    "accounts:sign_in": Guess("/auth/login", by_password),
    "accounts:sign_in_admin": Guess("/admin/auth/login", by_password),
    "accounts:show_second_factor": Guess("/auth/second-factor", by_code("totp")),
    "accounts:send_code": Guess(
        "/auth/second-factor/email", lambda scene, _: {"challenge": scene.challenge}, at_most=40
    ),
    "accounts:request_password_reset": Guess(
        "/auth/password-reset", lambda scene, _: {"email": scene.email}, at_most=40
    ),
    "accounts:prove_again": Guess(
        "/auth/proof", lambda _, number: {"password": f"wrong {number}"}, is_inside=True
    ),
    "accounts:change_password": Guess(
        "/auth/password",
        lambda _, number: {"current_password": f"wrong {number}", "new_password": "another one"},
        is_inside=True,
    ),
    "accounts:change_email": Guess(
        "/account/email",
        lambda _, number: {"email": "new@test.example", "password": f"wrong {number}"},
        is_inside=True,
    ),
    "accounts:request_erasure": Guess(
        "/account/erasure", lambda _, number: {"password": f"wrong {number}"}, is_inside=True
    ),
    "accounts:remove_totp": Guess(
        "/account/second-factor/totp",
        lambda _, number: {"code": f"x{number}"},
        method="DELETE",
        is_inside=True,
    ),
    "accounts:select_profile": Guess("/profiles/{profile}/select", by_pin, is_inside=True),
    "accounts:set_pin": Guess(
        "/profiles/{profile}/pin",
        lambda _, number: {"pin": "1111", "current_pin": f"{number:04}"},
        method="PUT",
        is_inside=True,
    ),
    "accounts:remove_pin": Guess(
        "/profiles/{profile}/pin", by_pin, method="DELETE", is_inside=True
    ),
    "accounts:get_device": Guess(
        "/account/devices/BCDFGHJ{number}", lambda _, __: {}, method="GET", is_inside=True
    ),
    "accounts:decide_device": Guess(
        "/account/devices/BCDFGHJ{number}/approve", lambda _, __: {}, is_inside=True
    ),
}

BY_ADDRESS: dict[str, Guess] = {
    **{name: one for name, one in BY_ACCOUNT.items() if not one.is_inside},
    "accounts:set_up": Guess(
        "/auth/setup",
        lambda _, number: {
            "token": f"{number}" * 43,
            "email": "a@test.example",
            "name": "Ada",
            "password": PASSWORD,
        },
    ),
    "accounts:show_admin_factor": Guess("/admin/auth/second-factor", by_code("totp")),
    "accounts:confirm_password_reset": Guess(
        "/auth/password-reset/confirm",
        lambda _, number: {"token": f"{number}" * 43, "password": "another password"},
    ),
    "accounts:verify_email": Guess("/auth/verify-email"),
    "accounts:confirm_email_change": Guess("/account/email/confirm"),
    "accounts:confirm_link": Guess("/account/links/confirm"),
    "accounts:get_offer": Guess(
        "/account/links/offer?token={number}", lambda _, __: {}, method="GET"
    ),
    "accounts:show_passkey": Guess("/auth/passkey", lambda _, __: {"credential": {}}),
    "accounts:show_admin_passkey": Guess("/admin/auth/passkey", lambda _, __: {"credential": {}}),
    "accounts:ask_passkey": Guess(
        "/auth/passkey/options", lambda _, number: {"challenge": f"{number}" * 43}
    ),
    "accounts:ask_admin_passkey": Guess(
        "/admin/auth/passkey/options", lambda _, number: {"challenge": f"{number}" * 43}
    ),
    "spaces:find_invitation": Guess(
        "/invitations/lookup?token={number}", lambda _, __: {}, method="GET"
    ),
    "spaces:claim_invitation": Guess("/invitations/claim"),
    "accounts:ask_for_device": Guess(
        "/oauth/device_authorization", lambda _, __: {"client_id": "TV"}, form=True, at_most=40
    ),
    "accounts:get_tokens": Guess(
        "/oauth/token",
        lambda _, number: {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": f"{number}" * 43,
        },
        form=True,
        at_most=400,
    ),
    "accounts:revoke_token": Guess(
        "/oauth/revoke", lambda _, number: {"token": f"{number}" * 43}, form=True, at_most=400
    ),
}


@pytest_asyncio.fixture
async def scene(
    settings: Settings, database: Database, app: object, password_hash: str
) -> AsyncIterator[Scene]:
    """A house with its own counts, somebody with everything to guess, and a fresh guesser."""
    del app  # its lifespan holds the database open
    chosen = {"sign_in_per_minute": 1, "second_factor_per_minute": 1, "pins_per_minute": 1}
    email, loose = f"{uuid4().hex[:10]}@test.example", 1_000
    async with write_context(database, across=True) as ctx:
        await ctx.db.execute(
            "INSERT INTO accounts_users (email, name, password_hash, instance_role) "
            "VALUES (:email, 'Ada', :hash, 'operator')",
            {"email": email, "hash": password_hash},
        )
    prepared = create_app(
        settings.model_copy(update=dict.fromkeys(chosen, loose) | {"trusted_proxies": PROXY}),
        database,
    )
    strict = create_app(settings.model_copy(update=chosen | {"trusted_proxies": PROXY}), database)
    async with client_of(prepared) as first, client_of(strict) as door, client_of(strict) as inside:
        await sign_in(first, email, PASSWORD)
        await enrol(first)
        profile = (await first.post(f"{V1}/profiles", json={"name": "Kim"})).json()["id"]
        await first.put(f"{V1}/profiles/{profile}/pin", json={"pin": "9876"})
        inside.cookies, inside.headers = first.cookies, first.headers
        asked_for = await first.post(
            f"{V1}/auth/login", json={"email": email, "password": PASSWORD}
        )
        challenge = asked_for.json()["second_factor"]["challenge"]
        yield Scene(door, inside, email, challenge, profile)


def client_of(app: FastAPI) -> AsyncClient:
    transport = ASGITransport(app=app, raise_app_exceptions=False, client=(PROXY, 40_000))
    return AsyncClient(transport=transport, base_url="http://test")


@pytest.fixture(scope="module")
def password_hash() -> str:
    return crypto._passwords.hash(PASSWORD)  # noqa: SLF001  (without an event loop)


async def guessed(scene: Scene, guess: Guess, addresses: Callable[[], str]) -> list[int]:
    found: list[int] = []
    for number in range(guess.at_most):
        found.append(await scene.ask(guess, number, addresses()))
        if found[-1] == 429:
            break
    return found


@pytest.mark.parametrize("operation", BY_ADDRESS)
async def test_one_address_guesses_a_few_times(scene: Scene, operation: str) -> None:
    found = await guessed(scene, BY_ADDRESS[operation], lambda: "203.0.113.7")
    assert found[-1] == 429, found
    assert found[0] != 429, "the first try is answered"


@pytest.mark.parametrize("operation", BY_ACCOUNT)
async def test_many_addresses_together_guess_a_few_times(scene: Scene, operation: str) -> None:
    found = await guessed(scene, BY_ACCOUNT[operation], scene.address)
    assert found[-1] == 429, found
    assert found[0] != 429, "the first try is answered"


async def test_codes_are_few_in_a_day_too(scene: Scene, database: Database) -> None:
    """Five a minute, day after day, would find one of three good codes in a million."""
    guess, told = BY_ACCOUNT["accounts:show_second_factor"], []
    client = scene.door
    limiter = client._transport.app.state.client.limiter  # type: ignore[attr-defined]  # noqa: SLF001  (the application behind the client)
    seen: list[str] = []
    plain = limiter.hit

    async def without_minutes(key: str, rule: Any, **more: Any) -> Any:  # noqa: ANN401  (JSON)
        seen.append(rule.name)
        if rule.seconds == 60:
            await limiter.forget(key, rule)
        return await plain(key, rule, **more)

    limiter.hit = without_minutes
    for number in range(25):
        async with write_context(database, across=True) as ctx:  # a new sign-in each time
            await ctx.db.execute("UPDATE accounts_challenges SET attempts = 0")
        told.append(await scene.ask(guess, number, scene.address()))
        if told[-1] == 429:
            break
    assert "second_factor_day" in seen
    assert told[-1] == 429
    assert len(told) <= 21


def test_no_door_was_forgotten() -> None:
    """Every write that is open to strangers, and every path that takes a password or a code."""
    listed = BY_ACCOUNT.keys() | BY_ADDRESS.keys()
    open_writes = {one.id for one in asked() if one.is_write and not one.is_signed_in}
    assert open_writes - listed == {"accounts:sign_out"}, "it takes nothing that can be guessed"
    secrets = {"password", "current_password", "pin", "current_pin", "code", "token", "device_code"}
    taking = {one.id for one in asked() if one.is_write and secrets & fields_of(one.id)}
    assert taking - listed <= {
        "accounts:leave_profile",  # the same path as accounts:select_profile
        "accounts:confirm_totp",  # a code of a secret that the answer before has shown
    }


def fields_of(operation: str) -> set[str]:
    """The fields of an operation's body."""
    document = DOCUMENT["paths"]
    for methods in document.values():
        for one in methods.values():
            if one["operationId"] != operation or "requestBody" not in one:
                continue
            found: set[str] = set()
            for media in one["requestBody"]["content"].values():
                found |= names_in(media["schema"])
            return found
    return set()


def names_in(schema: Body) -> set[str]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return set(DOCUMENT["components"]["schemas"][name].get("properties", ()))
    return set().union(*(names_in(one) for one in schema.get("anyOf", ())))
