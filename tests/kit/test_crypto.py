import asyncio
import time

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from mediatheque.kit import crypto


def test_tokens_are_long_random_and_url_safe() -> None:
    tokens = {crypto.new_token("ses") for _ in range(200)}
    assert len(tokens) == 200
    for token in tokens:
        prefix, _, rest = token.partition("_")
        assert prefix == "ses"
        assert len(rest) == 43
        assert rest.replace("-", "").replace("_", "").isalnum()
    assert len(crypto.new_token()) == 43


def test_the_stored_hash_is_sha256() -> None:
    assert crypto.hash_token("abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_comparing_secrets_takes_any_text() -> None:
    assert crypto.same("é", "é")
    assert not crypto.same("é", "e")
    assert not crypto.same("", "a")


def test_the_csrf_token_belongs_to_its_session() -> None:
    first, second = crypto.new_token("ses"), crypto.new_token("ses")
    token = crypto.csrf_token(first)
    assert crypto.csrf_matches(first, token)
    assert not crypto.csrf_matches(second, token)
    assert not crypto.csrf_matches(first, "")
    assert token != crypto.hash_token(first)


def test_signatures_depend_on_key_and_message() -> None:
    # RFC 4231, test case 2
    assert crypto.sign("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


async def test_passwords_verify_and_are_salted() -> None:
    first, second = await asyncio.gather(
        crypto.hash_password("correct horse"), crypto.hash_password("correct horse")
    )
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert await crypto.verify_password("correct horse", first)
    assert not await crypto.verify_password("wrong horse", first)
    assert not await crypto.verify_password("correct horse", "not a hash")
    assert not await crypto.verify_password("correct horse", "")


async def test_the_same_keys_give_the_same_password() -> None:
    stored = await crypto.hash_password("caf\u00e9")
    assert await crypto.verify_password("cafe\u0301", stored)


async def test_hashing_leaves_the_loop_free() -> None:
    job = asyncio.gather(*(crypto.hash_password("x") for _ in range(4)))
    turns = 0
    while not job.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert len(await job) == 4
    assert turns > 20


async def test_nobody_takes_as_long_as_somebody() -> None:
    stored = await crypto.hash_password("x")
    await crypto.verify_nobody("warm up")
    started = time.perf_counter()
    await crypto.verify_password("y", stored)
    somebody = time.perf_counter() - started
    started = time.perf_counter()
    await crypto.verify_nobody("y")
    nobody = time.perf_counter() - started
    assert somebody / 10 < nobody < somebody * 10


@pytest.mark.parametrize(
    "stored", ["", "$2b$12$abc", "$argon2i$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"]
)
def test_foreign_and_weaker_hashes_need_a_new_one(stored: str) -> None:
    assert crypto.needs_rehash(stored)


async def test_a_hash_of_today_is_kept_and_an_older_one_not() -> None:
    assert not crypto.needs_rehash(await crypto.hash_password("x"))
    assert crypto.needs_rehash(Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))
