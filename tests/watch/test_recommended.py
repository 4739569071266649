"""The guide, ranked by wishes, ratings, marks, genres and what was watched; within limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from mediatheque.areas.watch.queries.taste import TASTE
from mediatheque.areas.watch.rules.taste import Taste, reason_of, taste_from
from mediatheque.core.module import EXTENSIONS
from tests.accounts.households import another_session, make, ok, select
from tests.watch.test_playback import channel

if TYPE_CHECKING:
    import pytest
    from httpx import AsyncClient

    from tests.house import House, Member

NOW = datetime.now(UTC)
GUIDE = "/api/v1/guide/recommended"


async def entry(owner: Member, on: str, title: str, hours: float = -1, **more: Any) -> str:  # noqa: ANN401  (any field)
    start = NOW + timedelta(hours=hours)
    stop = start + timedelta(hours=2)
    given = {
        "channel_id": on,
        "title": title,
        "start_at": start.isoformat(),
        "stop_at": stop.isoformat(),
        **more,
    }
    return str((await ok(owner.client.post("/api/v1/schedule", json=given)))["id"])


async def work(owner: Member, title: str, **more: Any) -> str:  # noqa: ANN401  (any field)
    given = {"kind": "movie", "title": title, **more}
    return str((await ok(owner.client.post("/api/v1/titles", json=given)))["id"])


async def ranked(client: AsyncClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ok(client.get(f"{GUIDE}{query}")))["items"]
    return found


def named(items: list[dict[str, Any]]) -> list[str]:
    return [one["title"] for one in items]


async def channels(owner: Member, count: int, **more: Any) -> list[str]:  # noqa: ANN401  (any field)
    return [
        await channel(owner, "https://streams.example/x.m3u8", name=f"C{one}", **more)
        for one in range(count)
    ]


async def test_what_is_wanted_and_liked_comes_first(house: House) -> None:
    owner = await house.member()
    one, two, three, four = await channels(owner, 4)
    loved = await work(owner, "Loved before", genres=["Film noir"])
    wanted = await work(owner, "Wanted")
    await ok(owner.client.put(f"/api/v1/titles/{loved}/rating", json={"rating": 9.5}))
    await ok(owner.client.put(f"/api/v1/titles/{wanted}/mark", json={"status": "wanted"}))
    await entry(owner, one, "News")
    await entry(owner, two, "Dark street", genres=["film noir"])
    await entry(owner, three, "Wanted", title_id=wanted)
    await entry(owner, four, "Sport")
    items = await ranked(owner.client)
    assert named(items) == ["Wanted", "Dark street", "News", "Sport"]
    assert [one["reason"] for one in items] == ["work", "genre", None, None]
    assert items[0]["work"]["title"] == "Wanted"
    assert items[1]["reason_genre"] == "film noir"
    assert items[0]["score"] > items[1]["score"] > items[2]["score"] == items[3]["score"]


async def test_a_work_that_was_seen_falls_behind_and_is_named_once(house: House) -> None:
    owner = await house.member()
    one, two, three = await channels(owner, 3)
    seen, new = await work(owner, "Seen"), await work(owner, "New")
    await ok(owner.client.put(f"/api/v1/titles/{seen}/mark", json={"status": "finished"}))
    await entry(owner, one, "Seen", title_id=seen)
    await entry(owner, two, "New", title_id=new)
    await entry(owner, three, "New", title_id=new, hours=-0.5)
    assert named(await ranked(owner.client)) == ["New", "Seen"]


async def test_what_is_on_now_and_what_begins_later_are_asked_for_apart(house: House) -> None:
    owner = await house.member()
    (one,) = await channels(owner, 1)
    await entry(owner, one, "Before", hours=-4)
    await entry(owner, one, "Now", hours=-1)
    await entry(owner, one, "Tonight", hours=3)
    await entry(owner, one, "Tomorrow", hours=30)
    assert named(await ranked(owner.client)) == ["Now"]
    since = (NOW).isoformat().replace("+00:00", "Z")
    assert named(await ranked(owner.client, f"?from={since}")) == ["Tonight"]
    until = (NOW + timedelta(hours=40)).isoformat().replace("+00:00", "Z")
    later = await ranked(owner.client, f"?from={since}&to={until}")
    assert sorted(named(later)) == ["Tomorrow", "Tonight"]
    assert len(await ranked(owner.client, f"?from={since}&to={until}&limit=1")) == 1
    for query in (
        f"?to={until}",
        f"?from={until}&to={since}",
        f"?from={since}&to=2099-01-01T00:00Z",
    ):
        refused = await owner.client.get(f"{GUIDE}{query}")
        assert refused.json()["error"]["code"] == "bad_guide_window", refused.text


async def test_a_profile_has_a_taste_of_its_own_and_sees_nothing_above_its_limit(
    house: House,
) -> None:
    owner = await house.member()
    one, two, three = await channels(owner, 3, min_age=0)
    noir = await work(owner, "Old love", genres=["Film noir"])
    await ok(owner.client.put(f"/api/v1/titles/{noir}/rating", json={"rating": 10}))
    late = await work(owner, "Late", minimum_age=18)
    await entry(owner, one, "Dark street", genres=["film noir"])
    await entry(owner, two, "Puppets", genres=["animation"])
    await entry(owner, three, "Late", title_id=late)
    kim = await make(owner.client, "Kim", is_kids=True, maturity_limit=12, genres=["Animation"])
    session = await another_session(house, owner.email, owner.space.slug)
    assert (await select(session, kim)).status_code == 200
    assert named(await ranked(session)) == ["Puppets", "Dark street"]
    assert named(await ranked(owner.client))[0] == "Dark street"
    assert "Late" in named(await ranked(owner.client))


async def test_what_was_watched_counts(house: House) -> None:
    owner = await house.member()
    one, two = await channels(owner, 2)
    await entry(owner, one, "Quiz", genres=["game show"])
    await entry(owner, two, "Gardens", genres=["nature"], hours=-1.5)
    await entry(owner, one, "Another quiz", genres=["game show"], hours=5)
    await entry(owner, two, "More gardens", genres=["nature"], hours=4)
    since = NOW.isoformat().replace("+00:00", "Z")
    started = await ok(owner.client.post(f"/api/v1/channels/{two}/playback", json={}))
    assert (await ranked(owner.client, f"?from={since}"))[0]["reason"] is None
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE watch_playbacks SET watched_seconds = 3600 WHERE id = :id",
            {"id": started["session_id"]},
        )
    first, second = await ranked(owner.client, f"?from={since}")
    assert (first["title"], first["reason"]) == ("More gardens", "genre")
    assert (second["title"], second["reason"]) == ("Another quiz", None)


async def test_only_channels_that_one_may_play(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(space=owner.space, role="viewer")
    package = await ok(owner.client.post("/api/v1/packages", json={"name": "Plus"}))
    plus = await channel(
        owner, "https://streams.example/x.m3u8", name="Plus", package_id=package["id"]
    )
    await entry(owner, plus, "Cup final")
    assert named(await ranked(owner.client)) == ["Cup final"]
    assert named(await ranked(viewer.client)) == []


async def test_it_takes_the_taste_of_who_knows_better(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await house.member()
    one, two = await channels(owner, 2)
    await entry(owner, one, "News")
    await entry(owner, two, "Ballet", genres=["dance"])

    async def better(_: object) -> Taste:
        return Taste(genres={"dance": 1.0})

    monkeypatch.setitem(EXTENSIONS, TASTE, [better])
    assert named(await ranked(owner.client)) == ["Ballet", "News"]


def test_a_little_liking_is_less_than_a_favourite() -> None:
    rows: list[dict[str, Any]] = [
        {"what": "genre", "id": None, "word": "science fiction", "weight": 1.5},
        {"what": "genre", "id": None, "word": "horror", "weight": -6},
        {"what": "favourite", "id": None, "word": "Comédie", "weight": 1},
        {"what": "channel", "id": (one := uuid4()), "word": None, "weight": 9},
    ]
    taste = taste_from(rows)
    assert taste.genres == {"science fiction": 0.25, "horror": -1.0, "comedie": 1.0}
    assert taste.channels == {one: 1.0}
    nothing = {"work_weight": 0, "genre_weight": -1, "channel_weight": 0, "is_premiere": False}
    assert reason_of(nothing) is None
    assert reason_of({**nothing, "is_premiere": True}) == "premiere"
