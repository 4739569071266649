"""M3U playlists come in: channels with their streams, as often as they change."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.exchange.jobs import run_import
from mediatheque.areas.live.actions.playlists import load
from mediatheque.areas.live.actions.playlists.merge import merge_entries
from mediatheque.areas.live.queries.streams import list_streams_due
from mediatheque.core.edge import read_context
from mediatheque.core.work import Work
from tests.exchange.support import hand_in, run_jobs
from tests.live.guides import Television, accounted, channel, guide, programme

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

HEAD = '#EXTM3U url-tvg="https://guide.example/a.xml" x-tvg-url="https://guide.example/b.xml.gz"\n'


def entry(name: str, key: str = "", more: str = "", url: str = "") -> str:
    tvg = f' tvg-id="{key}"' if key else ""
    address = url or f"http://stream.example/{name.replace(' ', '_')}.m3u8"
    return f"#EXTINF:-1{tvg} {more},{name}\n{address}\n"


def playlist(*entries: str) -> bytes:
    return (HEAD + "".join(entries)).encode()


ONE = entry(
    "One", "one.tv", 'tvg-chno="1" tvg-logo="https://logo.example/1.png" group-title="News"'
)
TWO = entry("Two", "two.tv", 'tvg-chno="2" group-title="Films;Classics" tvg-language="German"')


@pytest.fixture
async def tv(house: House, database: Database, settings: Settings) -> Television:
    return Television(house, database, settings, await house.member())


async def bring(tv: Television, content: bytes, **fields: object) -> dict[str, Any]:
    return await tv.bring(content, **{"source": "m3u", "name": "list.m3u", **fields})


async def channels(tv: Television) -> list[dict[str, Any]]:
    answer = await tv.who.client.get("/api/v1/channels")
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def undo(tv: Television, done: dict[str, Any]) -> dict[str, Any]:
    answer = await tv.who.client.post(f"/api/v1/imports/{done['id']}/undo")
    assert answer.status_code == 202, answer.text
    await run_jobs(tv.database, tv.settings, tv.who)
    found: dict[str, Any] = (await tv.who.client.get(f"/api/v1/imports/{done['id']}")).json()
    return found


async def test_a_playlist_becomes_channels(tv: Television) -> None:
    done = await bring(tv, playlist(ONE, TWO), source="auto")
    assert done["source"] == "m3u"
    assert done["status"] == "succeeded", done
    assert done["summary"]["created"] == accounted(done) == 2
    one, two = await channels(tv)
    assert (one["name"], one["number"], one["guide_key"]) == ("One", "1", "one.tv")
    assert one["logo_url"] == "https://logo.example/1.png"
    assert one["stream_url"] == "http://stream.example/One.m3u8"
    assert one["is_playable"]
    assert two["groups"] == ["Films", "Classics"]
    assert two["genres"] == ["classics", "films"]
    assert two["language"] == "de"
    rows = await tv.report(done["id"])
    assert [(row["line"], row["outcome"], row["label"]) for row in rows[:2]] == [
        (2, "created", "One"),
        (4, "created", "Two"),
    ]
    assert [row["label"] for row in rows if row["reason"] == "guide_named"] == [
        "https://guide.example/a.xml",
        "https://guide.example/b.xml.gz",
    ]
    (source,) = (await tv.who.client.get("/api/v1/guide-sources")).json()["items"]
    assert source["guide_urls"] == ["https://guide.example/a.xml", "https://guide.example/b.xml.gz"]


async def test_the_same_playlist_again_changes_nothing(tv: Television) -> None:
    await bring(tv, playlist(ONE, TWO))
    before = await channels(tv)
    done = await bring(tv, gzip.compress(playlist(ONE, TWO)))
    assert done["summary"]["skipped"] == accounted(done) == 2
    assert await channels(tv) == before


async def test_what_the_playlist_changes_changes_and_what_people_changed_stays(
    tv: Television,
) -> None:
    await bring(tv, playlist(ONE, TWO))
    one, two = await channels(tv)
    await tv.who.client.patch(f"/api/v1/channels/{one['id']}", json={"name": "My One"})
    done = await bring(
        tv,
        playlist(
            entry("Uno", "one.tv", 'tvg-chno="7" group-title="World"', "http://new.example/1"),
            entry("Zwei", "two.tv", 'tvg-chno="2" group-title="Films"'),
        ),
    )
    assert done["summary"]["updated"] == 2
    uno, zwei = await channels(tv)
    assert (uno["id"], zwei["id"]) == (one["id"], two["id"])
    assert (uno["name"], uno["number"]) == ("My One", "7")
    assert (uno["groups"], uno["genres"]) == (["World"], ["world"])
    assert uno["stream_url"] == "http://new.example/1"
    assert uno["logo_url"] == one["logo_url"], "what it says no more stays"
    assert (zwei["name"], zwei["genres"]) == ("Zwei", ["films"])
    told = {row["label"]: row["changes"] for row in await tv.report(done["id"], "updated")}
    assert told["Uno"]["stream_url"] == ["…", "…"], "addresses may hold passwords"
    assert told["Uno"]["number"] == ["1", "7"]
    assert "name" not in told["Uno"]


async def test_undo_puts_channels_back_and_takes_new_ones_away(tv: Television) -> None:
    await bring(tv, playlist(ONE, TWO))
    before = await channels(tv)
    newer = playlist(
        entry("Eins", "one.tv", 'group-title="Sport"', "http://new.example/1"),
        entry("Three", "three.tv"),
    )
    done = await bring(tv, newer)
    assert done["summary"] | {"created": 1, "updated": 1} == done["summary"]
    undone = await undo(tv, done)
    assert undone["status"] == "undone"
    assert undone["kept"] == []
    assert await channels(tv) == before
    again = await bring(tv, newer)
    assert again["summary"]["updated"] == 1, "what was taken back can come again"
    assert again["summary"]["created"] == 1


async def test_a_dry_run_tells_and_changes_nothing(tv: Television) -> None:
    done = await bring(tv, playlist(ONE, TWO), dry_run=True)
    assert done["summary"]["created"] == 2
    assert await channels(tv) == []


async def test_channels_of_a_guide_get_their_streams(tv: Television) -> None:
    await tv.who.client.post("/api/v1/channels", json={"name": "One HD", "number": "9"})
    await tv.who.client.post("/api/v1/channels", json={"name": "Other", "guide_key": "two.tv"})
    done = await bring(tv, playlist(ONE, TWO))
    assert done["summary"]["updated"] == 2
    one, two = await channels(tv)
    assert (one["name"], one["number"]) == ("One HD", "9")
    assert one["stream_url"] == "http://stream.example/One.m3u8"
    assert two["name"] == "Other"


async def test_entries_in_every_state_of_disorder(tv: Television) -> None:
    content = (
        b"\xef\xbb\xbf#EXTINF:-1 tvg-id=a.tv tvg-name=Aa group-title=Old Films,A, with comma\r\n"
        b"http://s.example/a|User-Agent=Me&Referer=You\r\n"
        b"#EXTINF:-1 tvg-id='b.tv',Fran\xe7ais\r\n"
        b"#EXTVLCOPT:http-user-agent=VLC\r\n"
        b"http://s.example/b\r\n"
        b"#EXTINF:-1,No address\r\n"
        b'#EXTINF:-1 tvg-id="c.tv" group-title="Say "hi" now",Quotes\r\n'
        b"rtmp://s.example/c\r\n"
        b"#EXTINF:-1,Relative\r\n"
        b"streams/d.ts\r\n"
        b"#EXTINF:5400,A film\r\n"
        b"http://s.example/film.mkv\r\n"
        b"#EXTINF:-1,Local\r\n"
        b"file:///etc/passwd\r\n"
        b"#EXTGRP:Radio\r\n"
        b"#EXTINF:-1,E=mc2\r\n"
        b"udp://@239.0.0.1:1234\r\n"
        b"http://s.example/naked.m3u8\r\n"
        b"#EXTINF:-1 tvg-id='b.tv',Fran\xe7ais\r\n"
        b"http://s.example/b2\r\n"
    )
    done = await bring(tv, content)
    assert done["status"] == "succeeded", done
    assert accounted(done) == 10
    rows = await tv.report(done["id"])
    assert [(row["line"], row["outcome"], row["reason"]) for row in rows] == [
        (1, "created", ""),
        (3, "created", ""),
        (6, "failed", "no_address"),
        (7, "created", ""),
        (9, "failed", "relative_address"),
        (11, "skipped", "not_a_channel"),
        (13, "failed", "address_refused"),
        (16, "created", ""),
        (18, "created", ""),
        (19, "skipped", "duplicate"),
    ]
    said = {row["label"]: str(row["problems"]) for row in rows[:9]}
    assert "User-Agent, Referer" in said["A, with comma"]
    assert "http-user-agent" in said["Français"]
    assert "rtmp streams are kept" in said["Quotes"]
    found = {one["name"]: one for one in await channels(tv)}
    assert list(found) == ["A, with comma", "Français", "Quotes", "E=mc2", "naked"]
    assert found["A, with comma"]["stream_url"] == "http://s.example/a"
    assert found["A, with comma"]["groups"] == ["Old Films"]
    assert found["Quotes"]["groups"] == ['Say "hi" now']
    assert found["E=mc2"]["genres"] == ["radio"]
    assert not found["E=mc2"]["is_playable"]


@pytest.mark.parametrize(
    "encoded",
    [
        playlist(entry("Čétka", "c.tv")).replace(b"\n", b"\r"),
        playlist(entry("Čétka", "c.tv")).decode().encode("utf-16"),
    ],
    ids=["carriage returns", "utf-16"],
)
async def test_encodings_and_line_ends(tv: Television, encoded: bytes) -> None:
    done = await bring(tv, encoded, source="auto")
    assert done["summary"]["created"] == 1, done
    assert [one["name"] for one in await channels(tv)] == ["Čétka"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n", "HLS"),
        (b"<!doctype html><p>Account expired", "no playlist"),
        (b"#EXTM3U\n", "no channels"),
    ],
)
async def test_what_is_no_list_of_channels_is_refused_whole(
    tv: Television, content: bytes, word: str
) -> None:
    await bring(tv, playlist(ONE))
    done = await bring(tv, content)
    assert done["status"] == "failed"
    assert word in done["error"]["message"]
    assert len(await channels(tv)) == 1


async def test_several_entries_of_one_id_stay_apart_in_any_order(tv: Television) -> None:
    sd = entry("Eins", "eins.de", "", "http://s.example/sd")
    hd = entry("Eins HD", "eins.de", "", "http://s.example/hd")
    await bring(tv, playlist(sd, hd))
    before = {one["name"]: (one["id"], one["stream_url"]) for one in await channels(tv)}
    assert len(before) == 2
    done = await bring(tv, playlist(hd, sd))
    assert done["summary"]["skipped"] == 2
    alone = await bring(tv, playlist(hd))
    assert alone["summary"]["skipped"] == 1, "the other entry being gone makes it no other"
    after = {one["name"]: (one["id"], one["stream_url"]) for one in await channels(tv)}
    assert after == before


async def test_a_number_is_one_channels(tv: Television) -> None:
    await tv.who.client.post("/api/v1/channels", json={"name": "First", "number": "1"})
    done = await bring(tv, playlist(ONE, entry("Again", "again.tv", 'tvg-chno="1"')))
    assert [one["number"] for one in await channels(tv)] == ["1", None, None]
    rows = await tv.report(done["id"], "created")
    assert "Another channel has the number 1." in str(rows[0]["problems"])


async def test_streams_of_playlists_are_looked_at_and_anew_when_they_change(
    tv: Television,
) -> None:
    await bring(tv, playlist(ONE, entry("Cable", "cable.tv", "", "udp://239.0.0.1:1")))
    due = await list_streams_due(read_context(tv.database, across=True), 100_000)
    ((channel_id, address),) = due[tv.who.space.id]
    assert address == "http://stream.example/One.m3u8"
    async with tv.house.write(tv.who) as ctx:
        await ctx.db.execute(
            "INSERT INTO live_stream_checks (space_id, channel_id, state, checked_at) "
            "VALUES (:space, :channel, 'down', now())",
            {"space": tv.who.space.id, "channel": channel_id},
        )
    await bring(tv, playlist(entry("One", "one.tv", "", "http://new.example/1")))
    due = await list_streams_due(read_context(tv.database, across=True), 100_000)
    assert (channel_id, "http://new.example/1") in due[tv.who.space.id]


async def test_a_channel_that_was_removed_by_hand_does_not_come_again(tv: Television) -> None:
    await bring(tv, playlist(ONE, TWO))
    one, _ = await channels(tv)
    assert (await tv.who.client.delete(f"/api/v1/channels/{one['id']}")).status_code == 204
    done = await bring(tv, playlist(ONE, TWO))
    assert [one["name"] for one in await channels(tv)] == ["Two"]
    assert next(row["reason"] for row in await tv.report(done["id"])) == "channel_ignored"


async def test_members_who_may_not_run_channels_may_not_bring_playlists(house: House) -> None:
    owner = await house.member()
    other = await house.member(role="catalog_editor", space=owner.space)
    answer = await other.client.post(
        "/api/v1/imports",
        files={"file": ("list.m3u", playlist(ONE), "audio/x-mpegurl")},
        data={"source": "m3u"},
    )
    assert answer.status_code == 403, answer.text


async def test_a_stopped_import_goes_on_behind_the_last_batch(tv: Television) -> None:
    many = playlist(*(entry(f"Channel {n}", f"c{n}.tv") for n in range(6_000)))
    import_id = await hand_in(tv.who, many, "list.m3u", source="m3u")
    batches = iter(range(2))

    async def until_the_third(*given: Any) -> None:  # noqa: ANN401  (as it is called)
        if next(batches, None) is None:
            raise ConnectionError("The worker is gone.")
        await merge_entries(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "merge_entries", until_the_third)
        patch.setattr(load, "BATCH", 2_500)
        with pytest.raises(ConnectionError):
            await run_jobs(tv.database, tv.settings, tv.who)
    half = (await tv.who.client.get(f"/api/v1/imports/{import_id}")).json()
    assert (half["status"], half["progress"]["done"]) == ("running", 5_000)
    work = Work(tv.database, tv.settings)
    await run_import.run(work, space_id=str(tv.who.space.id), import_id=import_id)
    done = (await tv.who.client.get(f"/api/v1/imports/{import_id}")).json()
    assert done["status"] == "succeeded"
    assert done["summary"]["created"] == accounted(done) == 6_000
    await undo(tv, done)


async def test_many_entries_in_little_memory(tv: Television) -> None:
    import tracemalloc  # noqa: PLC0415  (for this test alone)

    many = playlist(*(entry(f"Channel {n}", f"c{n}.tv", 'group-title="All"') for n in range(8_000)))
    tracemalloc.start()
    try:
        done = await bring(tv, many)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert done["summary"]["created"] == 8_000, done
    assert peak < 40 << 20
    again = await bring(tv, many)
    assert again["summary"]["skipped"] == 8_000
    await undo(tv, done)
    count = await tv.house.read(tv.who).db.scalar(text("SELECT count(*) FROM live_channels"))
    assert count == 0


async def test_a_shifted_channel_has_its_guide_later(tv: Television) -> None:
    head = channel("one.tv", "One")
    shown = (
        programme("one.tv", "1800", "2000", "Film"),
        programme("one.tv", "2000", "2030", "News"),
    )
    late = entry("One", "one.tv", 'tvg-shift="-1.5"')
    await bring(tv, playlist(late))
    await tv.bring(guide(head, *shown))
    assert await tv.schedule() == [
        ("one.tv", "1630", "1830", "Film"),
        ("one.tv", "1830", "1900", "News"),
    ]
    (source,) = [
        one
        for one in (await tv.who.client.get("/api/v1/guide-sources")).json()["items"]
        if one["kind"] == "xmltv"
    ]
    queued = text(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'live.refresh_guide' "
        "AND args ->> 'source_id' = :source"
    ).bindparams(source=source["id"])
    async with tv.database.transaction(None, across=True) as db:
        assert await db.scalar(queued) == 0
    await bring(tv, playlist(late))
    async with tv.database.transaction(None, across=True) as db:
        assert await db.scalar(queued) == 0, "nothing is otherwise"
    await bring(tv, playlist(entry("One", "one.tv", 'tvg-shift="-1"')))
    async with tv.database.transaction(None, across=True) as db:
        assert await db.scalar(queued) == 1
    await tv.bring(guide(head, *shown))
    assert await tv.schedule() == [
        ("one.tv", "1700", "1900", "Film"),
        ("one.tv", "1900", "1930", "News"),
    ]
    path = f"/api/v1/guide-sources/{source['id']}/channels/one.tv"
    (one,) = await channels(tv)
    body = {"channel_id": one["id"], "shift_minutes": 15}
    answer = await tv.who.client.put(path, json=body)
    assert answer.status_code < 300, answer.text
    await tv.bring(guide(head, *shown))
    assert [row[1] for row in await tv.schedule()] == ["1715", "1915"], "both count"
    body["shift_minutes"] = 600
    assert (await tv.who.client.put(path, json=body)).status_code < 300
    done = await tv.bring(guide(head, *shown))
    assert done["status"] == "succeeded", "nothing is at that time any more"
    assert [row[1] for row in await tv.schedule()][-2:] == ["0300", "0500"]
