"""The schedule in an editor: several changes at once, conflicts, and taking back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.live.actions.kept_edits import KEPT
from tests.live.test_templates import TOMORROW, daily, day, written
from tests.live.test_templates import add as add_at
from tests.live.test_templates import at as wall
from tests.live.test_templates import channel as plain_channel

if TYPE_CHECKING:
    from httpx import Response

    from tests.house import House, Member

EVENING = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
PATH = "/api/v1/schedule/changes"


def at(minutes: int) -> str:
    return (EVENING + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def put(channel: str, start: int, stop: int, title: str, **more: object) -> dict[str, Any]:
    return {
        "channel_id": channel, "start_at": at(start), "stop_at": at(stop), "title": title, **more,
    }  # fmt: skip


async def send(owner: Member, **body: object) -> Response:
    return await owner.client.post(PATH, json=body)


async def change(owner: Member, **body: object) -> dict[str, Any]:
    answer = await send(owner, **body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def listed(owner: Member, *channels: str) -> list[dict[str, Any]]:
    answer = await owner.client.get(
        "/api/v1/schedule",
        params={"from": at(-600), "to": at(1_200), "channels": ",".join(channels)},
    )
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def shown(owner: Member, *channels: str) -> list[tuple[str, int, int]]:
    def minutes(value: str) -> int:
        return round((datetime.fromisoformat(value) - EVENING).total_seconds() / 60)

    return [
        (one["title"], minutes(one["start_at"]), minutes(one["stop_at"]))
        for one in await listed(owner, *channels)
    ]


async def evening(owner: Member) -> tuple[str, dict[str, str]]:
    """A channel with three entries, which leave half an hour free before the last."""
    one = await plain_channel(owner)
    made = await change(
        owner,
        put=[put(one, 0, 30, "News"), put(one, 30, 120, "Film"), put(one, 150, 180, "Late news")],
    )
    return one, {entry["title"]: entry["id"] for entry in made["entries"]}


async def test_an_editor_sees_where_entries_come_from_and_hidden_channels(house: House) -> None:
    owner = await house.member()
    answer = await owner.client.post("/api/v1/channels", json={"name": "Test", "is_hidden": True})
    hidden = answer.json()["id"]
    await change(owner, put=[put(hidden, 0, 30, "Bars", genres=["Test card"], season=2)])
    (one,) = await listed(owner, hidden)
    assert (one["origin"], one["genres"], one["season"]) == ("hand", ["test card"], 2)
    for wrong in ({"to": at(-700)}, {"channels": "x"}, {"to": at(100_000)}, {"channels": ","}):
        params = {"from": at(-600), "to": at(0), "channels": hidden, **wrong}
        refused = await owner.client.get("/api/v1/schedule", params=params)
        assert refused.status_code == 400, refused.text
        assert refused.json()["error"]["field"] == next(iter(wrong))


async def test_a_conflict_says_who_is_in_the_way_of_what(house: House) -> None:
    owner = await house.member()
    one, ids = await evening(owner)
    refused = await send(
        owner,
        change=[{"id": ids["Late news"], "start_at": at(15), "stop_at": at(45)}],
        put=[put(one, 200, 210, "Weather")],
    )
    assert refused.status_code == 409
    error = refused.json()["error"]
    assert error["code"] == "schedule_conflict"
    assert error["field"] == "change.0.start_at"
    assert [(x["title"], x["of"]) for x in error["details"]["entries"]] == [
        ("News", "Late news"),
        ("Film", "Late news"),
    ]
    assert error["details"]["entries"][0]["id"] == ids["News"]
    among = await send(owner, put=[put(one, 300, 400, "A"), put(one, 399, 410, "B")])
    assert among.status_code == 409
    assert among.json()["error"]["message"] == "“B” begins before “A” has ended."
    assert len(await shown(owner, one)) == 3


async def test_an_evening_moves_at_once_whatever_the_order(house: House) -> None:
    owner = await house.member()
    one, ids = await evening(owner)
    done = await change(
        owner,
        change=[
            {"id": ids["News"], "start_at": at(90), "stop_at": at(120)},
            {"id": ids["Film"], "start_at": at(0), "stop_at": at(90)},
        ],
        remove=[ids["Late news"]],
    )
    assert done["removed"] == [ids["Late news"]]
    assert await shown(owner, one) == [("Film", 0, 90), ("News", 90, 120)]
    news = house.read(owner).db.rows(
        text("SELECT kind, after FROM core_journal WHERE kind LIKE 'live.schedule%' ORDER BY 1")
    )
    told = [row for row in await news if row["after"].get("removed")]
    assert [(row["kind"], row["after"]["changed"], row["after"]["removed"]) for row in told] == [
        ("live.schedule_edited", 2, 1)
    ]


async def test_what_is_replaced_comes_back_as_it_was(house: House) -> None:
    owner = await house.member()
    one, ids = await evening(owner)
    reminder = await owner.client.post(
        "/api/v1/reminders", json={"programme_id": ids["Film"], "minutes_before": 5}
    )
    assert reminder.status_code < 300, reminder.text
    before = await listed(owner, one)
    done = await change(owner, put=[put(one, 15, 60, "Special")], conflicts="replace")
    assert sorted(done["removed"]) == sorted([ids["News"], ids["Film"]])
    assert await shown(owner, one) == [("Special", 15, 60), ("Late news", 150, 180)]
    back = await owner.client.post(f"{PATH}/{done['undo_id']}/undo")
    assert back.status_code == 200, back.text
    assert await listed(owner, one) == before
    reminders = (await owner.client.get("/api/v1/reminders")).json()["items"]
    assert [x["programme_id"] for x in reminders] == [ids["Film"]]
    again = await owner.client.post(f"{PATH}/{done['undo_id']}/undo")
    assert again.status_code == 404
    assert again.json()["error"]["code"] == "schedule_edit_not_found"


async def test_what_somebody_changed_since_stays(house: House) -> None:
    owner = await house.member()
    one, ids = await evening(owner)
    moved = await change(
        owner, change=[{"id": ids["Late news"], "start_at": at(160), "stop_at": at(190)}]
    )
    await change(owner, change=[{"id": ids["Late news"], "title": "Night news"}])
    refused = await owner.client.post(f"{PATH}/{moved['undo_id']}/undo")
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "schedule_edited_since"
    gone = await change(owner, remove=[ids["Film"]])
    await change(owner, put=[put(one, 60, 90, "Filler")])
    refused = await owner.client.post(f"{PATH}/{gone['undo_id']}/undo")
    assert refused.json()["error"]["code"] == "schedule_conflict"
    assert refused.json()["error"]["details"]["entries"][0]["title"] == "Filler"
    assert ("Night news", 160, 190) in await shown(owner, one)


async def test_the_last_changes_are_kept_and_only_ones_own(house: House) -> None:
    owner = await house.member()
    one = await plain_channel(owner)
    made = [
        await change(owner, put=[put(one, 10 * n, 10 * n + 10, f"No. {n}")])
        for n in range(KEPT + 1)
    ]
    first = await owner.client.post(f"{PATH}/{made[0]['undo_id']}/undo")
    assert first.status_code == 404
    other = await house.member(space=owner.space)
    assert (await other.client.post(f"{PATH}/{made[1]['undo_id']}/undo")).status_code == 404
    second = await owner.client.post(f"{PATH}/{made[1]['undo_id']}/undo")
    assert second.status_code == 200, second.text
    assert second.json()["removed"] == [made[1]["entries"][0]["id"]]
    assert len(await shown(owner, one)) == KEPT
    rows = await house.read(owner).db.rows(text("SELECT 1 FROM live_replaced"))
    assert len(rows) == KEPT - 1


async def test_nothing_is_done_for_nothing(house: House) -> None:
    owner = await house.member()
    one, ids = await evening(owner)
    same = await change(owner, change=[{"id": ids["Film"], "title": "Film"}])
    assert same["undo_id"] is None
    assert (await listed(owner, one))[1]["id"] == ids["Film"]
    lost = await send(owner, remove=[ids["Film"], one])
    assert lost.status_code == 404
    assert lost.json()["error"]["field"] == "remove.1"
    assert len(await shown(owner, one)) == 3
    for wrong in ({"start_at": at(120)}, {"stop_at": at(20)}):
        bad = await send(owner, change=[{"id": ids["Film"], **wrong}])
        assert bad.json()["error"]["code"] == "bad_times"


async def test_a_removed_day_of_a_template_stays_away_until_it_is_reset(house: House) -> None:
    owner = await house.member()
    one = await plain_channel(owner)
    made = await written(owner, daily(one))
    template = made["template"]["id"]
    params = {"from": wall(0, 0), "to": wall(4, 0), "channels": one}
    rows = (await owner.client.get("/api/v1/schedule", params=params)).json()["items"]
    assert [row["template_on"] for row in rows] == [day(0), day(1), day(2), day(3)]
    gone = await change(owner, remove=[rows[1]["id"]])
    moved = {"start_at": wall(2, 21), "stop_at": wall(2, 22)}
    await change(owner, change=[{"id": rows[2]["id"], **moved}])
    await add_at(owner, one, wall(3, 23), wall(3, 23, 30), "Football")
    cut = [{"id": rows[3]["id"], "start_at": wall(3, 23, 10), "stop_at": wall(3, 23, 40)}]
    assert (await send(owner, change=cut)).status_code == 409
    after = await written(owner, {"title": "The news"}, template)
    assert [x["occurs_on"] for x in after["template"]["overrides"]] == [day(1)]
    assert after["template"]["overrides"][0]["is_cancelled"]
    assert [(x["occurs_on"], x["title"]) for x in after["template"]["edited"]] == [(day(2), "News")]
    rows = (await owner.client.get("/api/v1/schedule", params=params)).json()["items"]
    assert [row["template_on"] for row in rows] == [day(0), day(2), day(3), None]
    back = await owner.client.post(f"{PATH}/{gone['undo_id']}/undo")
    assert back.status_code == 200, back.text
    for on in (1, 2):
        answer = await owner.client.delete(f"/api/v1/schedule-templates/{template}/days/{day(on)}")
        assert answer.status_code == 200, answer.text
    assert answer.json()["template"]["overrides"] == []
    assert answer.json()["template"]["edited"] == []
    rows = (await owner.client.get("/api/v1/schedule", params=params)).json()["items"]
    assert [row["title"] for row in rows] == ["The news"] * 4 + ["Football"]
    assert {row["origin"] for row in rows[:4]} == {"template"}
    assert TOMORROW.isoformat() == rows[0]["template_on"]


@pytest.mark.parametrize("how", ["delete", "replace"])
async def test_a_day_of_a_template_that_is_deleted_does_not_come_back(
    house: House, how: str
) -> None:
    owner = await house.member()
    one = await plain_channel(owner)
    template = (await written(owner, daily(one)))["template"]["id"]
    params = {"from": wall(1, 0), "to": wall(2, 0), "channels": one}
    (row,) = (await owner.client.get("/api/v1/schedule", params=params)).json()["items"]
    if how == "delete":
        assert (await owner.client.delete(f"/api/v1/schedule/{row['id']}")).status_code == 204
    else:
        body = {
            "channel_id": one, "start_at": wall(1, 20), "stop_at": wall(1, 22),
            "title": "Special", "conflicts": "replace",
        }  # fmt: skip
        assert (await owner.client.post("/api/v1/schedule", json=body)).status_code == 201
    again = await written(owner, {"sub_title": "With weather"}, template)
    assert [x["occurs_on"] for x in again["template"]["overrides"]] == [day(1)]
    rows = (await owner.client.get("/api/v1/schedule", params=params)).json()["items"]
    assert [x["title"] for x in rows] == ([] if how == "delete" else ["Special"])


async def of_twelve(owner: Member) -> None:
    """From now on the owner is in a profile up to twelve years."""
    made = await owner.client.post(
        "/api/v1/profiles",
        json={"name": "Ada", "avatar": "fox", "maturity_limit": 12, "shows_unknown": True},
    )
    assert made.status_code == 201, made.text
    chosen = await owner.client.post(f"/api/v1/profiles/{made.json()['id']}/select", json={})
    assert chosen.status_code < 300, chosen.text


async def test_of_what_a_profile_may_not_see_only_the_times_are_told(house: House) -> None:
    owner = await house.member()
    one = await plain_channel(owner)
    made = await change(
        owner, put=[put(one, 0, 30, "News"), put(one, 30, 120, "Splatter", min_age=18)]
    )
    ids = {entry["title"]: entry["id"] for entry in made["entries"]}
    await of_twelve(owner)
    single = put(one, 10, 60, "Special")
    when = f"{EVENING + timedelta(minutes=30):%Y-%m-%d %H:%M} to "
    for refused in (
        await send(owner, put=[single]),
        await send(owner, change=[{"id": ids["News"], "stop_at": at(40)}]),
        await owner.client.post("/api/v1/schedule", json=single),
        await owner.client.patch(f"/api/v1/schedule/{ids['News']}", json={"stop_at": at(40)}),
    ):
        assert refused.status_code == 409, refused.text
        assert "Splatter" not in refused.text
        assert ids["Splatter"] not in refused.text
        error = refused.json()["error"]
        assert f"a programme you may not see ({when}" in error["message"]
        hidden = error["details"]["entries"][-1]
        assert (hidden["id"], hidden["title"]) == (None, None)
        assert datetime.fromisoformat(hidden["start_at"]) == EVENING + timedelta(minutes=30)
    other = {"start_at": at(200), "stop_at": at(230)}
    for refused in (
        await send(owner, change=[{"id": ids["Splatter"], **other}]),
        await send(owner, remove=[ids["Splatter"]]),
        await owner.client.patch(f"/api/v1/schedule/{ids['Splatter']}", json=other),
        await owner.client.delete(f"/api/v1/schedule/{ids['Splatter']}"),
    ):
        assert refused.status_code == 404, refused.text
    assert [title for title, *_ in await shown(owner, one)] == ["News"]


async def test_templates_tell_only_the_times_of_what_a_profile_may_not_see(house: House) -> None:
    owner = await house.member()
    one = await plain_channel(owner)
    late = {"start_at": wall(2, 20), "stop_at": wall(2, 22), "title": "Splatter", "min_age": 18}
    answer = await owner.client.post("/api/v1/schedule", json={"channel_id": one, **late})
    assert answer.status_code == 201, answer.text
    await of_twelve(owner)
    preview = await owner.client.post("/api/v1/schedule-templates/preview", json=daily(one))
    assert preview.status_code == 200, preview.text
    made = await owner.client.post("/api/v1/schedule-templates", json=daily(one))
    assert made.status_code == 201, made.text
    for said in (preview.json()["occurrences"][2], made.json()["filled"]["skipped"][0]):
        (hidden,) = said["conflicts"]
        assert (hidden["id"], hidden["title"]) == (None, None)
        assert datetime.fromisoformat(hidden["stop_at"]) == datetime.fromisoformat(wall(2, 22))
    assert "Splatter" not in preview.text + made.text
