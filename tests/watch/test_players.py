"""Players without a login: playlist, channel and tuner by a secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ipytv import playlist as parser

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House, Member


async def player(member: Member, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (any field)
    answer = await member.client.post("/api/v1/guide-tokens", json={"name": "Kodi", **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


CHANNELS: tuple[dict[str, Any], ...] = (
    {"name": 'Das "Erste", HD', "genres": ["News"], "stream_url": "https://tv.example/1.m3u8"},
    {"name": "Zwei", "stream_url": "https://tv.example/2.ts", "min_age": 16},
    {"name": "Ohne Strom"},
)


async def channels(owner: Member) -> None:
    for place, more in enumerate(CHANNELS, 1):
        body = {**more, "number": str(place)}
        assert (await owner.client.post("/api/v1/channels", json=body)).status_code == 201


async def test_the_playlist_parses_and_leads_to_signed_addresses(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    await channels(owner)
    made = await player(owner)
    answer = await anonymous.get(made["playlist_url"])
    assert answer.headers["content-type"].startswith("audio/x-mpegurl")
    parsed = parser.loads(answer.text)
    assert parsed.get_attribute("url-tvg") == made["guide_url"]
    found = list(parsed.get_channels())
    assert [one.name for one in found] == ['Das "Erste", HD', "Zwei"]
    assert found[0].attributes["tvg-chno"] == "1"
    assert found[0].attributes["group-title"] == "news"
    assert "tv.example" not in answer.text
    led = await anonymous.get(found[0].url)
    assert led.status_code == 302
    assert urlsplit(led.headers["location"]).path.endswith("/index.m3u8")
    other = await anonymous.get(found[1].url)
    assert urlsplit(other.headers["location"]).path.endswith("/stream.ts")
    open_ = (await owner.client.get("/api/v1/playback/history?is_open=true")).json()["items"]
    assert [one["label"] for one in open_] == ["Zwei"], "a player plays one thing at a time"


async def test_a_player_is_as_limited_as_its_profile(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    await channels(owner)
    profile = await owner.client.post(
        "/api/v1/profiles", json={"name": "Ada", "avatar": "fox", "maturity_limit": 12}
    )
    if profile.status_code != 201:
        gallery = (await owner.client.get("/api/v1/profiles/avatars")).json()["items"]
        profile = await owner.client.post(
            "/api/v1/profiles",
            json={"name": "Ada", "avatar": gallery[0]["name"], "maturity_limit": 12},
        )
    assert profile.status_code == 201, profile.text
    made = await player(owner, profile_id=profile.json()["id"])
    text = (await anonymous.get(made["playlist_url"])).text
    assert "Erste" in text
    assert "Zwei" not in text


async def test_a_removed_player_finds_nothing(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    await channels(owner)
    made = await player(owner)
    assert (await anonymous.get(made["playlist_url"])).status_code == 200
    listed = (await owner.client.get("/api/v1/guide-tokens")).json()["items"]
    assert [one["name"] for one in listed] == ["Kodi"]
    assert (await owner.client.delete(f"/api/v1/guide-tokens/{made['id']}")).status_code == 204
    assert (await anonymous.get(made["playlist_url"])).status_code == 404
    wrong = made["playlist_url"].replace("/tv/", "/tv/x")
    assert (await anonymous.get(wrong)).status_code == 404


async def test_a_players_name_is_one_line(house: House) -> None:
    owner = await house.member()
    assert (await player(owner, name=" Living\nroom ® "))["name"] == "Living room ®"
    answer = await owner.client.post("/api/v1/guide-tokens", json={"name": "Kodi\x1b[0m"})
    assert answer.status_code == 422
    assert "U+001B" in answer.json()["error"]["message"]


async def test_a_key_of_the_api_is_no_player(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    key = (await owner.client.post("/api/v1/api-keys", json={"name": "x"})).json()["key"]
    path = f"http://test/tv/{owner.space.slug}/{key}/playlist.m3u"
    assert (await anonymous.get(path)).status_code == 404


async def test_the_tuner_answers_where_it_is_switched_on(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    await channels(owner)
    made = await player(owner, is_tuner=True)
    assert (await anonymous.get(f"{made['tuner_url']}/discover.json")).status_code == 404
    switched = await owner.client.put("/api/v1/flags/live.hdhomerun", json={"enabled": True})
    assert switched.status_code in {200, 204}, switched.text
    device = (await anonymous.get(f"{made['tuner_url']}/discover.json")).json()
    assert device["TunerCount"] == 4
    assert device["BaseURL"] == made["tuner_url"]
    lineup = (await anonymous.get(device["LineupURL"])).json()
    assert [(one["GuideNumber"], one["GuideName"]) for one in lineup] == [
        ("1", 'Das "Erste", HD'),
        ("2", "Zwei"),
    ]
    status = (await anonymous.get(f"{made['tuner_url']}/lineup_status.json")).json()
    assert status["ScanInProgress"] == 0
    described = await anonymous.get(f"{made['tuner_url']}/device.xml")
    assert device["DeviceID"] in described.text
    plain = await player(owner)
    assert plain["tuner_url"] is None
