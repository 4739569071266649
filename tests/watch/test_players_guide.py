"""The guide that players fetch: what they may see, with the playlist's ids, and only when new."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from ipytv import playlist as parser

from tests.watch.test_players import player

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House, Member

NOW = datetime.now(UTC)


async def television(owner: Member) -> None:
    """Two channels that play, one for adults, and one without a stream; entries near and far."""
    for number, more in (
        ("12", {"stream_url": "https://tv.example/1.m3u8"}),
        ("13.1", {"stream_url": "https://tv.example/2.m3u8", "min_age": 16}),
        ("14", {}),
    ):
        answer = await owner.client.post(
            "/api/v1/channels", json={"name": f"Channel {number}", "number": number, **more}
        )
        assert answer.status_code == 201, answer.text
        for hours in (-30, -2, 1, 100, 24 * 7 + 3):
            await entry(owner, answer.json()["id"], hours, f"{number} at {hours}")


async def entry(owner: Member, channel_id: str, hours: int, title: str, **more: object) -> None:
    start = NOW + timedelta(hours=hours)
    answer = await owner.client.post(
        "/api/v1/schedule",
        json={
            "channel_id": channel_id,
            "start_at": start.isoformat(),
            "stop_at": (start + timedelta(minutes=50)).isoformat(),
            "title": title,
            **more,
        },
    )
    assert answer.status_code == 201, answer.text


def parsed(content: bytes) -> tuple[list[str], list[tuple[str, str]]]:
    """Ids of channels, then channel and title of programmes."""
    root = ET.fromstring(content)  # noqa: S314  (our own answer)
    ids = [one.attrib["id"] for one in root.findall("channel")]
    said = [(one.attrib["channel"], one.findtext("title") or "") for one in root.iter("programme")]
    return ids, said


async def test_the_guide_is_windowed_and_has_the_playlists_ids(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    await television(owner)
    made = await player(owner)
    packed = await anonymous.get(made["guide_url"])
    assert packed.status_code == 200, packed.text
    plain = await anonymous.get(made["guide_url"].removesuffix(".gz"))
    assert plain.headers["content-type"].startswith("application/xml")
    assert gzip.decompress(packed.content) == plain.content
    ids, said = parsed(plain.content)
    listed = parser.loads((await anonymous.get(made["playlist_url"])).text)
    assert ids == [one.attributes["tvg-id"] for one in listed.get_channels()]
    assert ids[0].startswith("C12.")
    assert [title for _, title in said] == [
        f"{number} at {hours}" for number in ("12", "13.1") for hours in (-2, 1, 100)
    ]
    assert {channel for channel, _ in said} == set(ids)


async def test_who_has_the_guide_does_not_get_it_again(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    await television(owner)
    made = await player(owner)
    for address in (made["guide_url"], made["guide_url"].removesuffix(".gz")):
        first = await anonymous.get(address)
        tag, changed = first.headers["etag"], first.headers["last-modified"]
        for headers in (
            {"if-none-match": tag},
            {"if-none-match": f'"other", {tag}'},
            {"if-modified-since": changed},
        ):
            again = await anonymous.get(address, headers=headers)
            assert (again.status_code, again.content) == (304, b""), headers
            assert again.headers["etag"] == tag
        for headers in (
            {"if-none-match": '"other"', "if-modified-since": changed},
            {"if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT"},
            {"if-modified-since": "no time"},
        ):
            assert (await anonymous.get(address, headers=headers)).status_code == 200, headers
    channels = (await owner.client.get("/api/v1/channels")).json()["items"]
    await entry(owner, channels[0]["id"], 5, "New")
    fresh = await anonymous.get(made["guide_url"], headers={"if-none-match": first.headers["etag"]})
    assert fresh.status_code == 200
    assert b"New" in gzip.decompress(fresh.content)


async def test_a_limited_player_sees_neither_channels_nor_entries_above_it(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    await television(owner)
    channels = (await owner.client.get("/api/v1/channels")).json()["items"]
    await entry(owner, channels[0]["id"], 7, "For adults", min_age=18)
    body: dict[str, Any] = {"name": "Ada", "avatar": "fox", "maturity_limit": 12}
    profile = await owner.client.post("/api/v1/profiles", json={**body, "shows_unknown": True})
    assert profile.status_code == 201, profile.text
    whole = await anonymous.get((await player(owner))["guide_url"])
    limited = await player(owner, profile_id=profile.json()["id"])
    found = await anonymous.get(limited["guide_url"])
    assert found.headers["etag"] != whole.headers["etag"]
    ids, said = parsed(gzip.decompress(found.content))
    assert [one.split(".")[0] for one in ids] == ["C12"]
    assert "For adults" not in [title for _, title in said]
    assert "12 at 1" in [title for _, title in said]
    assert (await anonymous.get(limited["guide_url"].replace("/tv/", "/tv/x"))).status_code == 404


async def test_players_may_look_before_they_take(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    await television(owner)
    made = await player(owner)
    for address in (
        made["playlist_url"],
        made["guide_url"],
        made["guide_url"].removesuffix(".gz"),
    ):
        looked, taken = await anonymous.head(address), await anonymous.get(address)
        assert (looked.status_code, looked.content) == (200, b""), address
        for name in ("content-type", "etag", "last-modified", "cache-control"):
            assert looked.headers.get(name) == taken.headers.get(name), (address, name)
        if "etag" in looked.headers:
            assert "content-length" not in looked.headers, "nobody knows how long it will be"
            known = {"if-none-match": looked.headers["etag"]}
            assert (await anonymous.head(address, headers=known)).status_code == 304
    assert (await anonymous.head(made["guide_url"].replace("/tv/", "/tv/no"))).status_code == 404


async def test_what_is_packed_is_packed_once(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    await television(owner)
    made = await player(owner)
    for asked in ("gzip", "identity"):
        found = await anonymous.get(made["guide_url"], headers={"accept-encoding": asked})
        assert "content-encoding" not in found.headers, asked
        assert found.headers["content-type"] == "application/gzip"
        assert gzip.decompress(found.content).startswith(b"<?xml")
    plain = made["guide_url"].removesuffix(".gz")
    found = await anonymous.get(plain, headers={"accept-encoding": "gzip"})
    assert found.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in found.headers["vary"].lower()
    assert found.content.startswith(b"<?xml")
