"""What a profile with a limit plays: a channel, as long as what is on is for its age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.accounts.households import another_session, make, ok, select
from tests.watch.test_playback import channel

if TYPE_CHECKING:
    from tests.house import House


async def test_nothing_above_the_limit_plays(house: House) -> None:
    owner = await house.member()
    title = await ok(
        owner.client.post(
            "/api/v1/titles", json={"kind": "movie", "title": "Late", "minimum_age": 18}
        )
    )
    one = await channel(owner, "https://streams.example/eins.m3u8", min_age=0)
    now = datetime.now(UTC)
    entry = {
        "channel_id": one,
        "title": "Late",
        "start_at": (now - timedelta(hours=1)).isoformat(),
        "stop_at": (now + timedelta(hours=1)).isoformat(),
    }
    programme = await ok(owner.client.post("/api/v1/schedule", json=entry))
    kim = await make(owner.client, "Kim", is_kids=True, maturity_limit=12)
    session = await another_session(house, owner.email, owner.space.slug)
    assert (await select(session, kim)).status_code == 200

    playback = f"/api/v1/channels/{one}/playback"
    started = await session.post(playback, json={"client": "Test"})
    assert started.status_code == 201, started.text
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "UPDATE live_programmes SET title_id = :title WHERE id = :id",
            {"title": title["id"], "id": programme["id"]},
        )
    refused = await session.post(playback, json={"client": "Test"})
    assert refused.status_code == 404
    assert "Late" not in refused.text
    assert (await session.get(f"/api/v1/programmes/{programme['id']}")).status_code == 404
    assert (await owner.client.post(playback, json={"client": "Test"})).status_code == 201
    beat = f"/api/v1/playback/sessions/{started.json()['session_id']}/heartbeat"
    assert (await session.post(beat)).status_code >= 400


async def test_a_players_key_is_no_way_around_its_profile(house: House) -> None:
    owner = await house.member()
    await channel(owner, "https://streams.example/spaet.m3u8", min_age=18, name="Late")
    kim = await make(owner.client, "Kim", is_kids=True, maturity_limit=12)
    made = await ok(
        owner.client.post("/api/v1/guide-tokens", json={"name": "Box", "profile_id": kim["id"]})
    )
    key = made["playlist_url"].split("/")[-2]
    assert [one["name"] for one in (await ok(owner.client.get("/api/v1/channels")))["items"]]
    owner.client.cookies.clear()
    headers = {"authorization": f"Bearer {key}"}
    listed = await ok(owner.client.get("/api/v1/channels", headers=headers))
    assert listed["items"] == []
