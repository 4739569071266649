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
from tests.live.test_playlists import ONE, TWO, entry, playlist

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

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


async def add(tv: Television, **given: object) -> dict[str, Any]:
    made = await tv.who.client.post("/api/v1/guide-sources", json={"name": "Mine", **given})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def mapping(tv: Television, source_id: str, wanted: str = "") -> dict[str, Any]:
    answered = await tv.who.client.get(f"/api/v1/guide-sources/{source_id}/channels{wanted}")
    assert answered.status_code == 200, answered.text
    found: dict[str, Any] = answered.json()
    return found


async def test_a_playlist_by_address_is_followed(tv: Television) -> None:
    four = entry("Four", "four.tv")
    lists = [
        playlist(ONE, TWO, four, entry("Three", "three.tv", "", "live/3.m3u8")),
        playlist(ONE, TWO, four),
    ]

    async def site(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(lists[0]))

    async with server(site) as port:
        url = f"http://127.0.0.1:{port}/lists/mine.m3u"
        made = await add(tv, url=url, kind="m3u")
        source = await refresh(tv, made["id"])
        assert source["last_import"]["created"] == 4
        assert source["channels"]["mapped"] == 4
        assert source["guide_urls"] == [
            "https://guide.example/a.xml",
            "https://guide.example/b.xml.gz",
        ]
        shown = (await tv.who.client.get("/api/v1/channels?q=Three")).json()["items"]
        assert shown[0]["stream_url"] == f"http://127.0.0.1:{port}/lists/live/3.m3u8"
        del lists[0]
        source = await refresh(tv, made["id"])
        assert source["last_import"]["removed"] == 1
        gone = (await tv.who.client.get("/api/v1/channels?q=Three")).json()["items"]
        assert [one["is_playable"] for one in gone] == [False], "the channel stays"
        lists[0] = playlist(entry("One", "renamed.tv"))
        source = await refresh(tv, made["id"])
        assert (
            source["last_import"] | {"created": 0, "updated": 1, "removed": 0}
            == (source["last_import"])
        ), "its id changed; and streams stay when most of a playlist is gone"
        report = await tv.report(source["last_import_id"])
        assert "playlist_shrunk" in {row["reason"] for row in report}


async def test_a_guide_is_no_playlist(tv: Television) -> None:
    async def site(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"<html>Expired</html>"))

    async with server(site) as port:
        made = await add(tv, url=f"http://127.0.0.1:{port}/a.m3u", kind="m3u")
        source = await refresh(tv, made["id"])
        assert source["last_import"]["status"] == "failed"
    failed = (await tv.who.client.get("/api/v1/imports")).json()["items"][0]
    assert failed["status"] == "failed"
    assert "no playlist" in failed["error"]["message"]


async def test_a_file_of_the_import_folder_is_taken_when_it_is_new(
    tv: Television, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, outside = tmp_path / "open", tmp_path / "secret.xml"
    (folder / "sub").mkdir(parents=True)
    outside.write_bytes(GUIDE)
    (folder / "sub" / "guide.xml").write_bytes(GUIDE)
    (folder / "link.xml").symlink_to(outside)
    (folder / "way").symlink_to(tmp_path)
    (folder / "inside.xml").symlink_to(folder / "sub" / "guide.xml")
    refused = await tv.who.client.post(
        "/api/v1/guide-sources", json={"name": "Mine", "path": "sub/guide.xml"}
    )
    assert refused.json()["error"]["code"] == "no_import_folder"
    for one in (settings, tv.settings):
        monkeypatch.setattr(one, "import_folder", str(folder))
    for path in ("/etc/passwd", "../secret.xml", "sub/../../secret.xml", "."):
        refused = await tv.who.client.post(
            "/api/v1/guide-sources", json={"name": "Mine", "path": path}
        )
        assert refused.status_code == 400, path
        assert refused.json()["error"]["code"] == "bad_guide_path"
    for path, said in (
        ("link.xml", "leads out of"),
        ("way/secret.xml", "leads out of"),
        ("sub", "is no file"),
        ("none.xml", "There is no file"),
    ):
        source = await refresh(tv, (await add(tv, path=path))["id"])
        assert said in source["message"], path
        assert source["failures"] == 1
    assert await tv.schedule() == []
    source = await refresh(tv, (await add(tv, path="inside.xml"))["id"])
    assert [row[3] for row in await tv.schedule()] == ["News"], source
    assert source["path"] == "inside.xml"
    again = await refresh(tv, source["id"])
    assert again["message"] == "The file has not changed."
    assert again["last_import_id"] == source["last_import_id"]


async def test_a_source_is_an_address_or_a_file(tv: Television) -> None:
    for given in ({}, {"url": "https://a.example/x.xml", "path": "x.xml"}):
        refused = await tv.who.client.post("/api/v1/guide-sources", json={"name": "Mine", **given})
        assert refused.status_code == 400, refused.text
        assert refused.json()["error"]["code"] == "bad_guide_address"


async def test_files_handed_in_are_gone_through_again_when_the_mapping_is_said(
    tv: Television,
) -> None:
    await tv.who.client.post("/api/v1/channels", json={"name": "Oane Tiwi", "number": "40"})
    async with tv.house.write(tv.who) as ctx:
        await ctx.db.execute("UPDATE live_channels SET stream_url = 'http://stream.example/1'")
    two = guide(
        channel("one.example", "Channel One"),
        channel("two.example", "Oane Tiwy", "7"),
        programme("one.example", "2000", "2100", "News"),
        programme("two.example", "2000", "2100", "Match"),
    )
    await tv.bring(two)
    assert await tv.schedule() == []
    (source,) = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"]
    assert source["channels"] == {"mapped": 0, "suggested": 1, "unknown": 1, "ignored": 0}
    assert source["can_refresh"]
    found = await mapping(tv, source["id"], "?state=suggested")
    assert [one["suggested_name"] for one in found["items"]] == ["Oane Tiwi"]
    assert found["items"][0]["reasons"] == ["like “Oane Tiwi”"]
    assert [one["key"] for one in (await mapping(tv, source["id"], "?q=channel%20o"))["items"]] == [
        "one.example"
    ]
    url = f"/api/v1/guide-sources/{source['id']}"
    taken = await tv.who.client.post(f"{url}/suggestions", json={"min_score": 60})
    assert taken.json() == {"accepted": 1}, taken.text
    made = await tv.who.client.put(
        f"{url}/channels/one.example", json={"channel_id": None, "create": True}
    )
    assert made.status_code == 204, made.text
    await refresh(tv, source["id"])
    assert {(row[0], row[3]) for row in await tv.schedule()} == {
        ("one.example", "News"),
        (None, "Match"),
    }
    left = await tv.who.client.put(f"{url}/channels/one.example", json={"channel_id": None})
    assert left.status_code == 204
    assert (await mapping(tv, source["id"]))["counts"] == {
        "mapped": 1,
        "suggested": 0,
        "unknown": 0,
        "ignored": 1,
    }


async def test_a_source_of_many_channels_is_read_in_parts(tv: Television) -> None:
    await tv.bring(playlist(*(entry(f"Ch {n:02}", f"c{n}.tv") for n in range(25))), source="m3u")
    (source,) = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"]
    names, cursor = [], ""
    for _ in range(3):
        part = await mapping(tv, source["id"], f"?limit=10{cursor}")
        names += [one["name"] for one in part["items"]]
        cursor = f"&cursor={part['next_cursor']}"
    assert names == [f"Ch {n:02}" for n in range(25)]
    assert part["next_cursor"] is None


async def test_a_file_that_is_not_kept_any_longer_is_asked_for(tv: Television) -> None:
    await tv.bring(GUIDE)
    (source,) = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"]
    async with tv.house.write(tv.who) as ctx:
        await ctx.db.execute("UPDATE live_guide_sources SET file_key = 'imports/gone'")
    asked = await tv.who.client.post(f"/api/v1/guide-sources/{source['id']}/refresh")
    assert asked.status_code == 202, asked.text
    again = await refresh(tv, source["id"])
    assert again["message"] == "The file is not kept any longer: hand it in again."
    assert len(await tv.schedule()) == 1
