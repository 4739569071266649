"""Seasons and episodes over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.catalog.steps import add, change

if TYPE_CHECKING:
    from tests.house import House

SERIES: dict[str, Any] = {
    "kind": "series",
    "title": "Les Vampires",
    "year": 1915,
    "seasons": [
        {
            "number": 1,
            "title": "Première",
            "expected_episodes": 2,
            "episodes": [
                {"number": 1, "title": "La Tête coupée", "aired_on": "1915-11-13"},
                {"number": 2, "title": "La Bague qui tue", "runtime_minutes": 15},
            ],
        },
        {"number": 2, "expected_episodes": 3, "episodes": [{"number": 1}]},
    ],
}


async def test_a_series_comes_with_its_seasons(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **SERIES)
    counts = [
        (s["number"], s["expected_episodes"], s["episodes_count"], s["is_complete"])
        for s in made["seasons"]
    ]
    assert counts == [(1, 2, 2, True), (2, 3, 1, False)]
    page = (await owner.client.get(f"/api/v1/titles/{made['slug']}/seasons/1")).json()
    assert page["title"] == "Première"
    assert [e["title"] for e in page["episodes"]] == ["La Tête coupée", "La Bague qui tue"]
    assert page["episodes"][0]["aired_on"] == "1915-11-13"


async def test_seasons_of_an_edit_are_the_whole_list(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **SERIES)
    seasons = [{"number": 1, "title": "Un"}, {"number": 3, "episodes": [{"number": 7}]}]
    changed = await change(owner, made, seasons=seasons)
    assert [(s["number"], s["title"], s["episodes_count"]) for s in changed["seasons"]] == [
        (1, "Un", 2),
        (3, None, 1),
    ]
    again = await change(owner, made, seasons=[{"number": 1, "episodes": [{"number": 2}]}])
    assert [(s["number"], s["episodes_count"]) for s in again["seasons"]] == [(1, 1)]
    assert await house.count("catalog_episodes", owner.space) == 1


async def test_one_season_and_one_episode_at_a_time(house: House) -> None:
    owner = await house.member()
    made = await add(owner, kind="series", title="Fantômas")
    base = f"/api/v1/titles/{made['id']}/seasons"
    saved = await owner.client.put(f"{base}/1", json={"expected_episodes": 5})
    assert saved.json()["episodes_count"] == 0
    added = await owner.client.put(f"{base}/1/episodes/1", json={"title": "À l'ombre"})
    assert [e["title"] for e in added.json()["episodes"]] == ["À l'ombre"]
    elsewhere = await owner.client.put(f"{base}/2/episodes/4", json={"title": "Juve"})
    assert elsewhere.json()["expected_episodes"] is None
    assert (await owner.client.get(f"{base}/1")).json()["expected_episodes"] == 5
    assert (await owner.client.delete(f"{base}/1/episodes/1")).status_code == 204
    gone = await owner.client.delete(f"{base}/1/episodes/1")
    assert gone.json()["error"]["code"] == "episode_not_found"
    assert (await owner.client.delete(f"{base}/2")).status_code == 204
    assert (await owner.client.get(f"{base}/2")).json()["error"]["code"] == "season_not_found"
    assert await house.count("catalog_episodes", owner.space) == 0


async def test_only_series_have_seasons(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    member = await house.member(owner.space, "member")
    movie = await add(owner, title="Judex")
    base = f"/api/v1/titles/{movie['id']}/seasons/1"
    refused = await owner.client.put(base, json={})
    assert refused.json()["error"]["code"] == "not_a_series"
    refused = await owner.client.patch(
        f"/api/v1/titles/{movie['id']}", json={"seasons": [{"number": 1}]}
    )
    assert refused.json()["error"]["field"] == "seasons"
    series = await add(owner, **SERIES)
    base = f"/api/v1/titles/{series['id']}/seasons/1"
    assert (await stranger.client.get(base)).status_code == 404
    assert (await stranger.client.delete(base)).status_code == 404
    assert (await member.client.delete(base)).status_code == 403
    assert (await owner.client.put(f"{base}0000", json={})).status_code == 422
