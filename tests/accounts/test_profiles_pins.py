"""PINs: which opens what, and what guessing costs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.core.edge import write_context
from tests.accounts.households import (
    KIDS,
    PROFILES,
    another_session,
    give_password,
    make,
    ok,
    pin,
    select,
    session,
)

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

    from tests.house import House, Member

PASSWORD = "correct horse battery"


def code(answer: Response) -> str:
    return "" if answer.is_success else str(answer.json()["error"]["code"])


async def household(house: House) -> tuple[Member, dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Ada (adult, 2468), Kim (6 years, no PIN) and Bo (16, 1357)."""
    member = await house.member()
    ada = await make(member.client, "Ada")
    kim = await make(member.client, "Kim", **KIDS)
    bo = await make(member.client, "Bo", maturity_limit=16)
    await pin(member.client, ada, "2468")
    await pin(member.client, bo, "1357")
    return member, ada, kim, bo


async def active(client: AsyncClient) -> str | None:
    profile = (await session(client))["profile"]
    return None if profile is None else str(profile["name"])


@pytest.mark.parametrize("digits", ["123", "123456789", "12a4", "١٢٣٤", "    ", ""])
async def test_a_pin_is_four_to_eight_digits(house: House, digits: str) -> None:
    member = await house.member()
    ada = await make(member.client, "Ada")
    answer = await member.client.put(f"{PROFILES}/{ada['id']}/pin", json={"pin": digits})
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "pin"
    if digits:
        assert digits not in answer.text


async def test_pins_are_kept_as_argon2(house: House) -> None:
    member, *_ = await household(house)
    rows = await house.database.across().rows(
        text("SELECT pin_hash FROM accounts_profiles WHERE user_id = :user").bindparams(
            user=member.user_id
        )
    )
    hashes = [row["pin_hash"] for row in rows if row["pin_hash"]]
    assert len(hashes) == 2
    assert all(one.startswith("$argon2id$") for one in hashes)


async def test_a_profile_with_a_pin_asks_for_it(house: House) -> None:
    member, ada, kim, bo = await household(house)
    answer = await select(member.client, ada)
    assert code(answer) == "pin_needed"
    assert answer.json()["error"]["details"] == {"accepts": ["pin"]}
    assert code(await select(member.client, ada, pin="0000")) == "wrong_pin"
    assert await active(member.client) is None
    assert code(await select(member.client, ada, pin="2468")) == ""
    assert await active(member.client) == "Ada"
    assert code(await select(member.client, bo, pin="2468")) == ""
    assert await active(member.client) == "Bo"
    assert code(await select(member.client, kim)) == ""
    assert await active(member.client) == "Kim"


async def test_only_an_adult_lets_out_of_a_childrens_profile(house: House) -> None:
    member, ada, kim, bo = await household(house)
    other = await make(member.client, "Lu", is_kids=True, maturity_limit=0)
    await select(member.client, kim)
    for target in (ada, bo, other):
        assert code(await select(member.client, target)) == "pin_needed"
    assert code(await member.client.post(f"{PROFILES}/leave")) == "pin_needed"
    assert code(await select(member.client, bo, pin="1357")) == "wrong_pin"
    assert code(await member.client.post(f"{PROFILES}/leave", json={"pin": "1357"})) == "wrong_pin"
    assert await active(member.client) == "Kim"
    assert code(await select(member.client, other, pin="2468")) == ""
    assert code(await member.client.post(f"{PROFILES}/leave", json={"pin": "2468"})) == ""
    assert await active(member.client) is None


async def test_a_limit_is_not_left_for_a_wider_one(house: House) -> None:
    member, ada, kim, bo = await household(house)
    wide = await make(member.client, "Di", maturity_limit=18)
    await select(member.client, bo, pin="1357")
    assert code(await select(member.client, wide)) == "pin_needed"
    assert code(await select(member.client, ada, pin="1357")) == "wrong_pin"
    assert code(await select(member.client, kim)) == ""
    assert code(await select(member.client, bo, pin="1357")) == "wrong_pin"
    assert code(await select(member.client, bo, pin="2468")) == ""


async def test_the_password_opens_every_way(house: House) -> None:
    member, ada, kim, _ = await household(house)
    await select(member.client, kim)
    answer = await select(member.client, ada, password=PASSWORD)
    assert (answer.status_code, code(answer)) == (400, "wrong_password")
    await give_password(house, member.email, PASSWORD)
    answer = await select(member.client, ada)
    assert answer.json()["error"]["details"] == {"accepts": ["pin", "password"]}
    assert code(await select(member.client, ada, password="not this")) == "wrong_password"
    assert await active(member.client) == "Kim"
    assert code(await select(member.client, ada, password=PASSWORD)) == ""
    assert await active(member.client) == "Ada"


async def test_without_pin_and_password_nothing_lets_out(house: House) -> None:
    member = await house.member()
    kim = await make(member.client, "Kim", **KIDS)
    await select(member.client, kim)
    answer = await member.client.post(f"{PROFILES}/leave", json={"pin": "0000"})
    assert code(answer) == "pin_needed"
    assert answer.json()["error"]["details"] == {"accepts": []}
    assert (await member.client.post("/api/v1/auth/logout")).status_code == 204


async def move(house: House, profile: dict[str, Any], seconds: int) -> None:
    """Let a lock's time pass."""
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_profiles SET pin_locked_until = pin_locked_until "
            "- make_interval(secs => :seconds) WHERE id = :id",
            {"seconds": seconds, "id": profile["id"]},
        )


async def test_five_wrong_pins_lock_and_each_further_one_doubles_the_wait(house: House) -> None:
    member, ada, *_ = await household(house)
    for _ in range(5):
        assert code(await select(member.client, ada, pin="0000")) == "wrong_pin"
    waits = []
    for _ in range(3):
        answer = await select(member.client, ada, pin="2468")
        assert (answer.status_code, code(answer)) == (429, "pin_locked")
        wait = answer.json()["error"]["details"]["retry_after"]
        assert answer.headers["retry-after"] == str(wait)
        waits.append(wait)
        await move(house, ada, wait + 1)
        assert code(await select(member.client, ada, pin="0000")) == "wrong_pin"
    assert [round(one / 30) for one in waits] == [1, 2, 4]
    listed = (await ok(member.client.get(PROFILES)))["items"]
    until = datetime.fromisoformat(
        next(o for o in listed if o["id"] == ada["id"])["pin_locked_until"]
    )
    assert until > datetime.now(UTC)
    await move(house, ada, 3600)
    assert code(await select(member.client, ada, pin="2468")) == ""
    await member.client.post(f"{PROFILES}/leave")
    for _ in range(4):
        assert code(await select(member.client, ada, pin="0000")) == "wrong_pin"
    assert code(await select(member.client, ada, pin="2468")) == "", "the count began again"


async def test_the_longest_wait_is_an_hour(house: House) -> None:
    member, ada, *_ = await household(house)
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_profiles SET pin_failures = 24 WHERE id = :id", {"id": ada["id"]}
        )
    for _ in range(3):
        assert code(await select(member.client, ada, pin="0000")) == "wrong_pin"
        answer = await select(member.client, ada, pin="0000")
        assert 3500 <= answer.json()["error"]["details"]["retry_after"] <= 3600
        await move(house, ada, 3601)


async def test_many_guesses_at_once_are_five_guesses(house: House) -> None:
    member, ada, *_ = await household(house)
    answers = await asyncio.gather(
        *(select(member.client, ada, pin=f"{guess:04}") for guess in range(30))
    )
    told = [code(one) for one in answers]
    assert (told.count("wrong_pin"), told.count("pin_locked")) == (5, 25)
    assert code(await select(member.client, ada, pin="2468")) == "pin_locked"


async def test_a_lock_is_kept_from_the_way_around(house: House) -> None:
    """Each wrong PIN on the way out counts for the adult's profile as well."""
    member, ada, kim, _ = await household(house)
    await select(member.client, kim)
    for _ in range(5):
        answer = await member.client.post(f"{PROFILES}/leave", json={"pin": "0000"})
        assert code(answer) == "wrong_pin"
    assert code(await select(member.client, ada, pin="2468")) == "pin_locked"
    other = await another_session(house, member.email)
    assert code(await select(other, ada, pin="2468")) == "pin_locked"
    await give_password(house, member.email, PASSWORD)
    assert code(await select(member.client, ada, password=PASSWORD)) == ""
    await member.client.post(f"{PROFILES}/leave")
    assert code(await select(member.client, ada, pin="2468")) == "", "the password unlocks"


async def test_a_pin_is_changed_by_whom_knows_it(house: House) -> None:
    member, ada, *_ = await household(house)
    path = f"{PROFILES}/{ada['id']}/pin"
    assert code(await member.client.put(path, json={"pin": "1111"})) == "pin_needed"
    answer = await member.client.put(path, json={"pin": "1111", "current_pin": "0000"})
    assert code(answer) == "wrong_pin"
    await pin(member.client, ada, "1111", current_pin="2468")
    assert code(await select(member.client, ada, pin="2468")) == "wrong_pin"
    assert code(await select(member.client, ada, pin="1111")) == ""
    assert code(await member.client.request("DELETE", path)) == "pin_needed"
    assert code(await member.client.request("DELETE", path, json={"pin": "2222"})) == "wrong_pin"
    assert code(await member.client.request("DELETE", path, json={"pin": "1111"})) == ""
    assert code(await member.client.request("DELETE", path)) == "no_pin"
    await member.client.post(f"{PROFILES}/leave")
    assert code(await select(member.client, ada)) == ""


async def test_deleting_a_limited_profile_ends_its_sessions(house: House) -> None:
    member, ada, kim, bo = await household(house)
    childs = await another_session(house, member.email)
    mine = await another_session(house, member.email)
    await select(childs, kim)
    await select(mine, ada, pin="2468")
    assert (await member.client.delete(f"{PROFILES}/{kim['id']}")).status_code == 204
    assert (await childs.get("/api/v1/auth/session")).status_code == 401
    assert (await member.client.delete(f"{PROFILES}/{ada['id']}")).status_code == 204
    assert await active(mine) is None
    await select(mine, bo, pin="1357")
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute("DELETE FROM accounts_profiles WHERE id = :id", {"id": bo["id"]})
    assert (await mine.get("/api/v1/auth/session")).status_code == 401


async def test_pins_are_not_in_the_journal(house: House) -> None:
    """What entries say is looked at: ids, times and hashes hold any four digits by chance."""
    member, ada, *_ = await household(house)
    await select(member.client, ada, pin="7391")
    await pin(member.client, ada, "86420", current_pin="2468")
    rows = await house.database.across().rows(
        text(
            "SELECT kind, jsonb_build_array(kind, label, before, after) AS told "
            "FROM core_journal WHERE actor_id = :user"
        ).bindparams(user=member.user_id)
    )
    kinds = {row["kind"] for row in rows}
    assert {"accounts.profile_created", "accounts.pin_set", "accounts.pin_tried"} <= kinds
    told = [leaf for row in rows for leaf in leaves(row["told"])]
    assert "Ada" in told
    pins = {"7391", "2468", "1357", "86420"}
    assert not [leaf for leaf in told if leaf.strip() in pins or "argon2" in leaf]


def leaves(value: object) -> list[str]:
    """Every name and value within JSON, as text."""
    match value:
        case dict():
            return [leaf for pair in value.items() for one in pair for leaf in leaves(one)]
        case list():
            return [leaf for one in value for leaf in leaves(one)]
        case _:
            return [str(value)]
