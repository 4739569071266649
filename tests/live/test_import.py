"""XMLTV comes in: what a guide says is the schedule, and the report says what became of it."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.live.guides import SAMPLES, Television, accounted, channel, guide, programme

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House


@pytest.fixture
async def tv(house: House, database: Database, settings: Settings) -> Television:
    return Television(house, database, settings, await house.member())


EVENING = (
    channel("a.one", "One", "1"),
    channel("a.two", "Two", "2"),
    programme("a.one", "2000", "2100", "News"),
    programme("a.one", "2100", "2300", "The Film", "<sub-title>Uncut</sub-title>"),
    programme("a.two", "2000", "2200", "Match"),
)


async def test_a_guide_becomes_channels_and_their_schedule(tv: Television) -> None:
    done = await tv.bring(guide(*EVENING))
    assert done["status"] == "succeeded", done
    assert done["summary"]["created"] == accounted(done) == 3
    assert await tv.schedule() == [
        ("a.one", "2000", "2100", "News"),
        ("a.one", "2100", "2300", "The Film"),
        ("a.two", "2000", "2200", "Match"),
    ]


async def test_a_second_import_changes_nothing_and_ids_stay(tv: Television) -> None:
    await tv.bring(guide(*EVENING))
    before = await tv.rows()
    done = await tv.bring(guide(*EVENING))
    assert done["summary"]["skipped"] == accounted(done) == 3
    assert await tv.rows() == before


async def test_a_refresh_adds_changes_and_removes_and_keeps_ids(tv: Television) -> None:
    await tv.bring(guide(*EVENING))
    ids = {row["title"]: row["id"] for row in await tv.rows()}
    done = await tv.bring(
        guide(
            *EVENING[:2],
            programme("a.one", "2000", "2010", "News"),
            programme("a.one", "2015", "2215", "The Film", "<sub-title>Uncut</sub-title>"),
            programme("a.one", "2215", "2300", "Late Talk"),
            programme("a.two", "2000", "2200", "Another Match"),
        )
    )
    assert done["summary"]["created"] == 1
    assert done["summary"]["updated"] == 3
    after = {row["title"]: row["id"] for row in await tv.rows()}
    assert after["The Film"] == ids["The Film"]
    assert after["News"] == ids["News"]
    assert after["Another Match"] == ids["Match"]
    changed = await tv.report(done["id"], "updated")
    assert {row["label"] for row in changed} == {"News", "The Film", "Another Match"}
    film = next(row for row in changed if row["label"] == "The Film")
    assert set(film["changes"]) == {"start_at", "stop_at"}
    assert film["line"] == 6


async def test_a_guide_that_shrinks_removes_only_inside_its_window(tv: Television) -> None:
    await tv.bring(
        guide(
            channel("a.one"),
            programme("a.one", "1000", "1100", "Before"),
            programme("a.one", "1100", "1300", "Running"),
            programme("a.one", "1300", "1400", "Gone"),
            programme("a.one", "1400", "1500", "Stays"),
            programme("a.one", "1500", "1600", "After"),
        )
    )
    done = await tv.bring(
        guide(
            channel("a.one"),
            programme("a.one", "1200", "1230", "New"),
            programme("a.one", "1400", "1500", "Stays"),
        )
    )
    assert done["summary"]["removed"] == 1
    assert [(row[1], row[2], row[3]) for row in await tv.schedule()] == [
        ("1000", "1100", "Before"),
        ("1100", "1200", "Running"),
        ("1200", "1230", "New"),
        ("1400", "1500", "Stays"),
        ("1500", "1600", "After"),
    ]
    undone = await tv.who.client.post(f"/api/v1/imports/{done['id']}/undo")
    assert undone.status_code == 202, undone.text
    await tv.bring(b"<tv></tv>")
    assert [row[3] for row in await tv.schedule()] == [
        "Before",
        "Running",
        "Gone",
        "Stays",
        "After",
    ]


async def test_ends_that_are_missing_or_overlap(tv: Television) -> None:
    done = await tv.bring(
        guide(
            channel("a.one"),
            programme("a.one", "1000", None, "No end"),
            programme("a.one", "1100", "1230", "Overlaps"),
            programme("a.one", "1200", "1100", "Ends before it begins"),
            programme("a.one", "1300", "1400", "First"),
            programme("a.one", "1300", "1330", "Second"),
            programme("a.one", "1500", None, "Last", '<length units="minutes">45</length>'),
        )
    )
    assert accounted(done) == 6
    assert [(row[1], row[2], row[3]) for row in await tv.schedule()] == [
        ("1000", "1100", "No end"),
        ("1100", "1200", "Overlaps"),
        ("1200", "1300", "Ends before it begins"),
        ("1300", "1400", "First"),
        ("1500", "1545", "Last"),
    ]
    failed = await tv.report(done["id"], "failed")
    assert [(row["line"], row["reason"], row["label"]) for row in failed] == [
        (8, "same_start", "Second")
    ]
    reasons = {row["label"]: row["reason"] for row in await tv.report(done["id"], "created")}
    assert reasons["Overlaps"] == "shortened"


async def test_what_is_damaged_is_reported_by_line_and_the_rest_goes_in(tv: Television) -> None:
    content = guide(
        channel("a.one"),
        programme("a.one", "1000", "1100", "Tom & Jerry"),
        programme("a.one", "1100", "1200", "<b>open"),
        programme("a.one", "2560", "1200", "No such time"),
        programme("a.one", "1200", "1300", ""),
        '<programme start="20260301130000 +0000" channel="a.one"><title>Not closed</title>\n',
        programme("a.one", "1400", "1500", "Good"),
        programme("", "1500", "1600", "Nowhere"),
        '<programme start="20260301160000 +0000" channel="a.one"><title>Broken off',
    )
    done = await tv.bring(content.replace(b"</tv>\n", b""))
    assert done["status"] == "succeeded", done
    failed = await tv.report(done["id"], "failed")
    assert [(row["line"], row["reason"]) for row in failed] == [
        (5, "damaged"),
        (6, "bad_time"),
        (7, "no_title"),
        (8, "unclosed"),
        (10, "no_channel"),
        (11, "unclosed"),
    ]
    assert accounted(done) == 8
    assert [row[3] for row in await tv.schedule()] == ["Tom & Jerry", "Good"]


@pytest.mark.parametrize("pack", ["gz", "xz", "zip", "utf-16", "latin-1", "latin-1 that is utf-8"])
async def test_packed_and_in_other_encodings(tv: Television, pack: str) -> None:
    text = guide(channel("a.one", "Größe"), programme("a.one", "1000", "1100", "Café Zürich"))
    plain = text.decode()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("guide.xml", text)
    packed = {
        "gz": gzip.compress(text),
        "xz": lzma.compress(text),
        "zip": zipped.getvalue(),
        "utf-16": plain.replace("UTF-8", "UTF-16").encode("utf-16"),
        "latin-1": plain.encode("latin-1"),
        "latin-1 that is utf-8": plain.replace("UTF-8", "ISO-8859-1").encode(),
    }[pack]
    done = await tv.bring(packed, source="auto")
    assert done["source"] == "xmltv"
    assert [row[3] for row in await tv.schedule()] == ["Café Zürich"]


async def test_what_people_put_there_stays(tv: Television) -> None:
    await tv.bring(guide(*EVENING))
    news = next(row for row in await tv.rows() if row["title"] == "News")
    changed = await tv.who.client.patch(
        f"/api/v1/schedule/{news['id']}", json={"title": "The News, by hand"}
    )
    assert changed.status_code == 200, changed.text
    done = await tv.bring(
        guide(
            *EVENING[:2],
            programme("a.one", "1930", "2030", "Something else"),
            programme("a.one", "2100", "2300", "The Film"),
        )
    )
    kept = await tv.report(done["id"], "skipped")
    assert [(row["line"], row["reason"]) for row in kept] == [(5, "kept_by_hand")]
    assert [row[3] for row in await tv.schedule()] == ["The News, by hand", "The Film", "Match"]


async def test_a_dry_run_says_it_all_and_changes_nothing(tv: Television) -> None:
    done = await tv.bring(guide(*EVENING), dry_run=True)
    assert done["summary"]["created"] == 3
    assert await tv.rows() == []


async def test_another_format_is_refused_with_its_line(tv: Television) -> None:
    done = await tv.bring(b"<?xml version='1.0'?>\n<ProgramGuide><a/></ProgramGuide>")
    assert done["status"] == "failed"
    assert done["error"]["code"] == "not_this_format"
    assert done["error"]["line"] == 2


async def test_members_do_not_change_the_schedule(
    house: House, database: Database, settings: Settings
) -> None:
    member = await house.member(role="member")
    answer = await member.client.post(
        "/api/v1/imports",
        files={"file": ("guide.xml", guide(*EVENING), "text/xml")},
        data={"source": "xmltv"},
    )
    assert answer.status_code == 403, answer.text


@pytest.mark.skipif(not (SAMPLES / "xmltv").is_dir(), reason="needs the real files")
async def test_every_real_guide_accounts_for_each_programme(tv: Television) -> None:
    for path in sorted((SAMPLES / "xmltv").iterdir()):
        content = path.read_bytes()
        plain = gzip.decompress(content) if path.suffix == ".gz" else content
        done = await tv.bring(content, name=path.name)
        if b"<tv" not in plain:
            assert done["error"]["line"] == 2, path.name
            continue
        assert done["status"] == "succeeded", (path.name, done)
        assert accounted(done) == plain.count(b"<programme "), path.name
        failed = await tv.report(done["id"], "failed")
        assert len(failed) == min(done["summary"]["failed"], 50), path.name
        assert all(row["line"] > 1 and row["reason"] for row in failed), path.name
        assert await tv.overlaps() == 0
        again = await tv.bring(content, name=path.name)
        assert again["summary"]["created"] == again["summary"]["updated"] == 0, path.name
