"""Live news: server-sent events of a space."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.audit.routes import events, pulse
from mediatheque.areas.audit.routes.pulse import KEPT, Pulse, pulse_of
from mediatheque.areas.spaces.actions.spaces import rename_space
from mediatheque.core.edge import write_context
from tests.audit.conftest import listening
from tests.counting import counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from fastapi import FastAPI

    from tests.audit.conftest import Listener
    from tests.house import House, Member

EVENTS = "/api/v1/events"


@pytest.fixture(autouse=True)
async def quick(house: House) -> AsyncIterator[None]:
    """A pulse that beats faster than in a real house."""
    await pulse_of(house.database).close()
    pulse._PULSES[house.database] = Pulse(house.database, every=0.05)  # noqa: SLF001  (its place)
    yield
    await pulse_of(house.database).close()


def follow(
    app: FastAPI, member: Member, last_event_id: str | None = None
) -> AbstractAsyncContextManager[Listener]:
    headers = {
        "cookie": f"mediatheque_session={member.client.cookies['mediatheque_session']}",
        "x-space": member.space.slug,
    }
    if last_event_id is not None:
        headers["last-event-id"] = last_event_id
    return listening(app, EVENTS, **headers)


async def rename(member: Member, name: str) -> None:
    answer = await member.client.patch("/api/v1/spaces/current", json={"name": name})
    assert answer.status_code == 200, answer.text


async def heard(listener: Listener) -> dict[str, Any]:
    message = await listener.message()
    assert message is not None
    return message


async def joined(house: House, number: int = 1) -> None:
    """Wait until so many listen: what is written after this is heard."""
    found = pulse_of(house.database)
    for _ in range(200):
        ready = [one for one in found._channels.values() if one.last >= 0]  # noqa: SLF001  (its state is not seen from outside)
        if sum(one.listeners for one in ready) >= number:
            return
        await asyncio.sleep(0.01)
    pytest.fail("nobody listens")


async def test_a_write_is_heard(app: FastAPI, house: House) -> None:
    member = await house.member()
    await rename(member, "Before")
    async with follow(app, member) as listener:
        assert listener.status == 200
        assert listener.headers["content-type"].startswith("text/event-stream")
        assert "no-cache" in listener.headers["cache-control"]
        assert "content-encoding" not in listener.headers
        await joined(house)
        await rename(member, "After")
        message = await heard(listener)
        assert message["data"] == {
            "position": int(message["id"]),
            "area": "spaces",
            "kind": "spaces.space_renamed",
            "ref": {"kind": "space", "id": str(member.space.id)},
        }
        await rename(member, "Again")
        again = await heard(listener)
        assert int(again["id"]) > int(message["id"])


async def test_listeners_of_a_space_hear_the_same_and_strangers_nothing(
    app: FastAPI, house: House
) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    stranger = await house.member()
    async with (
        follow(app, owner) as first,
        follow(app, viewer) as second,
        follow(app, stranger) as third,
    ):
        await joined(house, 3)
        await rename(owner, "Heard")
        told, hinted = await heard(first), await heard(second)
        assert told["id"] == hinted["id"]
        assert hinted["data"] == {
            "position": int(told["id"]),
            "area": "spaces",
            "kind": None,
            "ref": None,
        }
        assert await third.silence(0.3)


async def test_reconnecting_misses_nothing(app: FastAPI, house: House) -> None:
    member = await house.member()
    async with follow(app, member) as listener:
        await joined(house)
        await rename(member, "One")
        last = (await heard(listener))["id"]
    for name in ("Two", "Three"):
        await rename(member, name)
    async with follow(app, member, last) as listener:
        missed = [await heard(listener), await heard(listener)]
        assert [int(one["id"]) > int(last) for one in missed] == [True, True]
        assert await listener.silence(0.2)
        await rename(member, "Four")
        assert int((await heard(listener))["id"]) > int(missed[-1]["id"])


async def test_who_missed_too_much_is_told_to_look_again(app: FastAPI, house: House) -> None:
    member = await house.member()
    await rename(member, "One")
    async with write_context(house.database, across=True) as context:
        await context.db.execute(
            "INSERT INTO core_journal (space_id, actor_kind, kind, ref_kind) "
            "SELECT :space, 'system', 'cellar.bottle_kept', 'bottle' FROM generate_series(1, :n)",
            {"space": member.space.id, "n": KEPT + 1},
        )
    async with follow(app, member, "1") as listener:
        message = await heard(listener)
        assert message["event"] == "reset"
        await rename(member, "Two")
        assert int((await heard(listener))["id"]) > int(message["id"])


@pytest.mark.parametrize("last", ["9" * 18, "nonsense", "-1", ""])
async def test_place_that_was_never_given_out_does_no_harm(
    app: FastAPI, house: House, last: str
) -> None:
    member = await house.member()
    await rename(member, "One")
    async with follow(app, member, last) as listener:
        assert listener.status == 200
        await joined(house)
        if last.startswith("9"):
            assert (await heard(listener))["event"] == "reset"
        await rename(member, "Two")
        assert (await heard(listener))["data"]["kind"] == "spaces.space_renamed"


async def test_only_members_listen(app: FastAPI, house: House) -> None:
    member, stranger = await house.member(), await house.member()
    async with listening(app, EVENTS) as nobody:
        assert nobody.status == 401
    cookie = f"mediatheque_session={member.client.cookies['mediatheque_session']}"
    async with listening(app, EVENTS, cookie=cookie, x_space=stranger.space.slug) as foreign:
        assert foreign.status == 404


async def test_stream_ends_with_the_session(
    app: FastAPI, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "SILENCE_SECONDS", 0.2)
    member = await house.member()
    async with follow(app, member) as listener:
        await joined(house)
        assert await listener.silence(0.6)
        assert (await member.client.post("/api/v1/auth/logout")).status_code == 204
        assert await listener.message(3) is None


async def test_stream_ends_with_the_membership_at_once(app: FastAPI, house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    async with follow(app, member) as listener:
        await joined(house)
        members = (await owner.client.get("/api/v1/members")).json()["items"]
        (mine,) = [one["id"] for one in members if one["user_id"] == str(member.user_id)]
        assert (await owner.client.delete(f"/api/v1/members/{mine}")).status_code == 204
        assert await listener.message(3) is None


async def test_streams_hold_no_connection_and_share_one_look(app: FastAPI, house: House) -> None:
    owner = await house.member()
    others = [await house.member(owner.space, "member") for _ in range(12)]
    streams = [follow(app, one) for one in others]
    opened = [await stream.__aenter__() for stream in streams]
    try:
        await joined(house, 12)
        await asyncio.sleep(0.2)
        stats = house.database._pool.get_stats()  # noqa: SLF001  (what it is about)
        assert stats["pool_size"] - stats["pool_available"] <= 1, "the pulse's own look"
        assert house.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # a queue pool
        with counted(house.database) as seen:
            await rename(owner, "Heard by all")
            assert len({(await heard(one))["id"] for one in opened}) == 1
        of_the_journal = [one for one in seen if "core_journal" in one]
        assert len(of_the_journal) == 1
    finally:
        for stream in streams:
            await stream.__aexit__(None, None, None)


async def test_streams_end_when_the_process_stops(house: House) -> None:
    member = await house.member()
    made = Pulse(house.database, every=0.05)
    heard_by: list[Any] = []

    async def listen() -> None:
        heard_by.extend([one async for one in made.follow(member.space.id, None, 60)])

    tasks = [asyncio.create_task(listen()) for _ in range(3)]
    await asyncio.sleep(0.2)
    await made.close()
    await asyncio.wait_for(asyncio.gather(*tasks), 1)
    assert heard_by == []


async def test_positions_follow_the_commits(house: House) -> None:
    """Who is at a position never misses what commits later: concurrent writes queue up."""
    member = await house.member()
    gate = asyncio.Event()
    made = Pulse(house.database, every=0.02)
    seen: list[int] = []

    async def write(number: int) -> None:
        async with house.write(member) as context:
            await gate.wait()

            await rename_space(context, f"Name {number}")

    async def listen() -> None:
        async for _, news in made.follow(member.space.id, None, 60):
            seen.extend(row["position"] for row in news or [])

    listener = asyncio.create_task(listen())
    await asyncio.sleep(0.1)
    writers = [asyncio.create_task(write(number)) for number in range(8)]
    await asyncio.sleep(0.1)
    gate.set()
    await asyncio.gather(*writers)
    await asyncio.sleep(0.3)
    await made.close()
    await listener
    written = await house.database.reader(member.space.id).rows(
        text("SELECT position FROM core_journal ORDER BY position")
    )
    assert seen == [row["position"] for row in written]
    assert len(seen) == 8


async def test_stop_of_the_process_ends_open_answers(app: FastAPI, house: House) -> None:
    member = await house.member()
    stopping = app.state.client.stopping
    async with follow(app, member) as listener:
        await joined(house)
        stopping.set()
        try:
            assert await listener.message(1) is None
            async with follow(app, member) as late:
                assert await late.message(1) is None
        finally:
            stopping.clear()
