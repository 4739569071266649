"""Templates over HTTP: entries that follow them, conflicts that are left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from mediatheque.areas.live.actions.templates import fill_template

if TYPE_CHECKING:
    from tests.house import House, Member

PARIS = ZoneInfo("Europe/Paris")
TOMORROW = datetime.now(PARIS).date() + timedelta(days=1)


async def channel(owner: Member, name: str = "Eins") -> str:
    return str((await owner.client.post("/api/v1/channels", json={"name": name})).json()["id"])


def daily(channel_id: str, **more: object) -> dict[str, Any]:
    return {
        "channel_id": channel_id,
        "title": "News",
        "genres": ["News"],
        "rrule": "FREQ=DAILY",
        "starts_on": TOMORROW.isoformat(),
        "start_time": "20:15",
        "duration_minutes": 45,
        "time_zone": "Europe/Paris",
        **more,
    }


def day(after: int) -> str:
    return (TOMORROW + timedelta(days=after)).isoformat()


def at(after: int, hour: int, minute: int = 0) -> str:
    on = TOMORROW + timedelta(days=after)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=PARIS).isoformat()


async def add(owner: Member, channel_id: str, start: str, stop: str, title: str) -> None:
    body = {"channel_id": channel_id, "start_at": start, "stop_at": stop, "title": title}
    assert (await owner.client.post("/api/v1/schedule", json=body)).status_code == 201


async def schedule(house: House, owner: Member) -> list[dict[str, Any]]:
    return await house.read(owner).db.rows(
        text("SELECT * FROM live_programmes ORDER BY channel_id, start_at")
    )


async def written(owner: Member, body: dict[str, Any], template: str = "") -> dict[str, Any]:
    client, path = owner.client, "/api/v1/schedule-templates"
    answer = await (
        client.patch(f"{path}/{template}", json=body) if template else client.post(path, json=body)
    )
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_template_fills_fourteen_days_and_leaves_what_is_in_its_way(house: House) -> None:
    owner = await house.member()
    one = await channel(owner)
    await add(owner, one, at(2, 20), at(2, 22), "Football")
    preview = await owner.client.post("/api/v1/schedule-templates/preview", json=daily(one))
    assert preview.status_code == 200, preview.text
    shown = preview.json()["occurrences"]
    assert [x["occurs_on"] for x in shown if x["conflicts"]] == [day(2)]
    assert shown[2]["conflicts"][0]["title"] == "Football"
    assert len(await schedule(house, owner)) == 1
    made = await written(owner, daily(one))
    assert made["filled"]["added"] == 13
    assert [x["occurs_on"] for x in made["filled"]["skipped"]] == [day(2)]
    rows = await schedule(house, owner)
    news = [row for row in rows if row["title"] == "News"]
    assert {f"{row['start_at'].astimezone(PARIS):%H:%M}" for row in news} == {"20:15"}
    assert {row["origin"] for row in news} == {"template"}
    assert news[0]["genres"] == ["news"]
    listed = (await owner.client.get("/api/v1/schedule-templates")).json()["items"]
    assert [(x["title"], x["channel_name"], x["made_until"]) for x in listed] == [
        ("News", "Eins", day(13))
    ]


async def test_a_change_moves_what_is_to_come_and_ids_stay(house: House) -> None:
    owner = await house.member()
    one = await channel(owner)
    made = await written(owner, daily(one, duration_minutes=24 * 60))
    before = {row["template_on"]: row["id"] for row in await schedule(house, owner)}
    by_hand = before[date.fromisoformat(day(1))]
    touched = await owner.client.patch(f"/api/v1/schedule/{by_hand}", json={"title": "Special"})
    assert touched.status_code == 200, touched.text
    template = made["template"]["id"]
    done = await written(
        owner, {"start_time": "20:00", "duration_minutes": 30, "title": "Journal"}, template
    )
    assert done["filled"]["changed"] == 12, done["filled"]
    rows = {row["template_on"]: row for row in await schedule(house, owner)}
    assert rows[date.fromisoformat(day(1))]["title"] == "Special"
    for on, row in rows.items():
        assert row["id"] == before[on]
        if row["id"] != by_hand:
            assert f"{row['start_at'].astimezone(PARIS):%H:%M}" == "20:00"
            assert row["title"] == "Journal"
    gone = await owner.client.delete(f"/api/v1/schedule-templates/{template}")
    assert gone.status_code == 204
    assert [row["title"] for row in await schedule(house, owner)] == ["Special"]
    again = await owner.client.delete(f"/api/v1/schedule-templates/{template}")
    assert again.json()["error"]["code"] == "template_not_found"


async def test_single_days_differ(house: House) -> None:
    owner = await house.member()
    one = await channel(owner)
    made = await written(owner, daily(one))
    template = made["template"]["id"]
    overrides = [
        {"occurs_on": day(0), "is_cancelled": True},
        {"occurs_on": day(1), "start_at": at(1, 22), "duration_minutes": 10},
        {"occurs_on": day(2), "changes": {"title": "News extra"}},
    ]
    done = await written(owner, {"overrides": overrides}, template)
    assert done["filled"] | {"skipped": 0} == {
        "added": 0, "changed": 2, "removed": 1, "skipped": 0,
    }  # fmt: skip
    rows = await schedule(house, owner)
    assert rows[0]["start_at"] == datetime.fromisoformat(at(1, 22)).astimezone(UTC)
    assert rows[0]["stop_at"] - rows[0]["start_at"] == timedelta(minutes=10)
    assert [row["title"] for row in rows[:3]] == ["News", "News extra", "News"]
    assert len(done["template"]["overrides"]) == 3
    back = await written(owner, {"overrides": []}, template)
    assert (back["filled"]["added"], back["filled"]["changed"]) == (1, 2)
    off = await written(owner, {"is_enabled": False}, template)
    assert off["filled"]["removed"] == 14
    assert await schedule(house, owner) == []


async def test_new_days_are_made_and_old_ones_left_alone(house: House) -> None:
    owner = await house.member()
    one = await channel(owner)
    made = await written(owner, daily(one))
    rows = await schedule(house, owner)
    removed = await owner.client.delete(f"/api/v1/schedule/{rows[3]['id']}")
    assert removed.status_code == 204
    for days, expected in ((0, 0), (3, 3), (3, 0)):
        async with house.write(owner) as ctx:
            ctx.now += timedelta(days=days)
            filled = await fill_template(ctx, made["template"]["id"])
        assert (filled.added, filled.removed) == (expected, 0)
    assert len(await schedule(house, owner)) == 16


async def test_without_a_time_zone_a_template_has_that_of_its_space(house: House) -> None:
    owner = await house.member()
    zone = {"time_zone": "America/New_York"}
    assert (await owner.client.patch("/api/v1/space", json=zone)).status_code == 200
    body = daily(await channel(owner))
    del body["time_zone"]
    preview = await owner.client.post("/api/v1/schedule-templates/preview", json=body)
    assert preview.status_code == 200, preview.text
    local = datetime.combine(TOMORROW, time(20, 15), ZoneInfo("America/New_York"))
    assert datetime.fromisoformat(preview.json()["occurrences"][0]["start_at"]) == local
    made = await written(owner, body)
    assert made["template"]["time_zone"] == "America/New_York"
    assert (await schedule(house, owner))[0]["start_at"] == local
    changed = await written(owner, {"time_zone": None}, made["template"]["id"])
    assert changed["template"]["time_zone"] == "America/New_York", "none is given: it stays"


async def test_what_cannot_be_is_refused_by_name(house: House) -> None:
    owner = await house.member()
    one = await channel(owner)
    for more, status, code in (
        ({"rrule": "FREQ=HOURLY"}, 400, "bad_recurrence"),
        ({"time_zone": "Mars/Olympus"}, 400, "unknown_time_zone"),
        ({"start_time": "20:15:00Z"}, 422, "malformed"),
        ({"channel_id": "00000000-0000-7000-8000-000000000000"}, 404, "channel_not_found"),
        ({"title_id": "00000000-0000-7000-8000-000000000000"}, 404, "title_not_found"),
    ):
        answer = await owner.client.post("/api/v1/schedule-templates", json={**daily(one), **more})
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    viewer = await house.member(space=owner.space, role="viewer")
    assert (await viewer.client.get("/api/v1/schedule-templates")).status_code == 403
