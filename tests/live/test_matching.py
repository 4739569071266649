"""Programmes joined to works: by ids, by names with what else is said, and by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from mediatheque.areas.live.actions.matching import match_programmes, match_work
from mediatheque.areas.live.rules.matching import ids_of
from mediatheque.core.edge import SYSTEM
from tests.live.guides import Television, guide

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

START = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)


def shown(place: int, title: str, more: str = "", minutes: int = 90) -> str:
    start = START + timedelta(hours=3 * place)
    stop = start + timedelta(minutes=minutes)
    return (
        f'<programme start="{start:%Y%m%d%H%M%S} +0000" stop="{stop:%Y%m%d%H%M%S} +0000" '
        f'channel="a"><title>{title}</title>{more}</programme>\n'
    )


async def work(owner: Member, title: str, kind: str = "movie", **more: object) -> str:
    body = {"title": title, "kind": kind, **more}
    answer = await owner.client.post("/api/v1/titles", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def joined(house: House, television: Television) -> list[tuple[str, Any, Any]]:
    async with house.write(television.who) as ctx:
        ctx.actor = SYSTEM
        await match_programmes(ctx)
    return [
        (row["title"], str(row["title_id"]) if row["title_id"] else None, row["match_score"])
        for row in await television.rows()
    ]


@pytest.mark.parametrize(
    ("episodes", "urls", "expected"),
    [
        ([["imdb.com", "title/tt0013442"]], [], {("imdb", "tt0013442")}),
        ([["themoviedb.org", "movie/653"]], [], {("tmdb", "653")}),
        ([["themoviedb.org", "series/00653"]], [], {("tmdb_tv", "653")}),
        ([["thetvdb.com", "series/81189"]], [], {("tvdb", "81189")}),
        ([["thetvdb.com", "episode/81189"]], [], set()),
        ([["onscreen", "tt0013442"]], [], set()),
        ([], [["", "https://www.imdb.com/title/tt0013442/?ref_=x"]], {("imdb", "tt0013442")}),
        ([], [["TMDB", "https://www.themoviedb.org/tv/1396-bad"]], {("tmdb_tv", "1396")}),
        ([], [["", "https://example.org/title/tt0013442"]], set()),
    ],
)
def test_ids_in_a_guide(
    episodes: list[list[str]], urls: list[list[str]], expected: set[tuple[str, str]]
) -> None:
    assert ids_of(episodes, urls) == expected


async def test_ids_decide_and_names_need_more(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    by_id = await work(owner, "Nosferatu", year=1922, external_ids={"imdb": "tt0013442"})
    faust = await work(owner, "Faust", year=1926)
    await work(owner, "The Golem", year=1920)
    url = "<url>https://www.imdb.com/title/tt0013442/</url>"
    await television.bring(
        guide(
            '<channel id="a"><display-name>A</display-name></channel>',
            shown(0, "Eine Symphonie des Grauens", url),
            shown(1, "FAUST", "<date>1926</date>"),
            shown(2, "Faust", "<date>1994</date>"),
            shown(3, "Golem"),
            shown(4, "Nothing of the sort", "<date>1922</date>"),
        )
    )
    assert await joined(house, television) == [
        ("Eine Symphonie des Grauens", by_id, 100),
        ("FAUST", faust, 90),
        ("Faust", None, None),
        ("Golem", None, None),
        ("Nothing of the sort", None, None),
    ]


async def test_credits_and_lengths_tell_works_apart(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    found = await work(
        owner, "Metropolis", runtime_minutes=80, credits=[{"name": "Fritz Lang", "job": "director"}]
    )
    said = "<credits><director>{}</director></credits>"
    await television.bring(
        guide(
            '<channel id="a"><display-name>A</display-name></channel>',
            shown(0, "Metropolis", said.format("Fritz LANG")),
            shown(1, "Metropolis", said.format("Rintaro")),
            shown(2, "Metropolis", said.format("Fritz Lang"), minutes=15),
        )
    )
    assert [row[1:] for row in await joined(house, television)] == [
        (found, 85),
        (None, None),
        (None, None),
    ]


async def test_episodes_are_found_by_number_and_twins_by_nobody(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    series = await work(owner, "Fantômas", "series")
    for path in ("seasons/1", "seasons/1/episodes/2"):
        put = await owner.client.put(f"/api/v1/titles/{series}/{path}", json={"title": "Juve"})
        assert put.status_code < 300, put.text
    await work(owner, "Dracula", year=1931)
    await work(owner, "Dracula", "other", year=1931)
    await television.bring(
        guide(
            '<channel id="a"><display-name>A</display-name></channel>',
            shown(0, "Fantomas", '<episode-num system="xmltv_ns">0.1.</episode-num>'),
            shown(1, "Dracula", "<date>1931</date>"),
        )
    )
    assert [row[1:] for row in await joined(house, television)] == [(series, 95), (None, None)]
    rows = await television.rows()
    assert rows[0]["episode_id"] is not None


async def test_what_a_person_decides_stays(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    faust, other = await work(owner, "Faust", year=1926), await work(owner, "Tartuffe", year=1925)
    whole = guide(
        '<channel id="a"><display-name>A</display-name></channel>',
        shown(0, "Faust", "<date>1926</date>"),
        shown(1, "Faust", "<date>1926</date>"),
        shown(2, "Faust", "<date>1926</date>"),
    )
    await television.bring(whole)
    assert [row[1] for row in await joined(house, television)] == [faust] * 3
    first, second, _ = [row["id"] for row in await television.rows()]
    path = "/api/v1/programmes/{}/match"
    put = await owner.client.put(path.format(first), json={"title_id": other})
    assert put.status_code == 200, put.text
    assert (put.json()["title_id"], put.json()["match_how"]) == (other, "hand")
    assert (await owner.client.delete(path.format(second))).status_code == 204
    assert [row[1] for row in await joined(house, television)] == [other, None, faust]
    wrong = await owner.client.put(
        path.format(first), json={"title_id": other, "episode_id": str(first)}
    )
    assert wrong.json()["error"]["code"] == "episode_not_of_title"
    unknown = await owner.client.put(path.format(first), json={"title_id": str(first)})
    assert unknown.status_code == 404


async def test_a_title_that_is_changed_by_hand_is_looked_for_again(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    faust, other = await work(owner, "Faust", year=1926), await work(owner, "Tartuffe", year=1926)
    channel = '<channel id="a"><display-name>A</display-name></channel>'
    await television.bring(guide(channel, shown(0, "Faust", "<date>1926</date>")))
    assert (await joined(house, television))[0][1] == faust
    programme = (await television.rows())[0]["id"]
    changed = await owner.client.patch(f"/api/v1/schedule/{programme}", json={"title": "Tartuffe"})
    assert changed.json()["title_id"] is None
    assert (await joined(house, television))[0][1] == other


async def test_a_work_says_when_it_is_on(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    faust = await work(owner, "Faust", year=1926)
    channel = '<channel id="a"><display-name>A</display-name></channel>'
    date = "<date>1926</date>"
    await television.bring(guide(channel, *(shown(place, "Faust", date) for place in range(5))))
    await joined(house, television)
    path = f"/api/v1/titles/{faust}/airings"
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        params = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        part = (await owner.client.get(path, params=params)).json()
        seen += [one["start_at"] for one in part["items"]]
        cursor = part["next_cursor"]
    assert cursor is None
    assert seen == [
        (START + timedelta(hours=3 * place)).isoformat().replace("+00:00", seen[0][19:])
        for place in range(5)
    ]
    assert (await owner.client.get(path, params={"cursor": "x"})).status_code == 400
    other = await house.member()
    assert (await other.client.get(path)).status_code == 404


async def test_a_limited_profile_sees_no_airings_above_it(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    faust = await work(owner, "Faust", year=1926)
    channel = '<channel id="a"><display-name>A</display-name></channel>'
    rating = '<date>1926</date><rating system="FSK"><value>{}</value></rating>'
    await television.bring(
        guide(channel, *(shown(n, "Faust", rating.format(age)) for n, age in enumerate((6, 18))))
    )
    await joined(house, television)
    path = f"/api/v1/titles/{faust}/airings"
    assert len((await owner.client.get(path)).json()["items"]) == 2
    made = await owner.client.post(
        "/api/v1/profiles",
        json={
            "name": "Ada",
            "avatar": "fox",
            "maturity_limit": 12,
            "shows_unknown": True,
        },
    )
    assert made.status_code == 201, made.text
    chosen = await owner.client.post(f"/api/v1/profiles/{made.json()['id']}/select", json={})
    assert chosen.status_code < 300, chosen.text
    assert len((await owner.client.get(path)).json()["items"]) == 1


async def test_a_refresh_matches_only_what_it_changed(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    head = '<channel id="a"><display-name>A</display-name></channel>'
    first = await television.bring(
        guide(head, shown(0, "Faust", "<date>1926</date>"), shown(1, "Golem", "<date>1920</date>"))
    )
    faust = await work(owner, "Faust", year=1926)
    second = await television.bring(
        guide(
            head,
            shown(0, "Faust", "<date>1926</date>"),
            shown(1, "Golem", "<date>1920</date>"),
            shown(2, "Faust", "<date>1926</date>", minutes=80),
        )
    )
    channels = [(await television.rows())[0]["channel_id"]]
    for done, expected in ((second, [None, None, faust]), (first, [faust, None, faust])):
        async with house.write(owner) as ctx:
            await match_programmes(ctx, channels=channels, import_id=UUID(done["id"]))
        found = [row["title_id"] and str(row["title_id"]) for row in await television.rows()]
        assert found == expected


async def test_a_new_work_finds_its_programmes(
    house: House, database: Database, settings: Settings
) -> None:
    """By name in any language and by id; others that wait are not looked at."""
    owner = await house.member()
    television = Television(house, database, settings, owner)
    await television.bring(
        guide(
            '<channel id="a"><display-name>A</display-name></channel>',
            shown(0, "Faust", "<date>1926</date>"),
            shown(1, "Une légende", '<title lang="de">FAUST</title><date>1926</date>'),
            shown(2, "Elsewhere", "<url>https://www.imdb.com/title/tt0016847/</url>"),
            shown(3, "Golem", "<date>1920</date>"),
            shown(4, "Faust", "<date>1994</date>"),
        )
    )
    await work(owner, "Golem", year=1920)
    faust = await work(owner, "Faust", year=1926, external_ids={"imdb": "tt0016847"})
    async with house.write(owner) as ctx:
        assert await match_work(ctx, UUID(faust)) == 3
    found = [row["title_id"] and str(row["title_id"]) for row in await television.rows()]
    assert found == [faust, faust, faust, None, None]
    async with house.write(owner) as ctx:
        assert await match_work(ctx, UUID(faust)) == 0
        assert await match_work(ctx, uuid4()) == 0


async def test_two_works_of_a_name_are_both_looked_at(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    television = Television(house, database, settings, owner)
    await work(owner, "Faust", year=1926)
    await television.bring(
        guide(
            '<channel id="a"><display-name>A</display-name></channel>',
            shown(0, "Faust", "<date>1927</date>"),
        )
    )
    other = await work(owner, "Faust", year=1928)
    async with house.write(owner) as ctx:
        assert await match_work(ctx, UUID(other)) == 0, "neither is likelier"
