"""Guides fetched by address: only when they are new, and mapped once for always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.live.jobs import refresh_guide
from mediatheque.core.settings import Settings
from mediatheque.core.work import Work
from tests.exchange.support import run_jobs
from tests.kit.web import answer, server
from tests.live.guides import Television, channel, guide, programme

if TYPE_CHECKING:
    import asyncio

    from mediatheque.kit.db import Database
    from tests.house import House

GUIDE = guide(
    channel("one.example", "Channel One HD", "1"),
    programme("one.example", "2000", "2100", "News"),
)


@pytest.fixture
async def tv(house: House, database: Database, settings: Settings) -> Television:
    open_settings = Settings.model_validate({**settings.model_dump(), "allow_private_fetch": True})
    return Television(house, database, open_settings, await house.member())


class Site:
    """A guide's address that knows conditional requests."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def __call__(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        self.asked.append(head.lower())
        if b'if-none-match: "v1"' in head.lower():
            writer.write(answer(b"", status="304 Not Modified"))
        else:
            writer.write(
                answer(GUIDE, 'ETag: "v1"', "Last-Modified: Sun, 01 Mar 2026 00:00:00 GMT")
            )


async def refresh(tv: Television, source_id: str) -> dict[str, Any]:
    work = Work(tv.database, tv.settings)
    await refresh_guide.run(work, space_id=str(tv.who.space.id), source_id=source_id)
    await run_jobs(tv.database, tv.settings, tv.who)
    found = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"]
    return next(one for one in found if one["id"] == source_id)


async def test_a_guide_is_fetched_once_and_then_only_when_it_is_new(tv: Television) -> None:
    site = Site()
    async with server(site) as port:
        made = await tv.who.client.post(
            "/api/v1/guide-sources",
            json={"name": "Mine", "url": f"http://127.0.0.1:{port}/guide.xml"},
        )
        assert made.status_code == 201, made.text
        source = await refresh(tv, made.json()["id"])
        assert [row[3] for row in await tv.schedule()] == ["News"], source
        assert source["imported_at"] is not None
        assert source["next_at"] is not None
        again = await refresh(tv, source["id"])
        assert again["last_import_id"] == source["last_import_id"]
        assert again["message"] == "The guide has not changed."
    assert b"if-modified-since: sun, 01 mar 2026" in site.asked[-1]
    gone = await refresh(tv, source["id"])
    assert gone["failures"] == 1
    assert "127.0.0.1" in gone["message"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", "file:///etc/passwd", "bad_guide_address"),
        ("time_zone", "Mars/North", "unknown_time_zone"),
    ],
)
async def test_addresses_and_zones_are_checked(
    tv: Television, field: str, value: str, code: str
) -> None:
    given = {"name": "Mine", "url": "https://guide.example/x.xml", field: value}
    refused = await tv.who.client.post("/api/v1/guide-sources", json=given)
    assert refused.status_code == 400, refused.text
    assert refused.json()["error"]["code"] == code


async def test_what_a_person_said_about_a_channel_stays(tv: Television) -> None:
    await tv.who.client.post("/api/v1/channels", json={"name": "Channel 1"})
    async with tv.house.write(tv.who) as ctx:
        await ctx.db.execute("UPDATE live_channels SET stream_url = 'http://stream.example/1'")
    done = await tv.bring(GUIDE)
    assert done["summary"]["skipped"] == 1
    assert [row["reason"] for row in await tv.report(done["id"])] == ["channel_unknown"]
    source = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"][0]
    channels = f"/api/v1/guide-sources/{source['id']}/channels"
    (waiting,) = (await tv.who.client.get(channels)).json()["items"]
    ours: Any = await tv.house.read(tv.who).db.scalar(text("SELECT id FROM live_channels"))
    said = await tv.who.client.put(f"{channels}/{waiting['key']}", json={"channel_id": str(ours)})
    assert said.status_code == 204, said.text
    done = await tv.bring(GUIDE.replace(b"Channel One", b"Something Else"))
    assert done["summary"]["created"] == 1
    (row,) = await tv.rows()
    assert row["channel_id"] == ours
