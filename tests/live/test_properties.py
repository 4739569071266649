"""Whatever guides come in one after the other: no two entries overlap, and the export is the state.

And every programme of every guide is accounted for, and a clock that changes changes no order.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediatheque.areas.live.rules.times import parse_time, zone
from tests.exchange.support import run_jobs
from tests.live.guides import Television, accounted, channel, guide, programme

if TYPE_CHECKING:
    from httpx import Response

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

KEYS = ("a.one", "b.two")
BEGIN = datetime(2026, 3, 28, 18, tzinfo=UTC)

minutes = st.integers(min_value=0, max_value=60 * 16).map(lambda number: number * 5)
entry = st.tuples(
    st.sampled_from(KEYS),
    minutes,
    st.none() | st.integers(min_value=-10, max_value=200),
    st.sampled_from(["News", "Film", "Match", "", "Show & Tell"]),
)


def written(entries: list[tuple[str, int, int | None, str]], number: int) -> bytes:
    """A guide; its channels are named otherwise each time, and one comes twice."""

    def at(minute: int) -> str:
        return f"{BEGIN + timedelta(minutes=minute):%Y%m%d%H%M%S} +0000"

    return guide(
        *(channel(key, f"{key} {number}") for key in (*KEYS, KEYS[0])),
        *(
            programme(key, at(start), None if lasts is None else at(start + lasts), title)
            for key, start, lasts, title in entries
        ),
    )


steps = st.lists(
    st.one_of(
        st.tuples(st.just("guide"), st.lists(entry, min_size=1, max_size=12)),
        st.tuples(st.just("put"), st.tuples(minutes, st.integers(5, 90), st.booleans())),
        st.tuples(st.just("move"), st.tuples(st.integers(0, 20), minutes, st.integers(5, 90))),
        st.tuples(st.just("remove"), st.integers(0, 20)),
        st.tuples(st.just("rewrite"), st.tuples(minutes, st.integers(1, 8))),
        st.tuples(st.just("undo"), st.none()),
    ),
    min_size=1,
    max_size=7,
)


class Editor:
    """Takes steps in a schedule: brings guides, edits entries, takes the last guide back."""

    def __init__(self, tv: Television) -> None:
        self.tv = tv
        self.brought: list[str] = []

    async def take(self, number: int, kind: str, what: Any) -> None:  # noqa: ANN401  (what the kind takes)
        """Take a step. What the schedule does not allow is refused, with 409."""
        rows = await self.tv.rows()
        if kind == "guide":
            done = await self.tv.bring(written(what, number))
            assert done["status"] == "succeeded", done
            assert accounted(done) == len(what), (done, what)
            self.brought.append(done["id"])
        elif kind == "undo" and self.brought:
            answer = await self.tv.who.client.post(f"/api/v1/imports/{self.brought.pop()}/undo")
            assert answer.status_code == 202, answer.text
            await run_jobs(self.tv.database, self.tv.settings, self.tv.who)
        elif rows and kind != "undo":
            answer = await self._edit(rows, kind, what)
            assert answer.status_code < 300 or answer.status_code == 409, (kind, answer.text)

    async def _edit(self, rows: list[dict[str, Any]], kind: str, what: Any) -> Response:  # noqa: ANN401  (the same)
        client, of = self.tv.who.client, rows[0]["channel_id"]
        if kind == "put":
            start, lasts, is_made_room_for = what
            sent = {
                **times(start, lasts),
                "channel_id": str(of),
                "title": "By hand",
                "conflicts": "replace" if is_made_room_for else "refuse",
            }
            return await client.post("/api/v1/schedule", json=sent)
        if kind == "move":
            which, start, lasts = what
            one = rows[which % len(rows)]["id"]
            return await client.patch(f"/api/v1/schedule/{one}", json=times(start, lasts))
        if kind == "remove":
            return await client.delete(f"/api/v1/schedule/{rows[what % len(rows)]['id']}")
        start, count = what
        window = times(start, count * 30)
        entries = [
            {**times(start + place * 30, 30), "title": f"Rewritten {place}"}
            for place in range(count)
        ]
        asked = {"from": window["start_at"], "to": window["stop_at"]}
        return await client.put(
            f"/api/v1/channels/{of}/schedule", params=asked, json={"entries": entries}
        )


def times(minute: int, lasts: int) -> dict[str, str]:
    start = BEGIN + timedelta(minutes=minute)
    return {
        "start_at": start.isoformat(),
        "stop_at": (start + timedelta(minutes=lasts)).isoformat(),
    }


@given(taken=steps)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_no_overlap_and_the_export_is_the_state(
    house: House, database: Database, settings: Settings, taken: list[tuple[str, Any]]
) -> None:
    tv = Television(house, database, settings, await house.member())
    editor = Editor(tv)
    for number, (kind, what) in enumerate(taken):
        await editor.take(number, kind, what)
        assert await tv.overlaps() == 0, (number, kind)
    rows = await tv.rows()
    document = (await tv.who.client.get("/api/v1/schedule/export")).text
    assert document.count("<programme ") == len(rows)
    for row in rows:
        assert f'start="{row["start_at"]:%Y%m%d%H%M%S} +0000"' in document
    other = Television(house, database, settings, await house.member())
    await other.bring(document.encode())
    assert [(row["start_at"], row["stop_at"], row["title"]) for row in await other.rows()] == [
        (row["start_at"], row["stop_at"], row["title"]) for row in rows
    ]


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_clocks_that_change_keep_the_order(name: str, month: int) -> None:
    """Each half hour of the month, on the wall clock without a zone, is read as the time it was."""
    place = ZoneInfo(name)
    at = datetime(2026, month, 1, tzinfo=UTC)
    before = None
    for _ in range(31 * 48):
        read = parse_time(f"{at.astimezone(place):%Y%m%d%H%M%S}", zone(name), before)
        assert read == at
        before = read
        at += timedelta(minutes=30)


@pytest.mark.parametrize(
    ("name", "night"),
    [
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Australia/Sydney", "2026-04-05"),
        ("Australia/Sydney", "2026-10-04"),
    ],
)
async def test_a_night_when_clocks_change_is_what_it_was(
    house: House, database: Database, settings: Settings, name: str, night: str
) -> None:
    """A guide in local time without zones, across midnight and the change, half hour by half."""
    tv = Television(house, database, settings, await house.member())
    await tv.bring(b"<tv></tv>")
    source = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"][0]
    path = f"/api/v1/guide-sources/{source['id']}"
    answer = await tv.who.client.patch(path, json={"time_zone": name})
    assert answer.status_code in {200, 204}, answer.text
    place = ZoneInfo(name)
    first = datetime.fromisoformat(f"{night}T00:00").replace(tzinfo=place).astimezone(UTC)
    slots = [first + timedelta(minutes=30 * number) for number in range(-6, 20)]
    content = guide(
        channel("a"),
        *(
            programme("a", f"{at.astimezone(place):%Y%m%d%H%M%S}", None, f"{at:%d %H:%M}")
            for at in slots
        ),
    )
    done = await tv.bring(content)
    assert done["summary"]["created"] == accounted(done) == len(slots)
    rows = await tv.rows()
    assert [row["start_at"] for row in rows] == slots
    assert [row["stop_at"] for row in rows[:-1]] == slots[1:]
    assert [row["title"] for row in rows] == [f"{at:%d %H:%M}" for at in slots]
