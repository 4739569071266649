"""Streams are looked at, and what is found is shown to who runs the channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.live.actions.streams import note_looks
from mediatheque.areas.live.adapters.streams import look
from mediatheque.areas.live.queries.streams import list_streams_due
from mediatheque.core.edge import read_context
from mediatheque.kit.http import Fetcher
from tests.watch.sources import source

if TYPE_CHECKING:
    from tests.house import House, Member


async def channel(owner: Member, url: str) -> dict[str, Any]:
    answer = await owner.client.post("/api/v1/channels", json={"name": "Eins", "stream_url": url})
    made: dict[str, Any] = answer.json()
    return made


async def test_a_stream_that_goes_and_comes_back_is_told_of(house: House) -> None:
    owner = await house.member()
    fetcher = Fetcher(allow=("127.0.0.0/8",))
    with source() as made:
        address = made.put("/a.m3u8", "#EXTM3U\n", "application/vnd.apple.mpegurl")
        await channel(owner, address)
        due = await list_streams_due(read_context(house.database, across=True), 10_000)
        ((channel_id, found),) = due[owner.space.id]
        assert found == address
        for body, state, news in (
            ("#EXTM3U\n", "up", 0),
            (None, "down", 1),
            ("#EXTM3U\n", "up", 1),
        ):
            if body is None:
                made.files.clear()
            else:
                made.put("/a.m3u8", body)
            async with house.write(owner) as ctx:
                assert await note_looks(ctx, [await look(fetcher, channel_id, found)]) == news
            shown = (await owner.client.get(f"/api/v1/channels/{channel_id}")).json()
            assert shown["stream_state"] == state
    gone = await look(fetcher, channel_id, found)
    assert not gone.is_up
    await fetcher.close()
    again = await list_streams_due(read_context(house.database, across=True), 10_000)
    assert owner.space.id not in again, "looked at a moment ago"


async def test_private_addresses_are_not_looked_at(house: House) -> None:
    owner = await house.member()
    guarded = Fetcher()
    with source() as made:
        one = await channel(owner, made.put("/a.ts", b"G"))
        found = await look(guarded, one["id"], one["stream_url"])
        assert not found.is_up
        assert made.asked == []
    await guarded.close()
