"""Whatever guides come in one after the other: no two entries overlap, and the export is the state.

And every programme of every guide is accounted for, and a clock that changes changes no order.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediatheque.areas.live.rules.times import parse_time, zone
from tests.live.guides import Television, accounted, channel, guide, programme

if TYPE_CHECKING:
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
guides = st.lists(st.lists(entry, min_size=1, max_size=12), min_size=1, max_size=4)


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


@given(made=guides, edits=st.lists(st.tuples(minutes, st.integers(5, 90)), max_size=2))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_no_overlap_and_the_export_is_the_state(
    house: House,
    database: Database,
    settings: Settings,
    made: list[list[tuple[str, int, int | None, str]]],
    edits: list[tuple[int, int]],
) -> None:
    tv = Television(house, database, settings, await house.member())
    for number, entries in enumerate(made):
        done = await tv.bring(written(entries, number))
        assert done["status"] == "succeeded", done
        assert accounted(done) == len(entries), (done, entries)
        assert await tv.overlaps() == 0
        rows = await tv.rows()
        for minute, lasts in edits[:1] if rows else ():
            start = BEGIN + timedelta(minutes=minute)
            await tv.who.client.post(
                "/api/v1/schedule",
                json={
                    "channel_id": str(rows[0]["channel_id"]),
                    "start_at": start.isoformat(),
                    "stop_at": (start + timedelta(minutes=lasts)).isoformat(),
                    "title": "By hand",
                },
            )
    assert await tv.overlaps() == 0
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
