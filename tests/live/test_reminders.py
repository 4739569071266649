"""Reminders: told in time, once, and also when a programme moves or goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from mediatheque.areas.live.actions.reminders import follow_programmes, remind
from mediatheque.core.edge import SYSTEM

if TYPE_CHECKING:
    from tests.house import House, Member


def soon(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


async def programme(owner: Member, start: float, title: str = "Nosferatu") -> dict[str, Any]:
    channels = (await owner.client.get("/api/v1/channels")).json()["items"]
    if not channels:
        channels = [(await owner.client.post("/api/v1/channels", json={"name": "Eins"})).json()]
    answer = await owner.client.post(
        "/api/v1/schedule",
        json={
            "channel_id": channels[0]["id"],
            "start_at": soon(start),
            "stop_at": soon(start + 60),
            "title": title,
        },
    )
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def set_for(member: Member, made: dict[str, Any], minutes: int = 10) -> dict[str, Any]:
    answer = await member.client.post(
        "/api/v1/reminders", json={"programme_id": made["id"], "minutes_before": minutes}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def notices(member: Member) -> list[tuple[str, str]]:
    items = (await member.client.get("/api/v1/notices")).json()["items"]
    return [(one["kind"], one["title"]) for one in items]


async def test_somebody_is_told_once_before_it_starts(house: House) -> None:
    owner = await house.member()
    member = await house.member(space=owner.space, role="viewer")
    near, far = await programme(owner, 5), await programme(owner, 300, "Faust")
    for one in (near, far):
        await set_for(member, one)
    for _ in range(2):
        async with house.write(owner) as ctx:
            await remind(ctx)
    assert await notices(member) == [("live.reminder", "“Nosferatu” starts soon")]
    assert await notices(owner) == []
    assert (await member.client.get("/api/v1/notices/count")).json() == {"unread": 1}
    assert (await member.client.post("/api/v1/notices/read", json={})).status_code == 204
    assert (await member.client.get("/api/v1/notices/count")).json() == {"unread": 0}
    shown = (await member.client.get("/api/v1/reminders")).json()["items"]
    assert [(one["title"], one["state"]) for one in shown] == [
        ("Nosferatu", "sent"),
        ("Faust", "waiting"),
    ]
    page = (await member.client.get(f"/api/v1/programmes/{far['id']}")).json()
    assert page["reminder_id"] == shown[1]["id"]


async def test_a_programme_that_moves_takes_its_reminder_along(house: House) -> None:
    owner = await house.member()
    made = await programme(owner, 100)
    await set_for(owner, made, 15)
    await owner.client.patch(
        f"/api/v1/schedule/{made['id']}", json={"start_at": soon(200), "stop_at": soon(260)}
    )
    async with house.write(owner) as ctx:
        assert ctx.actor != SYSTEM
        assert await follow_programmes(ctx) == 1
    async with house.write(owner) as ctx:
        assert await follow_programmes(ctx) == 0
    shown = (await owner.client.get("/api/v1/reminders")).json()["items"][0]
    start = datetime.fromisoformat(shown["start_at"])
    assert start - datetime.fromisoformat(shown["notify_at"]) == timedelta(minutes=15)
    assert await notices(owner) == [("live.reminder_moved", "“Nosferatu” moved")]


async def test_a_programme_that_is_replaced_is_found_again_or_told_gone(house: House) -> None:
    owner = await house.member()
    made, other = await programme(owner, 100), await programme(owner, 400, "Faust")
    for one in (made, other):
        await set_for(owner, one)
        await owner.client.delete(f"/api/v1/schedule/{one['id']}")
    again = await programme(owner, 130)
    async with house.write(owner) as ctx:
        await follow_programmes(ctx)
    shown = (await owner.client.get("/api/v1/reminders")).json()["items"]
    assert [(one["programme_id"], one["state"]) for one in shown] == [
        (again["id"], "waiting"),
        (None, "gone"),
    ]
    assert sorted(await notices(owner)) == [
        ("live.reminder_gone", "“Faust” is not shown"),
        ("live.reminder_moved", "“Nosferatu” moved"),
    ]


async def test_what_has_started_needs_no_reminder(house: House) -> None:
    owner = await house.member()
    made = await programme(owner, -5)
    refused = await owner.client.post("/api/v1/reminders", json={"programme_id": made["id"]})
    assert refused.json()["error"]["code"] == "already_started"
