"""What is kept of the guide: it answers as the schedule is, whoever changes it, and no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediatheque.areas.live.queries.pieces import (
    HARMLESS,
    MOST_NEWS,
    OF_CHANNEL,
    Known,
    Pieces,
    cut,
    within,
)
from mediatheque.kit.ids import uuid7
from mediatheque.registry import MODULES
from tests.live.guides import Television, channel, guide, programme

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

MINUTE = 60_000_000
NIGHT = datetime(2026, 3, 1, 20, tzinfo=UTC)

lasting = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900)), min_size=0, max_size=14)


@pytest.fixture
async def tv(house: House, database: Database, settings: Settings) -> Television:
    return Television(house, database, settings, await house.member())


@given(made=lasting, since=st.integers(0, 4_000), lasts=st.integers(1, 3_000))
def test_pieces_give_what_is_on(made: list[tuple[int, int]], since: int, lasts: int) -> None:
    """Of any schedule, in any time: each entry that is on, once and in order."""
    at, entries = 0, []
    for pause, length in made:
        entries.append((at + pause, at + pause + length))
        at += pause + length
    times = " ".join(f"{start * MINUTE} {stop * MINUTE}" for start, stop in entries)
    spelled = "\n".join(map(str, entries))
    quarter = 360
    first, last = since // quarter * quarter, -(-(since + lasts) // quarter) * quarter
    here = [(start, stop) for start, stop in entries if stop > first and start < last]
    kept = [one for one in entries if one in here]
    pieces = cut(
        first * MINUTE,
        last * MINUTE,
        " ".join(f"{start * MINUTE} {stop * MINUTE}" for start, stop in kept) or None,
        "\n".join(map(str, kept)) or None,
    )
    assert within(pieces, since * MINUTE, (since + lasts) * MINUTE) == b",".join(
        str(one).encode() for one in entries if one[1] > since and one[0] < since + lasts
    )
    on, coming = pieces[0].on(since * MINUTE)
    assert on == next((str(o).encode() for o in entries if o[0] <= since < o[1]), b"")
    if coming:
        assert coming == next(str(o).encode() for o in entries if o[0] > since)
    assert times or not spelled


def test_the_least_recently_used_go_first() -> None:
    piece = cut(0, 1, "0 1", "x" * 1_000)[0]
    kept = Pieces(piece.weight * 3)
    for channel_id in (b"0", b"1", b"2"):
        kept.put(channel_id, 1, [piece])
    assert kept.of(b"0", 1) == {0: piece}
    assert not kept.of(b"0", 2), "of another look"
    kept.put(b"3", 1, [piece])
    assert [bool(kept.of(one, 1)) for one in (b"0", b"1", b"2", b"3")] == [True, False, True, True]
    kept.put(b"3", 1, [piece])
    assert kept.weight == piece.weight * 3
    kept.put(b"4", 1, [replace(piece, begin=n) for n in range(4)])
    assert (kept.weight, bool(kept.of(b"4", 1))) == (0, False), "more than there is room for"


def news(kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (columns of the journal)
    empty = {"ref_kind": None, "ref_id": None, "channel_id": None, "channel_before": None}
    return {"position": 9, "kind": kind, **empty, **more}


def test_news_says_whose_pieces_hold_no_longer() -> None:
    one, two, three = uuid7(), uuid7(), uuid7()

    def after(version: int, *said: dict[str, Any]) -> set[str]:
        known = Known(1, 5, [])
        before = {key: known.look_of(key) for key in (one, two, three)}
        known.hear(version, list(said))
        assert known.version == version
        names = {one: "one", two: "two", three: "three"}
        return {names[key] for key in before if known.look_of(key) != before[key]}

    assert after(2, news("library.title_rated", ref_kind="title", ref_id=one)) == set()
    assert after(2, news("live.schedule_rewritten", ref_kind="channel", ref_id=one)) == {"one"}
    assert after(2, news("live.programme_changed", channel_id=two)) == {"two"}
    moved = news("live.programme_changed", channel_id=two, channel_before=str(one))
    assert after(2, moved) == {"one", "two"}
    everything = {"one", "two", "three"}
    assert after(2, news("live.programme_removed", ref_kind="programme")) == everything
    assert after(2, news("something.new")) == everything
    assert after(2) == everything, "news of the version is missing"
    assert after(3, moved) == everything, "news of one of two versions is missing"
    assert after(2, *[news("watch.beat")] * MOST_NEWS) == everything
    assert after(2, moved, news("catalog.titles_merged")) == everything


def test_the_news_it_knows_is_news_there_is() -> None:
    kinds = {kind for module in MODULES for kind in module.labels}
    for start in (*HARMLESS, *OF_CHANNEL):
        assert any(kind.startswith(start) for kind in kinds), start


async def shown(member: Member, hours: int = 30) -> list[list[tuple[str, str, str]]]:
    """Start, stop and title of all that the guide shows, channel by channel."""
    asked = {"from": NIGHT.isoformat(), "to": (NIGHT + timedelta(hours=hours)).isoformat()}
    answer = await member.client.get("/api/v1/guide", params=asked)
    assert answer.status_code == 200, answer.text
    return [
        [(one["start"], one["stop"], one["title"]) for one in row["programmes"]]
        for row in answer.json()["channels"]
    ]


async def stands(tv: Television, hours: int = 30) -> list[list[tuple[str, str, str]]]:
    """The same by the tables."""
    found: dict[Any, list[tuple[str, str, str]]] = {}
    for row in await tv.rows():
        of_channel = found.setdefault(row["channel_id"], [])
        if row["stop_at"] > NIGHT and row["start_at"] < NIGHT + timedelta(hours=hours):
            of_channel.append(
                (row["start_at"].isoformat(), row["stop_at"].isoformat(), row["title"])
            )
    return list(found.values())


def evening(*titles: str) -> bytes:
    return guide(
        channel("a.one", "One"),
        channel("a.two", "Two"),
        programme("a.one", "1900", "2030", titles[0]),
        programme("a.one", "2030", "2330", titles[1]),
        programme("a.one", "20260302020000 +0000", "20260303010000 +0000", "All day"),
        programme("a.two", "2000", "2200", titles[2]),
    )


async def test_every_change_shows_at_once(tv: Television) -> None:
    """The guide is asked for before and after each change, by somebody else as well."""
    viewer = await tv.house.member(tv.who.space, role="viewer")

    async def same() -> None:
        for member in (tv.who, viewer, tv.who):
            assert await shown(member) == await stands(tv)
            assert await shown(member, 1) == await stands(tv, 1)

    await tv.bring(evening("News", "Film", "Match"))
    await same()
    done = await tv.bring(evening("News", "Another film", "Match"))
    await same()
    one, two = (row["channel_id"] for row in (await tv.rows())[:1] + (await tv.rows())[-1:])
    at = (NIGHT + timedelta(hours=3, minutes=40)).isoformat()
    until = (NIGHT + timedelta(hours=4)).isoformat()
    client = tv.who.client
    sent = {"channel_id": str(one), "start_at": at, "stop_at": until, "title": "By hand"}
    made = await client.post("/api/v1/schedule", json=sent)
    assert made.status_code == 201, made.text
    await same()
    key = made.json()["id"]
    for change in ({"title": "Called otherwise"}, {"channel_id": str(two)}):
        answer = await client.patch(f"/api/v1/schedule/{key}", json=change)
        assert answer.status_code == 200, answer.text
        await same()
    assert (await client.delete(f"/api/v1/schedule/{key}")).status_code == 204
    await same()
    assert (await client.post(f"/api/v1/imports/{done['id']}/undo")).status_code == 202
    await tv.bring(b"<tv></tv>")
    await same()
    assert "Film" in str(await shown(tv.who))
    renamed = await client.patch(f"/api/v1/channels/{two}", json={"is_hidden": True})
    assert renamed.status_code == 200, renamed.text
    assert len(await shown(viewer)) == 1


async def test_other_news_leaves_pieces_as_they_are(tv: Television) -> None:
    await tv.bring(evening("News", "Film", "Match"))
    before = await shown(tv.who)
    async with tv.house.write(tv.who) as ctx:
        await ctx.db.execute(
            "UPDATE live_programmes SET title = 'Unheard' WHERE space_id = :space",
            {"space": tv.who.space.id},
        )
    made = await tv.who.client.post("/api/v1/titles", json={"kind": "movie", "title": "A work"})
    assert made.status_code == 201, made.text
    assert await shown(tv.who) == before, "a new work changes no schedule: nothing is read again"


@given(
    edits=st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 280), st.integers(1, 40)), max_size=6
    )
)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_after_any_edits_the_guide_is_the_state(
    house: House, database: Database, settings: Settings, edits: list[tuple[int, int, int]]
) -> None:
    tv = Television(house, database, settings, await house.member())
    await tv.bring(evening("News", "Film", "Match"))
    ids = list({row["channel_id"]: None for row in await tv.rows()})
    for of, start, lasts in edits:
        at = NIGHT + timedelta(minutes=start * 5)
        answer = await tv.who.client.post(
            "/api/v1/schedule",
            json={
                "channel_id": str(ids[of]),
                "start_at": at.isoformat(),
                "stop_at": (at + timedelta(minutes=lasts * 5)).isoformat(),
                "title": f"{start} {lasts}",
                "conflicts": "replace",
            },
        )
        assert answer.status_code == 201, answer.text
        assert await shown(tv.who) == await stands(tv)
