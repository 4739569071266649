from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.catalog.jobs import find_duplicates
from mediatheque.areas.search.jobs import check_spaces
from tests.library.stock import Stock

if TYPE_CHECKING:
    from tests.search.conftest import Desk

LANG = [{"name": "Fritz Lang", "job": "director"}]


async def test_renamed(desk: Desk) -> None:
    made = await desk.add("Metropolis")
    await desk.index()
    answer = await desk.member.client.patch(
        f"/api/v1/titles/{made['id']}", json={"title": "Alphaville"}
    )
    assert answer.status_code == 200
    await desk.index()
    assert await desk.names("alphaville") == ["Alphaville"]
    assert await desk.names("metropolis") == []


async def test_deleted_is_gone_at_once(desk: Desk) -> None:
    made = await desk.add("Metropolis")
    await desk.index()
    assert (await desk.member.client.delete(f"/api/v1/titles/{made['id']}")).status_code == 204
    assert await desk.names("metropolis") == []
    assert await desk.suggest("metro") == []
    await desk.index()
    assert await desk.house.count("search_documents", desk.member.space) == 0


async def test_person_renamed(desk: Desk) -> None:
    await desk.add("Metropolis", credits=[{"name": "Fritz Lnag", "job": "director"}])
    await desk.index()
    answer = await desk.member.client.patch(
        "/api/v1/people/fritz-lnag", json={"name": "Fritz Lang"}
    )
    assert answer.status_code == 200, answer.text
    await desk.index()
    assert set(await desk.names("fritz lang")) == {"Fritz Lang", "Metropolis"}


async def test_merged_titles(desk: Desk) -> None:
    await desk.add("Metropolis", year=1927, credits=LANG, external_ids={"imdb": "tt0017136"})
    await desk.add("Metropolis", year=1927, credits=LANG)
    await desk.index()
    assert len(await desk.names("metropolis")) == 2
    client = desk.member.client
    assert (await client.post("/api/v1/duplicates/find")).status_code == 202
    await find_duplicates.run(desk.work, space_id=str(desk.member.space.id))
    (pair,) = (await client.get("/api/v1/duplicates")).json()["items"]
    merged = await client.post(
        f"/api/v1/duplicates/{pair['id']}/merge", json={"keep": "left", "fields": {}}
    )
    assert merged.status_code == 200, merged.text
    assert len(await desk.names("metropolis")) == 1
    await desk.index()
    assert len(await desk.names("metropolis")) == 1
    undone = await client.post(f"/api/v1/merges/{merged.json()['merge_id']}/undo")
    assert undone.status_code == 200, undone.text
    await desk.index()
    assert len(await desk.names("metropolis")) == 2


async def test_merged_people(desk: Desk) -> None:
    """Who stays is found by both names, until the merge is undone."""
    await desk.add("Metropolis", credits=LANG)
    await desk.add("M", credits=[{"name": "Friedrich Anton", "job": "director"}])
    client = desk.member.client
    merged = await client.post("/api/v1/people/fritz-lang/merge", json={"other": "friedrich-anton"})
    assert merged.status_code == 200, merged.text
    await desk.index()
    assert await desk.names("friedrich anton") == ["Fritz Lang"]
    assert set(await desk.names("fritz lang")) == {"Fritz Lang", "Metropolis", "M"}
    undone = await client.post(f"/api/v1/people/merges/{merged.json()['merge_id']}/undo")
    assert undone.status_code == 200, undone.text
    await desk.index()
    assert set(await desk.names("friedrich anton")) == {"Friedrich Anton", "M"}


async def test_the_night_finds_what_no_event_told(desk: Desk) -> None:
    async with desk.house.write(desk.member) as context:
        stock = Stock(context)
        title = await stock.title("Metropolis")
        await stock.credit(title, "Fritz Lang", "director")
    assert await desk.names("metropolis") == []
    await desk.run(check_spaces)
    assert set(await desk.names("lang")) == {"Fritz Lang", "Metropolis"}
    async with desk.house.write(desk.member) as context:
        await context.db.execute("DELETE FROM catalog_titles WHERE id = :id", {"id": title.id})
    await desk.run(check_spaces)
    assert await desk.house.count("search_documents", desk.member.space) == 1
    assert await desk.house.count("search_words", desk.member.space) == 2  # fritz, lang


async def test_reindexing_twice_changes_nothing(desk: Desk) -> None:
    await desk.add("Metropolis", credits=LANG, genres=["Drama"])
    await desk.index()
    before = await desk.search("metropolis")
    await desk.reindex()
    await desk.reindex()
    assert await desk.search("metropolis") == before
