"""What was on long ago goes, and old reports of guides; what is needed stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.live.actions import retention
from mediatheque.areas.live.jobs import shorten_schedules
from mediatheque.core.stores import storage
from mediatheque.core.work import Work
from mediatheque.kit.storage import ObjectNotFoundError
from tests.live.guides import Television, channel, guide, programme

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
async def tv(house: House, database: Database, settings: Settings) -> Television:
    return Television(house, database, settings, await house.member())


@pytest.fixture
def work(database: Database, settings: Settings) -> Work:
    return Work(database, settings)


def days_ago(*days: float) -> bytes:
    """A guide with an hour of each of these days."""

    def at(day: float, minutes: int) -> str:
        return f"{NOW - timedelta(days=day) + timedelta(minutes=minutes):%Y%m%d%H%M%S} +0000"

    return guide(
        channel("a.one", "One"),
        *(programme("a.one", at(day, 0), at(day, 60), f"{day}") for day in days),
    )


async def titles(tv: Television) -> list[str]:
    return [row["title"] for row in await tv.rows()]


async def age(tv: Television, import_id: str, days: int) -> None:
    """Make an import older than it is."""
    async with tv.house.write(tv.who) as ctx:
        await ctx.db.execute(
            "UPDATE exchange_imports SET finished_at = finished_at - :days * interval '1 day' "
            "WHERE space_id = :space AND id = :id",
            {"space": tv.who.space.id, "id": import_id, "days": days},
        )


async def test_programmes_are_kept_for_a_month(tv: Television, work: Work) -> None:
    await tv.bring(days_ago(40, 31, 29, -1))
    other = Television(tv.house, tv.database, tv.settings, await tv.house.member())
    await other.bring(days_ago(400, 1))
    answer = await other.who.client.put(
        "/api/v1/schedule/retention", json={"programme_days": None, "report_days": None}
    )
    assert answer.status_code == 200, answer.text
    await shorten_schedules.run(work)
    assert await titles(tv) == ["29", "-1"]
    assert await titles(other) == ["400", "1"], "a space may keep everything"
    news = await tv.who.client.get("/api/v1/activity")
    assert "removed programmes that ended long ago" in news.text


async def test_many_go_a_part_at_a_time(
    tv: Television, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    await tv.bring(days_ago(50, 49, 48, 47, 46, 1))
    await shorten_schedules.run(work)
    assert await titles(tv) == ["1"]


async def test_a_space_says_how_long(tv: Television, work: Work, house: House) -> None:
    client = tv.who.client
    usual = await client.get("/api/v1/schedule/retention")
    assert usual.json() == {"programme_days": 30, "report_days": 14}
    wanted = {"programme_days": 2, "report_days": 1}
    changed = await client.put("/api/v1/schedule/retention", json=wanted)
    assert changed.json() == wanted
    assert (await client.get("/api/v1/schedule/retention")).json() == wanted
    refused = await client.put(
        "/api/v1/schedule/retention", json={"programme_days": 0, "report_days": 1}
    )
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == "programme_days"
    viewer = await house.member(tv.who.space, role="viewer")
    assert (await viewer.client.get("/api/v1/schedule/retention")).status_code == 403
    assert (await viewer.client.put("/api/v1/schedule/retention", json=wanted)).status_code == 403
    await tv.bring(days_ago(3, 1))
    await shorten_schedules.run(work)
    assert await titles(tv) == ["1"]


async def test_old_reports_go_with_their_files(
    tv: Television, work: Work, settings: Settings
) -> None:
    first = await tv.bring(days_ago(3, 2, 1))
    second = await tv.bring(days_ago(3, 1.5, 1))
    last = await tv.bring(days_ago(3, 1.2, 1))
    keys = await tv.house.read(tv.who).db.rows(
        text("SELECT id, file_key FROM exchange_imports ORDER BY id")
    )
    for done in (first, second, last):
        await age(tv, done["id"], 15 if done is not second else 13)
    shown = await titles(tv)
    await shorten_schedules.run(work)
    client = tv.who.client
    statuses = [
        (await client.get(f"/api/v1/imports/{done['id']}")).status_code
        for done in (first, second, last)
    ]
    assert statuses == [404, 200, 200], "the last of a source stays, however old"
    store = storage(settings)
    with pytest.raises(ObjectNotFoundError):
        await store.head(keys[0]["file_key"])
    assert (await store.head(keys[1]["file_key"])).size
    assert await titles(tv) == shown, "what it brought stays"
    undone = await client.post(f"/api/v1/imports/{first['id']}/undo")
    assert undone.status_code == 404
    replaced: list[dict[str, Any]] = await tv.house.read(tv.who).db.rows(
        text("SELECT DISTINCT import_id::text AS id FROM live_replaced")
    )
    assert {row["id"] for row in replaced} == {second["id"], last["id"]}
    assert (await client.post(f"/api/v1/imports/{last['id']}/undo")).status_code == 202


async def test_other_imports_stay(tv: Television, work: Work) -> None:
    """Collections are no guides: their reports and their undo have no end."""
    done = await tv.bring(b"kind,title,year\nmovie,One,1999\n", source="csv", name="mine.csv")
    assert done["status"] == "succeeded", done
    await age(tv, done["id"], 500)
    await tv.bring(days_ago(1))
    await shorten_schedules.run(work)
    assert (await tv.who.client.get(f"/api/v1/imports/{done['id']}")).status_code == 200
