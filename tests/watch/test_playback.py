"""Playing a channel: who may, through which address, for how long."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from mediatheque.areas.watch.actions.playbacks import end_idle
from mediatheque.areas.watch.rules.tokens import Signer, Ticket
from mediatheque.core.edge import write_context
from mediatheque.kit.envelope import new_key
from tests.watch.sources import MASTER, MEDIA, Source, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import AsyncClient

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

HLS = "application/vnd.apple.mpegurl"


@pytest.fixture
def upstream(settings: Settings) -> Iterator[Source]:
    """A source that may be fetched from, as at home where tuners have private addresses."""
    settings.allow_private_fetch = True
    with source() as made:
        yield made
    settings.allow_private_fetch = False


async def channel(owner: Member, url: str | None, **more: Any) -> str:  # noqa: ANN401  (any field)
    answer = await owner.client.post(
        "/api/v1/channels", json={"name": "Eins", "stream_url": url, **more}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def play(member: Member, one: str) -> dict[str, Any]:
    answer = await member.client.post(f"/api/v1/channels/{one}/playback", json={"client": "Test"})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_a_stream_is_passed_through_and_its_source_stays_hidden(
    house: House, upstream: Source, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    address = upstream.put("/tv/master.m3u8", MASTER, HLS)
    upstream.put("/tv/low/index.m3u8", MEDIA, HLS)
    upstream.put("/tv/low/0001.ts", b"G" * 188 * 10, "video/mp2t")
    started = await play(owner, await channel(owner, address + "?key=secret"))
    assert started["media_type"] == HLS

    master = await anonymous.get(started["manifest_url"])
    assert master.headers["access-control-allow-origin"] == "*"
    assert "secret" not in master.text
    assert upstream.base not in master.text
    low = master.text.splitlines()[-1]
    media = await anonymous.get(low)
    assert re.search(r'#EXT-X-MAP:URI="/live/[^"]+/p\.mp4"', media.text)
    segment = next(one for one in media.text.splitlines() if one.endswith("/p.ts"))
    whole = await anonymous.get(segment)
    assert (whole.status_code, len(whole.content)) == (200, 1880)
    assert whole.headers["content-type"] == "video/mp2t"
    part = await anonymous.get(segment, headers={"range": "bytes=188-375"})
    assert (part.status_code, len(part.content)) == (206, 188)
    assert [path for path, _ in upstream.asked] == [
        "/tv/master.m3u8?key=secret",
        "/tv/low/index.m3u8?key=secret",
        "/tv/low/0001.ts",
        "/tv/low/0001.ts",
    ]
    again = await anonymous.get(low)
    assert again.text == media.text, "the same piece has the same address at every look"


async def test_an_address_is_good_for_its_playback_only(
    house: House, upstream: Source, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    one = await channel(owner, upstream.put("/a.m3u8", "#EXTM3U\n#EXTINF:1,\n/x.ts\n", HLS))
    first, second = await play(owner, one), await play(owner, one)
    piece = (await anonymous.get(first["manifest_url"])).text.splitlines()[-1]
    sealed = piece.split("/r/", 1)[1]
    other = second["manifest_url"].rsplit("/", 1)[0] + f"/r/{sealed}"
    assert (await anonymous.get(other)).status_code == 404
    broken = first["manifest_url"].replace("/live/", "/live/A", 1)
    assert (await anonymous.get(broken)).status_code == 404


async def test_what_is_ended_plays_no_more(
    house: House, upstream: Source, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    one = await channel(owner, upstream.put("/a.m3u8", "#EXTM3U\n", HLS))
    started = await play(owner, one)
    assert (await anonymous.get(started["manifest_url"])).status_code == 200
    path = f"/api/v1/playback/sessions/{started['session_id']}"
    assert (await owner.client.delete(path)).status_code == 204
    gone = await anonymous.get(started["manifest_url"])
    assert (gone.status_code, gone.json()["error"]["code"]) == (410, "playback_ended")
    late = await owner.client.post(path + "/heartbeat")
    assert late.json()["error"]["code"] == "playback_ended"
    shown = (await owner.client.get("/api/v1/playback/history")).json()["items"]
    assert [(row["label"], row["end_reason"]) for row in shown] == [("Eins", "stopped")]


async def test_what_was_played_can_be_forgotten(house: House, upstream: Source) -> None:
    """One by one, or all at once; never what plays, and never what somebody else played."""
    owner = await house.member()
    other = await house.member(space=owner.space)
    one = await channel(owner, upstream.put("/a.m3u8", "#EXTM3U\n", HLS))
    path = "/api/v1/playback/history"

    async def played(member: Member) -> list[str]:
        return [row["id"] for row in (await member.client.get(path)).json()["items"]]

    async def ended(member: Member) -> str:
        made: str = (await play(member, one))["session_id"]
        stopped = await member.client.delete(f"/api/v1/playback/sessions/{made}")
        assert stopped.status_code == 204
        return made

    first, theirs, second = await ended(owner), await ended(other), await ended(owner)
    third = (await play(owner, one))["session_id"]
    playing = await owner.client.delete(f"{path}/{third}")
    assert (playing.status_code, playing.json()["error"]["code"]) == (409, "still_playing")
    assert (await owner.client.delete(f"{path}/{theirs}")).status_code == 404
    assert (await owner.client.delete(f"{path}/{second}")).status_code == 204
    assert (await owner.client.delete(f"{path}/{second}")).status_code == 404
    assert await played(owner) == [third, first]
    assert (await owner.client.delete(path)).status_code == 204
    assert (await played(owner), await played(other)) == ([third], [theirs])


async def test_a_suspended_person_plays_no_more(
    house: House, upstream: Source, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    started = await play(owner, await channel(owner, upstream.put("/a.m3u8", "#EXTM3U\n", HLS)))
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET is_active = false WHERE id = :id", {"id": owner.user_id}
        )
    assert (await anonymous.get(started["manifest_url"])).status_code == 410


async def test_only_so_many_at_once(house: House) -> None:
    owner = await house.member()
    one = await channel(owner, "https://tv.example/a.m3u8")
    for _ in range(4):
        await play(owner, one)
    refused = await owner.client.post(f"/api/v1/channels/{one}/playback")
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (409, "too_many_streams")
    assert len(error["details"]["playbacks"]) == 4
    ended = error["details"]["playbacks"][0]["id"]
    await owner.client.delete(f"/api/v1/playback/sessions/{ended}")
    await play(owner, one)


async def test_a_package_is_needed_at_the_start_and_at_every_heartbeat(house: House) -> None:
    owner = await house.member()
    member = await house.member(space=owner.space, role="member")
    package = (await owner.client.post("/api/v1/packages", json={"name": "Sport"})).json()["id"]
    one = await channel(owner, "https://tv.example/a.m3u8", package_id=package)
    refused = await member.client.post(f"/api/v1/channels/{one}/playback")
    assert refused.json()["error"]["code"] == "not_entitled"
    given = await owner.client.post(
        "/api/v1/entitlements", json={"user_id": str(member.user_id), "package_id": package}
    )
    started = await play(member, one)
    beat = f"/api/v1/playback/sessions/{started['session_id']}/heartbeat"
    assert (await member.client.post(beat)).status_code == 200
    await owner.client.delete(f"/api/v1/entitlements/{given.json()['id']}")
    assert (await member.client.post(beat)).json()["error"]["code"] == "not_entitled"


async def test_who_is_not_heard_of_plays_no_more(house: House, database: Database) -> None:
    owner = await house.member()
    started = await play(owner, await channel(owner, "https://tv.example/a.m3u8"))
    async with write_context(database, across=True) as ctx:
        await ctx.db.execute(
            text(
                "UPDATE watch_playbacks SET started_at = now() - interval '5 minutes', "
                "last_seen_at = now() - interval '2 minutes' WHERE id = cast(:id AS uuid)"
            ),
            {"id": started["session_id"]},
        )
    async with write_context(database, across=True) as ctx:
        assert await end_idle(ctx) >= 1
    row = (await owner.client.get("/api/v1/playback/history")).json()["items"][0]
    assert row["end_reason"] == "idle"


async def test_without_a_stream_nothing_plays(house: House) -> None:
    owner = await house.member()
    one = await channel(owner, None)
    refused = await owner.client.post(f"/api/v1/channels/{one}/playback")
    assert refused.json()["error"]["code"] == "no_stream"


async def test_a_private_source_is_not_reached_unless_allowed(
    house: House, settings: Settings, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    assert not settings.allow_private_fetch
    with source() as made:
        started = await play(owner, await channel(owner, made.put("/a.m3u8", "#EXTM3U\n")))
        refused = await anonymous.get(started["manifest_url"])
        assert (refused.status_code, made.asked) == (502, [])


async def test_players_are_led_to_the_source_where_the_house_says_so(
    house: House, settings: Settings, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    started = await play(owner, await channel(owner, "https://tv.example/a.m3u8"))
    settings.stream_gateway = "redirect"
    try:
        led = await anonymous.get(started["manifest_url"])
    finally:
        settings.stream_gateway = "proxy"
    assert (led.status_code, led.headers["location"]) == (302, "https://tv.example/a.m3u8")


def test_tokens_of_other_keys_are_none() -> None:
    old, new = new_key(), new_key()
    ticket = Ticket(uuid4(), uuid4(), datetime.now(UTC).replace(microsecond=0))
    token = Signer([old]).sign(ticket)
    assert Signer([new, old]).read(token) == ticket
    assert Signer([new]).read(token) is None
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert Signer([old]).read(changed) is None or changed[-1] != token[-1]
    sealed = Signer([old]).seal(ticket, "https://x.example/1.ts")
    assert Signer([new, old]).open(ticket, sealed) == "https://x.example/1.ts"
    stranger = Ticket(uuid4(), ticket.space_id, ticket.expires_at + timedelta(1))
    assert Signer([old]).open(stranger, sealed) is None
